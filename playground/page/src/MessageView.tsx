/** One message: who, when, what, and what may be pressed on it. */
import { useRef, useState } from "react";
import { Avatar } from "./Avatar";
import { Guarded } from "./Guarded";
import type { Message } from "./chat";
import { useReader } from "./reader";
import { SlackBody } from "./slack/Body";
import { TeamsBody } from "./teams/Body";
import { clock, longDay } from "./time";

export type Press = (message: Message, action: object) => Promise<boolean>;

type Props = { message: Message; press: Press; answer: () => void };

export function MessageView({ message, press, answer }: Props) {
  const me = useReader();
  const { busy, once } = useOnceAtATime();
  const pressed = (action: object) => once(() => press(message, action));
  const { author, body, onlyFor } = message;
  const mine = author.id === me.id ? " mine" : "";
  return (
    <article className={`message${mine}${onlyFor ? " private" : ""}`} data-testid="message" aria-busy={busy}>
      <Avatar author={author} />
      <div className="said">
        {onlyFor && <p className="only-you">Only visible to you</p>}
        <Heading message={message} />
        <Guarded>
          {body.kind === "slack" ? (
            <SlackBody text={body.text} blocks={body.blocks} press={pressed} />
          ) : (
            <TeamsBody text={body.text} card={body.cardsFor[me.id] ?? body.card} bot={author.bot} press={pressed} />
          )}
        </Guarded>
      </div>
      {!onlyFor && (
        <button type="button" className="answer" aria-label={`Reply to ${author.name}`} onClick={answer}>
          Reply
        </button>
      )}
    </article>
  );
}

function Heading({ message: { author, at, edited } }: { message: Message }) {
  const { zone } = useReader();
  const when = new Date(at);
  return (
    <header className="heading">
      <b>{author.name}</b>
      {author.bot && <span className="app-tag">App</span>}
      <time dateTime={at} title={`${longDay(when, zone)}, ${clock(when, zone)} (${zone})`}>
        {clock(when, zone)}
      </time>
      {edited && <span className="edited">(edited)</span>}
    </header>
  );
}

/** A second click while the first is on its way does nothing. */
function useOnceAtATime() {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const once = async (task: () => Promise<unknown>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    await task();
    running.current = false;
    setBusy(false);
  };
  return { busy, once };
}
