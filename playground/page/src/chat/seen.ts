/** Remembers, while the page is open, how much of each conversation each person has been shown. */
import { useCallback, useState } from "react";
import { type Conversation, type Message, type Platform, conversationsOf, visible } from "./model";

export type Seen = {
  unread: (person: string, conversation: Conversation) => number;
  mark: (person: string, conversation: Conversation) => void;
  /** The first message that they have not been shown, where they have been there before. */
  firstNew: (person: string, conversation: Conversation) => string | null;
};

/** Only what others wrote counts as news, and an edited message is not a new one. */
function news(person: string, conversation: Conversation): Message[] {
  return visible(conversation, person).filter((one) => one.author.id !== person);
}

export function useSeen(): Seen {
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const known = useCallback((person: string, room: Conversation) => counts.get(`${person} ${room.id}`) ?? 0, [counts]);
  const unread = useCallback(
    (person: string, room: Conversation) => Math.max(0, news(person, room).length - known(person, room)),
    [known],
  );
  const firstNew = useCallback(
    (person: string, room: Conversation) => {
      const before = known(person, room);
      return before ? (news(person, room)[before]?.id ?? null) : null;
    },
    [known],
  );
  const mark = useCallback((person: string, room: Conversation) => {
    const key = `${person} ${room.id}`;
    const count = news(person, room).length;
    setCounts((old) => (old.get(key) === count ? old : new Map(old).set(key, count)));
  }, []);
  return { unread, mark, firstNew };
}

/** News in the direct message with Parley: what the switch shows beside a name. */
export function directNews(platform: Platform, person: string, seen: Seen): number {
  const direct = conversationsOf(platform, person).filter((one) => one.direct);
  return direct.reduce((sum, one) => sum + seen.unread(person, one), 0);
}
