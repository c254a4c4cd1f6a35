/** One input of a modal with its label, hint and error, drawn with the browser's own controls. */
import { type ReactNode, useId } from "react";
import type { Person } from "../chat/model";
import type { Block, InputElement, Option } from "./blocks";
import { options } from "./values";

type Props = {
  block: Block;
  element: InputElement;
  typed: string[];
  error: string;
  people: Person[];
  change: (typed: string[]) => void;
};

export function Input({ block, element, typed, error, people, change }: Props) {
  const id = useId();
  const many = MANY.has(element.type);
  const described = { "aria-invalid": error ? true : undefined, "aria-describedby": `${id}-hint ${id}-error` };
  const label = (
    <>
      {block.label?.text}
      {block.optional && <span className="optional"> (optional)</span>}
    </>
  );
  const control = { id, element, typed, people, change, described, required: !block.optional };
  const under = (
    <>
      <span className="hint" id={`${id}-hint`}>
        {block.hint?.text}
      </span>
      <span className="error" id={`${id}-error`}>
        {error}
      </span>
    </>
  );
  if (many) {
    return (
      <fieldset className="field" aria-describedby={`${id}-hint ${id}-error`} data-field={block.block_id}>
        <legend>{label}</legend>
        <Ticks {...control} />
        {under}
      </fieldset>
    );
  }
  return (
    <div className="field" data-field={block.block_id}>
      <label htmlFor={id}>{label}</label>
      <Control {...control} />
      {under}
    </div>
  );
}

const MANY = new Set(["radio_buttons", "checkboxes", "multi_static_select"]);
const HTML_TYPES: Record<string, string> = {
  datepicker: "date",
  timepicker: "time",
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
};

type ControlProps = {
  id: string;
  element: InputElement;
  typed: string[];
  people: Person[];
  change: (typed: string[]) => void;
  described: { "aria-invalid": boolean | undefined; "aria-describedby": string };
  required: boolean;
};

function Control({ id, element, typed, people, change, described, required }: ControlProps) {
  const plain = {
    id,
    ...described,
    "aria-required": required || undefined,
    value: typed[0] ?? "",
    onChange: (event: { target: { value: string } }) => change([event.target.value]),
  };
  const placeholder = element.placeholder?.text;
  if (element.multiline) return <textarea rows={3} placeholder={placeholder} maxLength={element.max_length} {...plain} />;
  if (element.type === "users_select") {
    return <Select plain={plain} nothing={placeholder ?? "Choose somebody"} groups={[["", people.map(chosen)]]} />;
  }
  if (element.type === "static_select") {
    return <Select plain={plain} nothing={placeholder ?? "Choose"} groups={groups(element)} />;
  }
  const type = HTML_TYPES[element.type] ?? "text";
  return <input type={type} placeholder={placeholder} maxLength={element.max_length} autoComplete="off" {...plain} />;
}

const chosen = ({ id, name }: Person): Option => ({ value: id, text: { type: "plain_text", text: name } });

function groups({ options: own = [], option_groups = [] }: InputElement): [string, Option[]][] {
  return [["", own], ...option_groups.map((one): [string, Option[]] => [one.label.text ?? "", one.options])];
}

type SelectProps = { plain: React.ComponentProps<"select">; nothing: string; groups: [string, Option[]][] };

function Select({ plain, nothing, groups: all }: SelectProps) {
  const list = (of: Option[]): ReactNode =>
    of.map(({ value, text }) => (
      <option key={value} value={value}>
        {text.text}
      </option>
    ));
  return (
    <select {...plain}>
      <option value="">{nothing}</option>
      {all.map(([label, of]) => (label ? <optgroup key={label} label={label} children={list(of)} /> : list(of)))}
    </select>
  );
}

function Ticks({ id, element, typed, change, described }: ControlProps) {
  const one = element.type === "radio_buttons";
  const toggle = (value: string, on: boolean) =>
    change(one ? [value] : on ? [...typed, value] : typed.filter((known) => known !== value));
  return (
    <div className="ticks">
      {options(element).map(({ value, text, description }) => (
        <label key={value}>
          <input
            type={one ? "radio" : "checkbox"}
            name={id}
            checked={typed.includes(value)}
            aria-invalid={described["aria-invalid"]}
            onChange={(event) => toggle(value, event.target.checked)}
          />
          <span>
            {text.text}
            {description && <span className="hint">{description.text}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
