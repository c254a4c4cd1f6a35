/** A Teams dialog: a card with inputs in front of the window, sent by the card's own actions. */
import { useState } from "react";
import type { Told } from "../chat/answers";
import type { OpenForm } from "../chat/model";
import type { CardJson } from "../chat/wire";
import { useReader } from "../chat/reader";
import { Modal } from "../window/Modal";
import { Card } from "./Card";

type Props = {
  form: OpenForm;
  card: CardJson;
  told: Told | null;
  submit: (data: object) => Promise<void>;
  close: () => void;
};

export function CardForm({ form, card, told, submit, close }: Props) {
  const reader = useReader();
  const [sending, setSending] = useState(false);
  const press = async (action: object) => {
    if (sending) return;
    setSending(true);
    await submit((action as { data?: object }).data ?? {});
    setSending(false);
  };
  return (
    <Modal title={form.title} app="Parley" close={close}>
      <div className="form" aria-busy={sending}>
        <div className="form-body">
          <Card card={card} reader={reader} press={(action) => void press(action)} />
        </div>
        {told && (
          <footer className="form-foot">
            <p role="alert">{told.words}</p>
          </footer>
        )}
      </div>
    </Modal>
  );
}
