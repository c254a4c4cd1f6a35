/** Remembers, while the page is open, how much of each conversation each person has been shown. */
import { useCallback, useState } from "react";
import { type Conversation, type Platform, conversationsOf, visible } from "./chat";

export type Seen = {
  unread: (person: string, conversation: Conversation) => number;
  mark: (person: string, conversation: Conversation) => void;
};

/** Only what others wrote counts as news, and an edited message is not a new one. */
function newsFor(person: string, conversation: Conversation): number {
  return visible(conversation, person).filter((one) => one.author.id !== person).length;
}

export function useSeen(): Seen {
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const unread = useCallback(
    (person: string, conversation: Conversation) => {
      const known = counts.get(`${person} ${conversation.id}`) ?? 0;
      return Math.max(0, newsFor(person, conversation) - known);
    },
    [counts],
  );
  const mark = useCallback((person: string, conversation: Conversation) => {
    const key = `${person} ${conversation.id}`;
    const count = newsFor(person, conversation);
    setCounts((old) => (old.get(key) === count ? old : new Map(old).set(key, count)));
  }, []);
  return { unread, mark };
}

/** News in the direct message with Parley: what the switch shows beside a name. */
export function directNews(platform: Platform, person: string, seen: Seen): number {
  const direct = conversationsOf(platform, person).filter((one) => one.direct);
  return direct.reduce((sum, one) => sum + seen.unread(person, one), 0);
}
