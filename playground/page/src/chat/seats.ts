/** Who sits at each window, and which conversation and thread they have open. */
import { useCallback, useMemo, useState } from "react";
import { type Conversation, type Person, type Platform, conversationsOf, people } from "./model";

export type Seat = {
  platform: Platform;
  me: Person | undefined;
  mine: Conversation[];
  open: Conversation | undefined;
  /** The root of the thread that is open in its pane, or null. */
  thread: string | null;
  sit: (person: string) => void;
  show: (conversation: string, person?: string) => void;
  showThread: (root: string | null) => void;
};

/** The two who run the example's first study make the first journey; in another world, whoever sits in a channel. */
const START = ["Annika Lindqvist", "Tomasz Wierzbicki"];

export function useSeat(platform: Platform): Seat {
  const [chosen, sit] = useState("");
  const [opened, setOpened] = useState<Record<string, string>>({});
  const [threads, setThreads] = useState<Record<string, string | null>>({});
  const me = people(platform).find((one) => one.id === chosen) ?? firstToShow(platform);
  const mine = useMemo(() => (me ? conversationsOf(platform, me.id) : []), [platform, me]);
  const open = mine.find((one) => one.id === opened[me?.id ?? ""]) ?? mine[0];
  const here = `${me?.id} ${open?.id}`;
  const show = useCallback((conversation: string, person: string) => {
    sit(person);
    setOpened((old) => ({ ...old, [person]: conversation }));
  }, []);
  return {
    platform,
    me,
    mine,
    open,
    thread: threads[here] ?? null,
    sit,
    show: (conversation, person = me?.id ?? "") => show(conversation, person),
    showThread: (root) => setThreads((old) => ({ ...old, [here]: root })),
  };
}

function firstToShow(platform: Platform): Person | undefined {
  const everyone = people(platform);
  const inChannel = (one: Person) => conversationsOf(platform, one.id).some((room) => !room.direct);
  return everyone.find((one) => START.includes(one.name)) ?? everyone.find(inChannel) ?? everyone[0];
}
