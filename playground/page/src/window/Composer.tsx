/** Where a person writes: Enter sends, Shift+Enter breaks the line, and what was typed survives a failure. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { SendIcon } from "../Icons";
import type { Conversation, Message, Platform } from "../chat/model";

type Props = {
  platform: Platform;
  conversation: Conversation;
  answering: Message | null;
  /** Whether it stands in the thread's own pane, which says already where the words go. */
  inPane?: boolean;
  stopAnswering: () => void;
  send: (text: string) => Promise<boolean>;
};

export function Composer({ platform, conversation, answering, inPane = false, stopAnswering, send }: Props) {
  const [text, setText] = useState("");
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (answering) box.current?.focus();
  }, [answering?.id]);
  const submit = async () => {
    if (sending || !text.trim()) return;
    setSending(true);
    if (await send(text.trim())) setText("");
    setSending(false);
  };
  const example = platform.example(conversation);
  const useExample = () => {
    setText(example);
    box.current?.focus();
  };
  return (
    <form className="composer" aria-busy={sending} onSubmit={(event) => (event.preventDefault(), void submit())}>
      <textarea
        ref={box}
        rows={1}
        data-testid={`${platform.key}-${inPane ? "thread-" : ""}composer`}
        aria-label={inPane ? "Reply in this thread" : `Message in ${conversation.name}`}
        placeholder={answering ? "Reply in this thread" : `Write to ${conversation.direct ? "" : "#"}${conversation.name}`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => entered(event) && (event.preventDefault(), void submit())}
      />
      <div className="composer-row">
        <Aside
          answering={inPane ? null : answering}
          stop={stopAnswering}
          useExample={text || answering ? null : useExample}
        >
          {platform.heard(conversation, text) || inPane
            ? "Enter sends"
            : "To people only: Parley hears what begins with @Parley"}
        </Aside>
        <button type="submit" className="send" aria-label="Send" title="Send" disabled={!text.trim()}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}

function entered(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
}

type AsideProps = {
  answering: Message | null;
  stop: () => void;
  useExample: (() => void) | null;
  children: ReactNode;
};

function Aside({ answering, stop, useExample, children }: AsideProps) {
  if (answering) {
    return (
      <span className="composer-aside">
        In {answering.author.name}&rsquo;s thread
        <button type="button" className="quiet" onClick={stop}>
          Leave thread
        </button>
      </span>
    );
  }
  return (
    <span className="composer-aside">
      {useExample ? (
        <button type="button" className="quiet" title="Puts an example into the box" onClick={useExample}>
          Use the example
        </button>
      ) : (
        children
      )}
    </span>
  );
}
