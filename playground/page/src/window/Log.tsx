/** The messages of one conversation by day; a thread stands under its root, or behind a link to its pane. */
import { Fragment, useEffect, useLayoutEffect, useRef } from "react";
import { type Message, type Thread, threads } from "../chat/model";
import { useReader } from "../chat/reader";
import { clock, dayKey, longDay } from "../chat/time";
import { Avatar } from "./Avatar";
import { MessageView } from "./MessageView";
import type { RoomActs } from "./Room";
import { rove } from "./roving";

type Props = { messages: Message[]; direct: boolean; acts: RoomActs; firstNew: string | null };

export function Log({ messages, direct, acts, firstNew }: Props) {
  const { zone } = useReader();
  const { box, onScroll } = useStickToEnd(messages);
  const all = threads(messages);
  const day = (index: number) => dayKey(new Date(all[index]?.root.at ?? 0), zone);
  return (
    <div
      className={`log${direct ? " direct" : ""}`}
      role="log"
      aria-live="off"
      aria-label="Messages. The arrow keys move between them."
      tabIndex={0}
      data-testid={`${acts.platform.key}-log`}
      ref={box}
      onScroll={onScroll}
      onKeyDown={(event) => isOnMessage(event.target) && rove(event, box.current, "article")}
    >
      {all.length === 0 && <p className="empty">No messages yet. Write the first one below.</p>}
      {all.map((thread, index) => (
        <Fragment key={thread.root.id}>
          {(index === 0 || day(index) !== day(index - 1)) && (
            <h4 className="day">
              <span>{longDay(new Date(thread.root.at), zone)}</span>
            </h4>
          )}
          {thread.root.id === firstNew && (
            <p className="new-line">
              <span>New</span>
            </p>
          )}
          <ThreadView thread={thread} acts={acts} />
        </Fragment>
      ))}
    </div>
  );
}

/** The arrow keys belong to an input while somebody types in it. */
function isOnMessage(target: EventTarget): boolean {
  return !(target as HTMLElement).closest("input, select, textarea, [role=menu]");
}

function ThreadView({ thread: { root, replies }, acts }: { thread: Thread; acts: RoomActs }) {
  if (acts.platform.threadPane) {
    return (
      <MessageView message={root} acts={acts}>
        {replies.length > 0 && <ThreadLink replies={replies} open={() => acts.answer(root)} />}
      </MessageView>
    );
  }
  return (
    <div className="thread">
      <MessageView message={root} acts={acts} />
      {replies.length > 0 && (
        <div className="replies" role="group" aria-label={`Replies to ${root.author.name}`}>
          {replies.map((reply) => (
            <MessageView key={reply.id} message={reply} acts={{ ...acts, answer: () => acts.answer(root) }} />
          ))}
        </div>
      )}
    </div>
  );
}

function ThreadLink({ replies, open }: { replies: Message[]; open: () => void }) {
  const { zone } = useReader();
  const authors = [...new Map(replies.map(({ author }) => [author.id, author])).values()];
  const last = replies[replies.length - 1];
  return (
    <button type="button" className="thread-link" onClick={open}>
      {authors.slice(0, 3).map((author) => (
        <Avatar key={author.id} author={author} size="tiny" />
      ))}
      <b>{replies.length === 1 ? "1 reply" : `${replies.length} replies`}</b>
      {last && <span>Last at {clock(new Date(last.at), zone)}</span>}
    </button>
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
