/** Draws what Teams would draw of a message: its text, and its card as this person gets it. */
import { useReader } from "../chat/reader";
import type { CardJson } from "../chat/wire";
import { Card } from "./Card";
import { mentioned, rendered } from "./markdown";

type Props = { text: string; card: CardJson | null; bot: boolean; press: (action: object) => void };

export function TeamsBody({ text, card, bot, press }: Props) {
  const reader = useReader();
  return (
    <div className="bubble">
      {/* Beside a card the text is only its summary for notifications. */}
      {!card && bot && <div className="teams-text" dangerouslySetInnerHTML={{ __html: rendered(text) }} />}
      {!card && !bot && <div className="teams-text">{mentioned(text)}</div>}
      {card && <Card card={card} reader={reader} press={press} />}
    </div>
  );
}
