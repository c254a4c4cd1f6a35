/** The part of Slack's Block Kit that the page draws. */

export type TextObject = { type: string; text?: string };

export type Option = { text: TextObject; value: string; description?: TextObject };

/** What can be filled in or chosen; which of these it has depends on its type. */
export type InputElement = {
  type: string;
  action_id: string;
  placeholder?: TextObject;
  multiline?: boolean;
  max_length?: number;
  options?: Option[];
  option_groups?: { label: TextObject; options: Option[] }[];
  initial_value?: string;
  initial_date?: string;
  initial_time?: string;
  initial_user?: string;
  initial_option?: Option;
  initial_options?: Option[];
};

export type ActionElement = {
  type: string;
  action_id: string;
  text?: TextObject;
  value?: string;
  style?: "primary" | "danger";
  url?: string;
  accessibility_label?: string;
  confirm?: { title?: TextObject; text?: TextObject };
};

export type RichElement = {
  type: string;
  text?: string;
  url?: string;
  user_id?: string;
  channel_id?: string;
  timestamp?: number;
  fallback?: string;
  style?: { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean };
};

/** A section, list, quote or code of rich text; the elements of a list are sections themselves. */
export type RichPart = { type: string; style?: string; elements?: (RichElement | RichPart)[] };

export type Block = {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: ActionElement;
  elements?: (TextObject | ActionElement | RichPart)[];
  /** Of an input block. */
  label?: TextObject;
  element?: InputElement;
  hint?: TextObject;
  optional?: boolean;
};

export function isBlock(one: unknown): one is Block {
  return typeof one === "object" && one !== null && typeof (one as Block).type === "string";
}
