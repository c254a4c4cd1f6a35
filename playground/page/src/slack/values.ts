/** What is filled into a modal's inputs: the state that Slack sends, by block and action. */
import type { InputElement, Option } from "./blocks";

/** One element's state, in Slack's own shape. */
export type Filled = { type: string } & Record<string, unknown>;
/** By block id, then by action id. */
export type Values = Record<string, Record<string, Filled>>;

type Kind = { from: (element: InputElement) => unknown; key: string; read: (typed: string[], of: InputElement) => unknown };

const words: Omit<Kind, "key"> = { from: (of) => of.initial_value ?? null, read: ([one]) => one || null };

const KINDS: Record<string, Kind> = {
  plain_text_input: { ...words, key: "value" },
  number_input: { ...words, key: "value" },
  email_text_input: { ...words, key: "value" },
  url_text_input: { ...words, key: "value" },
  datepicker: { key: "selected_date", from: (of) => of.initial_date ?? null, read: ([one]) => one || null },
  timepicker: { key: "selected_time", from: (of) => of.initial_time ?? null, read: ([one]) => one || null },
  users_select: { key: "selected_user", from: (of) => of.initial_user ?? null, read: ([one]) => one || null },
  static_select: { key: "selected_option", from: (of) => of.initial_option ?? null, read: option },
  radio_buttons: { key: "selected_option", from: (of) => of.initial_option ?? null, read: option },
  multi_static_select: { key: "selected_options", from: (of) => of.initial_options ?? [], read: several },
  checkboxes: { key: "selected_options", from: (of) => of.initial_options ?? [], read: several },
};

export function isKnown(element: InputElement | undefined): element is InputElement {
  return element !== undefined && element.type in KINDS;
}

/** As the modal opens. */
export function initial(element: InputElement): Filled {
  const kind = KINDS[element.type];
  return kind ? { type: element.type, [kind.key]: kind.from(element) } : { type: element.type };
}

/** After a change; `typed` is the input's text, or the values that are chosen. */
export function changed(element: InputElement, typed: string[]): Filled {
  const kind = KINDS[element.type];
  return kind ? { type: element.type, [kind.key]: kind.read(typed, element) } : { type: element.type };
}

/** The texts or chosen values that stand in an input. */
export function standing(element: InputElement, filled: Filled): string[] {
  const value = filled[KINDS[element.type]?.key ?? ""];
  if (Array.isArray(value)) return (value as Option[]).map((one) => one.value);
  if (typeof value === "string") return [value];
  return value ? [(value as Option).value] : [];
}

/** All options, those in groups too. */
export function options({ options: own = [], option_groups = [] }: InputElement): Option[] {
  return [...own, ...option_groups.flatMap((group) => group.options)];
}

function option([value]: string[], of: InputElement): Option | null {
  return options(of).find((one) => one.value === value) ?? null;
}

function several(values: string[], of: InputElement): Option[] {
  return options(of).filter((one) => values.includes(one.value));
}
