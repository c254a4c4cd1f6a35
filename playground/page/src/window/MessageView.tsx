/** One message: who, when, what, and what may be pressed on it. */
import { type ReactNode, useRef, useState } from "react";
import type { Message } from "../chat/model";
import { useReader } from "../chat/reader";
import { clock, longDay } from "../chat/time";
import { SlackBody } from "../slack/Body";
import { TeamsBody } from "../teams/Body";
import { Avatar } from "./Avatar";
import { Guarded } from "./Guarded";
import { MessageMenu } from "./MessageMenu";
import type { RoomActs } from "./Room";

type Props = { message: Message; acts: RoomActs; children?: ReactNode };

export function MessageView({ message, acts, children }: Props) {
  const me = useReader();
  const { busy, once } = useOnceAtATime();
  const [inside, setInside] = useState(false);
  const { author, onlyFor } = message;
  const mine = author.id === me.id ? " mine" : "";
  return (
    <article
      className={`message${mine}${onlyFor ? " private" : ""}`}
      data-testid="message"
      aria-busy={busy}
      aria-label={`${author.name}, ${clock(new Date(message.at), me.zone)}`}
      tabIndex={-1}
      onFocus={() => setInside(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setInside(false)}
    >
      <Avatar author={author} />
      <div className="said">
        {onlyFor && <p className="only-you">Only visible to you</p>}
        <Heading message={message} />
        <Words message={message} press={(action) => once(() => acts.press(message, action))} />
        {children}
      </div>
      {!onlyFor && (
        <MessageMenu
          author={author.name}
          shortcuts={acts.platform.shortcuts}
          replyWords={acts.platform.threadPane ? "Reply in thread" : "Reply"}
          reply={() => acts.answer(message)}
          run={(command) => once(() => acts.shortcut(message, command))}
          reachable={inside}
        />
      )}
    </article>
  );
}

function Words({ message: { body, author }, press }: { message: Message; press: (action: object) => void }) {
  const me = useReader();
  return (
    <Guarded>
      {body.kind === "slack" ? (
        <SlackBody text={body.text} blocks={body.blocks} press={press} />
      ) : (
        <TeamsBody text={body.text} card={body.cardsFor[me.id] ?? body.card} bot={author.bot} press={press} />
      )}
    </Guarded>
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
