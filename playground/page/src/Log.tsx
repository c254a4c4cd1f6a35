/** The messages of one conversation by day, with each thread indented under its root. */
import { Fragment, useEffect, useLayoutEffect, useRef } from "react";
import { MessageView, type Press } from "./MessageView";
import { type Message, type Platform, threads } from "./chat";
import { useReader } from "./reader";
import { dayKey, longDay } from "./time";

type Props = {
  platform: Platform;
  messages: Message[];
  direct: boolean;
  press: Press;
  answer: (root: Message) => void;
};

export function Log({ platform, messages, direct, press, answer }: Props) {
  const { zone } = useReader();
  const { box, onScroll } = useStickToEnd(messages);
  const all = threads(messages);
  const day = (index: number) => dayKey(new Date(all[index]?.root.at ?? 0), zone);
  return (
    <div
      className={`log${direct ? " direct" : ""}`}
      role="log"
      aria-live="polite"
      aria-label="Messages"
      tabIndex={0}
      data-testid={`${platform.key}-log`}
      ref={box}
      onScroll={onScroll}
    >
      {all.length === 0 && <p className="empty">No messages yet. Write the first one below.</p>}
      {all.map(({ root, replies }, index) => (
        <Fragment key={root.id}>
          {(index === 0 || day(index) !== day(index - 1)) && (
            <h4 className="day">
              <span>{longDay(new Date(root.at), zone)}</span>
            </h4>
          )}
          <MessageView message={root} press={press} answer={() => answer(root)} />
          {replies.length > 0 && (
            <div className="replies" role="group" aria-label={`Replies to ${root.author.name}`}>
              {replies.map((reply) => (
                <MessageView key={reply.id} message={reply} press={press} answer={() => answer(root)} />
              ))}
            </div>
          )}
        </Fragment>
      ))}
    </div>
  );
}

/** Stays at the newest message, also when the window changes, unless the person has scrolled up to read. */
function useStickToEnd(messages: Message[]) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const size = useRef("");
  /** Whether the sizes are new; the browser scrolls by itself when they change, and that is nobody's wish. */
  const resized = (el: HTMLDivElement) => {
    const now = `${el.scrollHeight} ${el.clientHeight}`;
    const changed = now !== size.current;
    size.current = now;
    return changed;
  };
  const onScroll = () => {
    const el = box.current;
    if (el && !resized(el)) atEnd.current = el.scrollHeight - el.scrollTop - el.clientHeight < 60;
  };
  const toEnd = () => {
    if (!box.current) return;
    resized(box.current);
    if (atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(toEnd, [messages]);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(toEnd);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return { box, onScroll };
}
