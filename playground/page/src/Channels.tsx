/** The side bar: a person's channels and their direct message with Parley, with a dot where there is news. */
import { type Conversation, type Platform } from "./chat";

type Props = {
  platform: Platform;
  conversations: Conversation[];
  open: string;
  unread: (conversation: Conversation) => number;
  choose: (conversation: Conversation) => void;
};

export function Channels({ platform, conversations, open, unread, choose }: Props) {
  const groups = [...new Set(conversations.map((one) => one.group))];
  return (
    <nav className="channels" aria-label={`${platform.title} conversations`}>
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
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
      title={name}
      onClick={choose}
    >
      <span className={direct ? "channel-sign channel-bot" : "channel-sign"} aria-hidden="true">
        {direct ? "P" : "#"}
      </span>
      <span className="channel-name">{name}</span>
      {news > 0 && (
        <span className="dot">
          <span className="spoken">{news} unread</span>
        </span>
      )}
    </button>
  );
}
