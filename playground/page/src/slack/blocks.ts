/** The part of Slack's Block Kit that the page draws. */

export type TextObject = { type: string; text?: string };

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

export type Block = {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: ActionElement;
  elements?: (TextObject | ActionElement)[];
};

export function isBlock(one: unknown): one is Block {
  return typeof one === "object" && one !== null && typeof (one as Block).type === "string";
}
