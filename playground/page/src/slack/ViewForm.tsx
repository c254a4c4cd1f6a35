/** A Slack modal: its blocks, our own inputs, errors at the field, and what was typed kept through them. */
import { type FormEvent, useState } from "react";
import type { Told } from "../chat/answers";
import type { OpenForm, Person } from "../chat/model";
import type { SlackView } from "../chat/wire";
import { Modal } from "../window/Modal";
import { BlockView } from "./Body";
import { Input } from "./Input";
import { type Block, isBlock } from "./blocks";
import { type Filled, type Values, changed, initial, isKnown, standing } from "./values";

type Props = {
  form: OpenForm;
  view: SlackView;
  people: Person[];
  told: Told | null;
  submit: (values: Values) => Promise<void>;
  press: (action: object) => void;
  close: () => void;
};

export function ViewForm({ form, view, people, told, submit, press, close }: Props) {
  const [typed, setTyped] = useState<Values>({});
  const [sending, setSending] = useState(false);
  const blocks = view.blocks.filter(isBlock);
  const errors = view.errors ?? {};
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    await submit(whole(blocks, typed));
    setSending(false);
  };
  const change = (block: string, action: string, filled: Filled) =>
    setTyped((old) => ({ ...old, [block]: { [action]: filled } }));
  return (
    <Modal title={form.title} app="Parley" close={close} errors={Object.keys(errors).filter(Boolean).length}>
      <form className="form" onSubmit={(event) => void send(event)} noValidate aria-busy={sending}>
        <div className="form-body">
          {blocks.map((block, index) => (
            <BlockOrInput
              key={block.block_id ?? index}
              block={block}
              filled={typed[block.block_id ?? ""]}
              error={errors[block.block_id ?? ""] ?? ""}
              people={people}
              change={change}
              press={press}
            />
          ))}
        </div>
        <footer className="form-foot">
          <p role="alert">{told?.words ?? errors[""]}</p>
          <button type="button" className="plain-button" onClick={close}>
            {view.close?.text ?? "Cancel"}
          </button>
          {view.submit && (
            <button type="submit" className="slack-button primary" disabled={sending}>
              {view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </Modal>
  );
}

type BlockProps = {
  block: Block;
  filled: Record<string, Filled> | undefined;
  error: string;
  people: Person[];
  change: (block: string, action: string, filled: Filled) => void;
  press: (action: object) => void;
};

function BlockOrInput({ block, filled, error, people, change, press }: BlockProps) {
  const { element, block_id = "" } = block;
  if (block.type !== "input" || !isKnown(element)) return <BlockView block={block} press={press} head="h3" />;
  const now = filled?.[element.action_id] ?? initial(element);
  return (
    <Input
      block={block}
      element={element}
      typed={standing(element, now)}
      error={error}
      people={people}
      change={(typed) => change(block_id, element.action_id, changed(element, typed))}
    />
  );
}

/** Every input of the modal, filled in or not, as Slack sends it. */
function whole(blocks: Block[], typed: Values): Values {
  const all: Values = {};
  for (const { type, element, block_id = "" } of blocks) {
    if (type === "input" && isKnown(element)) {
      all[block_id] = { [element.action_id]: typed[block_id]?.[element.action_id] ?? initial(element) };
    }
  }
  return all;
}
