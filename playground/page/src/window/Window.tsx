/** One platform's window: who you are, your conversations, the one that is open, and a form in front of it. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { HashMark, PeopleMark } from "../Icons";
import { NO_PLAYGROUND, type Told } from "../chat/answers";
import { type Conversation, type OpenForm, type Person, type Platform, companyOf, people } from "../chat/model";
import { type Reader, ReaderContext } from "../chat/reader";
import type { Seat } from "../chat/seats";
import { type Seen, useSeen } from "../chat/seen";
import { ViewForm } from "../slack/ViewForm";
import { CardForm } from "../teams/CardForm";
import { Announcer } from "./Announcer";
import { Channels } from "./Channels";
import { Room } from "./Room";
import { Who } from "./Who";

type Props = { seat: Seat; now: string | null; refresh: () => void; lit: boolean };

export function Window({ seat, now, refresh, lit }: Props) {
  const { platform, me } = seat;
  const seen = useSeen();
  const form = platform.forms.filter((one) => one.reader === me?.id).pop();
  return (
    <section
      className={`window ${platform.key}${lit ? " lit" : ""}`}
      data-testid={`${platform.key}-window`}
      aria-label={platform.title}
    >
      <header className="bar" inert={form !== undefined}>
        <span className="bar-mark">{platform.threadPane ? <HashMark /> : <PeopleMark />}</span>
        <h2>{platform.title}</h2>
        <span className="company">{me && companyOf(platform, me.id)?.name}</span>
        <Who platform={platform} me={me} seen={seen} choose={seat.sit} />
      </header>
      {me ? (
        <ForReader platform={platform} me={me} now={now}>
          <Desk seat={seat} me={me} seen={seen} refresh={refresh} covered={form !== undefined} />
          {form && <FormOf key={form.id} platform={platform} form={form} refresh={refresh} />}
        </ForReader>
      ) : (
        <p className="empty">Nobody is here yet.</p>
      )}
    </section>
  );
}

type DeskProps = { seat: Seat; me: Person; seen: Seen; refresh: () => void; covered: boolean };

function Desk({ seat, me, seen, refresh, covered }: DeskProps) {
  const { platform, mine, open } = seat;
  useLooking(seen, me.id, open);
  return (
    <div className="desk" inert={covered}>
      <Channels
        platform={platform}
        open={open?.id ?? ""}
        conversations={mine}
        unread={(one) => seen.unread(me.id, one)}
        choose={(one) => seat.show(one.id)}
      />
      {open ? (
        <Room
          key={`${me.id} ${open.id}`}
          seat={seat}
          conversation={open}
          firstNew={seen.firstNew(me.id, open)}
          refresh={refresh}
        />
      ) : (
        <p className="empty">{me.name} is in no conversation yet.</p>
      )}
      <Announcer conversations={mine} />
    </div>
  );
}

/** What is open counts as read, but only while the page itself is looked at. */
function useLooking(seen: Seen, person: string, open: Conversation | undefined): void {
  const { mark } = seen;
  useEffect(() => {
    const look = () => open && document.visibilityState === "visible" && mark(person, open);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [mark, person, open]);
}

type FormProps = { platform: Platform; form: OpenForm; refresh: () => void };

function FormOf({ platform, form, refresh }: FormProps) {
  const [told, setTold] = useState<Told | null>(null);
  const attempt = async (call: Promise<Told>) => {
    const answer = await call.catch(() => NO_PLAYGROUND);
    setTold(answer.words ? answer : null);
    refresh();
  };
  const props = {
    form,
    told,
    submit: (filled: object) => attempt(platform.submit(form, filled)),
    close: () => void attempt(platform.dismiss(form)),
  };
  const { body } = form;
  return body.kind === "slack" ? (
    <ViewForm
      {...props}
      view={body.view}
      people={companyOf(platform, form.reader)?.people ?? []}
      press={(action) => void attempt(platform.pressIn(form.reader, form.id, action))}
    />
  ) : (
    <CardForm {...props} card={body.card} />
  );
}

type ReaderProps = { platform: Platform; me: Person; now: string | null; children: ReactNode };

function ForReader({ platform, me, now, children }: ReaderProps) {
  const reader = useMemo((): Reader => {
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
      colleagues: companyOf(platform, me.id)?.people ?? [],
    };
  }, [platform, me, now]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}
