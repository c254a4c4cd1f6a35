/** The open conversation: its messages, its thread, the composer, and kind words when something went wrong. */
import { type ReactNode, useState } from "react";
import { NO_PLAYGROUND, type Told } from "../chat/answers";
import { type Conversation, type Message, type Platform, visible } from "../chat/model";
import { useReader } from "../chat/reader";
import type { Seat } from "../chat/seats";
import { city } from "../chat/time";
import { Composer } from "./Composer";
import { HomeTab } from "./HomeTab";
import { Log } from "./Log";
import { Notice, QUIET } from "./Notice";
import { ThreadPane } from "./ThreadPane";

/** What can be done in a room, for whatever is drawn in it. */
export type RoomActs = {
  platform: Platform;
  press: (message: Message, action: object) => Promise<boolean>;
  shortcut: (message: Message, command: string) => Promise<boolean>;
  answer: (message: Message) => void;
};

type Props = { seat: Seat; conversation: Conversation; firstNew: string | null; refresh: () => void };

export function Room({ seat, conversation, firstNew, refresh }: Props) {
  const { platform, thread, showThread } = seat;
  const { id: user } = useReader();
  const { notice, attempt, dismiss } = useAttempts(refresh);
  const [newLine] = useState(firstNew);
  const home = conversation.direct ? platform.home : null;
  const [atHome, setAtHome] = useState(false);
  const spot = (message: string | null) => ({ user, conversation: conversation.id, message });
  const messages = visible(conversation, user);
  const root = messages.find((one) => one.id === thread) ?? null;
  const acts: RoomActs = {
    platform,
    press: (message, action) => attempt(() => platform.press(spot(message.id), action)),
    shortcut: (message, command) => attempt(() => platform.shortcut(spot(message.id), command)),
    answer: (message) => showThread(message.root ?? message.id),
  };
  const inPane = platform.threadPane ? root : null;
  const answering = platform.threadPane ? null : root;
  const look = (there: boolean) => {
    setAtHome(there);
    if (there && home) void attempt(() => home.open(user));
  };
  const tabs = home && <Tabs atHome={atHome} look={look} />;
  if (home && atHome) {
    return (
      <div className="room">
        <RoomHead conversation={conversation}>{tabs}</RoomHead>
        <HomeTab
          view={home.of(user)}
          notice={notice}
          dismiss={dismiss}
          press={(view, action) => attempt(() => platform.pressIn(user, view, action))}
        />
      </div>
    );
  }
  return (
    <div className="room">
      <RoomHead conversation={conversation}>{tabs}</RoomHead>
      <Log messages={messages} direct={conversation.direct} acts={acts} firstNew={newLine} />
      <div className="foot">
        {notice.words && <Notice told={notice} dismiss={dismiss} />}
        <Composer
          platform={platform}
          conversation={conversation}
          answering={answering}
          stopAnswering={() => showThread(null)}
          send={(text) => attempt(() => platform.say(spot(answering?.id ?? null), text))}
        />
      </div>
      {inPane && (
        <ThreadPane
          key={inPane.id}
          root={inPane}
          conversation={conversation}
          messages={messages}
          acts={acts}
          send={(text) => attempt(() => platform.say(spot(inPane.id), text))}
          close={() => showThread(null)}
        />
      )}
    </div>
  );
}

/** `attempt` resolves to whether the request reached the bot and was taken, and keeps the words about it. */
function useAttempts(refresh: () => void) {
  const [notice, setNotice] = useState<Told>(QUIET);
  const attempt = async (call: () => Promise<Told>): Promise<boolean> => {
    const told = await call().catch(() => NO_PLAYGROUND);
    setNotice(told);
    refresh();
    return told.good;
  };
  return { notice, attempt, dismiss: () => setNotice(QUIET) };
}

type TabsProps = { atHome: boolean; look: (there: boolean) => void };

/** The two faces of an app: its home, and what was written. */
function Tabs({ atHome, look }: TabsProps) {
  const tab = (words: string, there: boolean) => (
    <button type="button" aria-pressed={atHome === there} onClick={() => look(there)}>
      {words}
    </button>
  );
  return (
    <span className="tabs" role="group" aria-label="What of Parley to show">
      {tab("Home", true)}
      {tab("Messages", false)}
    </span>
  );
}

type HeadProps = { conversation: Conversation; children: ReactNode };

function RoomHead({ conversation: { direct, name, members }, children }: HeadProps) {
  const { zone } = useReader();
  return (
    <header className="room-head">
      <h3>
        {!direct && <span aria-hidden="true"># </span>}
        {name}
      </h3>
      {children}
      {!direct && <span className="members">{members.length} people</span>}
      <span className="zone" title={zone}>
        Times in {city(zone)}
      </span>
    </header>
  );
}
