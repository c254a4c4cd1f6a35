/** The open conversation: its messages, the composer, and kind words when something went wrong. */
import { useState } from "react";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { NO_PLAYGROUND, type Told } from "./answers";
import { type Conversation, type Message, type Platform, visible } from "./chat";
import { useReader } from "./reader";

const QUIET: Told = { good: true, words: "" };

type Props = { platform: Platform; conversation: Conversation; refresh: () => void };

export function Room({ platform, conversation, refresh }: Props) {
  const { id: user } = useReader();
  const [notice, setNotice] = useState<Told>(QUIET);
  const [answering, setAnswering] = useState<Message | null>(null);
  /** Resolves to whether the request reached the bot and was taken. */
  const attempt = async (call: () => Promise<Told>): Promise<boolean> => {
    const told = await call().catch(() => NO_PLAYGROUND);
    setNotice(told);
    refresh();
    return told.good;
  };
  const spot = (message: string | null) => ({ user, conversation: conversation.id, message });
  return (
    <div className="room">
      <RoomHead conversation={conversation} />
      <Log
        platform={platform}
        messages={visible(conversation, user)}
        direct={conversation.direct}
        answer={setAnswering}
        press={(message, action) => attempt(() => platform.press(spot(message.id), action))}
      />
      <div className="foot">
        {notice.words && <Notice told={notice} dismiss={() => setNotice(QUIET)} />}
        <Composer
          platform={platform}
          conversation={conversation}
          answering={answering}
          stopAnswering={() => setAnswering(null)}
          send={(text) => attempt(() => platform.say(spot(answering?.id ?? null), text))}
        />
      </div>
    </div>
  );
}

function RoomHead({ conversation: { direct, name } }: { conversation: Conversation }) {
  const { zone } = useReader();
  return (
    <header className="room-head">
      <h3>
        {!direct && <span aria-hidden="true"># </span>}
        {name}
      </h3>
      <span className="zone">Times in {zone}</span>
    </header>
  );
}

function Notice({ told, dismiss }: { told: Told; dismiss: () => void }) {
  return (
    <div className={told.good ? "notice" : "notice notice-bad"} role={told.good ? "status" : "alert"}>
      <p>{told.words}</p>
      <button type="button" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}
