/** A thread in a pane of its own beside the room: its root, the replies, and where one answers. */
import { type KeyboardEvent, useEffect, useRef } from "react";
import { CloseIcon } from "../Icons";
import type { Conversation, Message } from "../chat/model";
import { Composer } from "./Composer";
import { MessageView } from "./MessageView";
import type { RoomActs } from "./Room";
import { rove } from "./roving";

type Props = {
  root: Message;
  conversation: Conversation;
  messages: Message[];
  acts: RoomActs;
  send: (text: string) => Promise<boolean>;
  close: () => void;
};

export function ThreadPane({ root, conversation, messages, acts, send, close }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const replies = messages.filter((one) => one.root === root.id);
  const leave = useReturn(close);
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [replies.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      leave();
    } else if (!(event.target as HTMLElement).closest("textarea, input, select")) rove(event, log.current, "article");
  };
  return (
    <aside className="thread-pane" aria-label={`Thread of ${root.author.name}`} onKeyDown={onKeyDown}>
      <header className="room-head">
        <h3>Thread</h3>
        <span className="members">{conversation.name}</span>
        <button type="button" className="tool" aria-label="Close thread" onClick={leave}>
          <CloseIcon />
        </button>
      </header>
      <div className="log" role="log" aria-live="off" aria-label="Thread" tabIndex={0} ref={log}>
        <MessageView message={root} acts={acts} />
        <p className="thread-count">
          <span>{replies.length === 1 ? "1 reply" : `${replies.length} replies`}</span>
        </p>
        {replies.map((reply) => (
          <MessageView key={reply.id} message={reply} acts={acts} />
        ))}
      </div>
      <div className="foot">
        <Composer
          platform={acts.platform}
          conversation={conversation}
          answering={root}
          inPane
          stopAnswering={leave}
          send={send}
        />
      </div>
    </aside>
  );
}

/** Whoever opened the pane gets the focus back when it closes. */
function useReturn(close: () => void): () => void {
  const opener = useRef(document.activeElement as HTMLElement | null);
  return () => {
    close();
    opener.current?.focus();
  };
}
