/** The side bar: a person's channels and their direct message with Parley, with a count where there is news. */
import { useRef } from "react";
import type { Conversation, Platform } from "../chat/model";
import { Avatar } from "./Avatar";
import { rove } from "./roving";

type Props = {
  platform: Platform;
  conversations: Conversation[];
  open: string;
  unread: (conversation: Conversation) => number;
  choose: (conversation: Conversation) => void;
};

export function Channels({ platform, conversations, open, unread, choose }: Props) {
  const box = useRef<HTMLElement>(null);
  const groups = [...new Set(conversations.map((one) => one.group))];
  return (
    <nav
      className="channels"
      ref={box}
      aria-label={`${platform.title} conversations`}
      onKeyDown={(event) => rove(event, box.current, ".channel")}
    >
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 aria-hidden="true">{group}</h3>
          {conversations
            .filter((one) => one.group === group)
            .map((one) => (
              <Entry
                key={one.id}
                platform={platform}
                conversation={one}
                current={one.id === open}
                news={one.id === open ? 0 : unread(one)}
                choose={() => choose(one)}
              />
            ))}
        </section>
      ))}
    </nav>
  );
}

type EntryProps = {
  platform: Platform;
  conversation: Conversation;
  current: boolean;
  news: number;
  choose: () => void;
};

function Entry({ platform, conversation, current, news, choose }: EntryProps) {
  const { id, name, direct } = conversation;
  return (
    <button
      type="button"
      className={`channel${news ? " has-news" : ""}`}
      data-testid={`${platform.key}-channel-${id.replace(/[^a-zA-Z0-9]/g, "-")}`}
      aria-current={current ? "true" : undefined}
      tabIndex={current ? 0 : -1}
      title={name}
      onClick={choose}
    >
      {direct ? (
        <Avatar author={{ id: "parley", name: "Parley", bot: true }} size="tiny" />
      ) : (
        <span className="channel-sign" aria-hidden="true">
          #
        </span>
      )}
      <span className="channel-name">{name}</span>
      {news > 0 && (
        <span className="badge">
          {news > 99 ? "99+" : news}
          <span className="spoken"> unread</span>
        </span>
      )}
    </button>
  );
}
