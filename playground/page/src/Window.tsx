/** One platform's window: who you are, your conversations, and the one that is open. */
import { useEffect, useMemo, useState } from "react";
import { Channels } from "./Channels";
import { Room } from "./Room";
import { Who } from "./Who";
import { type Person, type Platform, companyOf, conversationsOf, people } from "./chat";
import { type Reader, ReaderContext } from "./reader";
import { type Seen, useSeen } from "./seen";

type Props = { platform: Platform; now: string | null; refresh: () => void };

export function Window({ platform, now, refresh }: Props) {
  const seen = useSeen();
  const [chosen, choose] = useState("");
  const everyone = people(platform);
  const me = everyone.find((one) => one.id === chosen) ?? firstToShow(platform);
  return (
    <section className={`window ${platform.key}`} data-testid={`${platform.key}-window`} aria-label={platform.title}>
      <header className="bar">
        <h2>{platform.title}</h2>
        <span className="company">{me && companyOf(platform, me.id)?.name}</span>
        <Who platform={platform} me={me?.id ?? ""} seen={seen} choose={choose} />
      </header>
      {me ? (
        <Desk platform={platform} me={me} now={now} seen={seen} refresh={refresh} />
      ) : (
        <p className="empty">Nobody is here yet.</p>
      )}
    </section>
  );
}

type DeskProps = { platform: Platform; me: Person; now: string | null; seen: Seen; refresh: () => void };

function Desk({ platform, me, now, seen, refresh }: DeskProps) {
  const [opened, setOpened] = useState<Record<string, string>>({});
  const mine = conversationsOf(platform, me.id);
  const open = mine.find((one) => one.id === opened[me.id]) ?? mine[0];
  const reader = useReaderFor(platform, me, now);
  const { mark } = seen;
  useEffect(() => {
    if (open) mark(me.id, open);
  }, [mark, me.id, open]);
  return (
    <ReaderContext value={reader}>
      <div className="desk">
        <Channels
          platform={platform}
          open={open?.id ?? ""}
          conversations={mine}
          unread={(one) => seen.unread(me.id, one)}
          choose={(one) => setOpened((old) => ({ ...old, [me.id]: one.id }))}
        />
        {open ? (
          <Room key={`${me.id} ${open.id}`} platform={platform} conversation={open} refresh={refresh} />
        ) : (
          <p className="empty">{me.name} is in no conversation yet.</p>
        )}
      </div>
    </ReaderContext>
  );
}

/** The two who run the example's first study make the first journey; in another world, whoever sits in a channel. */
const START = ["Annika Lindqvist", "Tomasz Wierzbicki"];

function firstToShow(platform: Platform): Person | undefined {
  const everyone = people(platform);
  const inChannel = (one: Person) => conversationsOf(platform, one.id).some((room) => !room.direct);
  return everyone.find((one) => START.includes(one.name)) ?? everyone.find(inChannel) ?? everyone[0];
}

function useReaderFor(platform: Platform, me: Person, now: string | null): Reader {
  return useMemo(() => {
    const rooms = platform.companies.flatMap((one) => one.conversations);
    // Parley is in nobody's company: its name is known from what it wrote.
    const bots = rooms.flatMap((one) => one.messages.map(({ author }) => author)).filter(({ bot }) => bot);
    const named = [...people(platform), ...rooms, ...bots];
    const names = new Map(named.map((one) => [one.id, one.name]));
    return {
      id: me.id,
      zone: me.zone,
      now: now ? new Date(now) : new Date(0),
      nameOf: (id) => names.get(id) ?? id,
    };
  }, [platform, me, now]);
}
