/** The last requests in both directions, and one of them opened with both bodies. */
import { useEffect, useRef, useState } from "react";
import { clock, written } from "../chat/time";
import { type Exchange, type World, exchanges, post } from "../chat/wire";
import { rove } from "../window/roving";
import { pretty } from "./pretty";

const KEPT = 200;
/** Milliseconds: a retry changes nothing in the windows, so nothing else tells of it. */
const TICK = 1_200;

export function Wire({ world, refresh }: { world: World; refresh: () => void }) {
  const all = useExchanges(world);
  const [chosen, choose] = useState<number | null>(null);
  const open = all.find((one) => one.number === chosen) ?? all[all.length - 1];
  return (
    <>
      <List all={all} open={open} choose={choose} />
      {open ? <Details key={open.number} of={open} refresh={refresh} /> : <p className="empty">Nothing was said yet.</p>}
    </>
  );
}

/** Fetches only what is new, when the world changed and on a tick. */
function useExchanges(world: World): Exchange[] {
  const [all, setAll] = useState<Exchange[]>([]);
  const last = useRef(0);
  useEffect(() => {
    const fetchNew = async () => {
      const fresh = (await exchanges(last.current).catch(() => [])).filter((one) => one.number > last.current);
      if (fresh.length === 0) return;
      last.current = fresh[fresh.length - 1]?.number ?? last.current;
      setAll((old) => [...old, ...fresh].slice(-KEPT));
    };
    void fetchNew();
    const ticking = window.setInterval(() => void fetchNew(), TICK);
    return () => window.clearInterval(ticking);
  }, [world]);
  return all;
}

type ListProps = { all: Exchange[]; open: Exchange | undefined; choose: (number: number) => void };

function List({ all, open, choose }: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  return (
    <div
      className="wire-list"
      role="group"
      aria-label="Last requests"
      ref={box}
      onKeyDown={(event) => rove(event, box.current, "button")}
    >
      {[...all].reverse().map((one) => (
        <button
          key={one.number}
          type="button"
          className="wire-row"
          aria-current={one.number === open?.number ? "true" : undefined}
          tabIndex={one.number === open?.number ? 0 : -1}
          onClick={() => choose(one.number)}
        >
          <span className="wire-at">{written(new Date(one.at), "UTC", LOOK)}</span>
          <span className={one.direction === "to bot" ? "wire-in" : "wire-out"}>
            {one.direction === "to bot" ? "to Parley" : "from Parley"}
          </span>
          <span className="wire-path">
            <b>{one.method}</b> {one.path}
          </span>
          <Status of={one} />
          <span className="wire-ms">{Math.round(one.ms)} ms</span>
        </button>
      ))}
    </div>
  );
}

const LOOK = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;

function Status({ of: { status } }: { of: Exchange }) {
  const kind = status === 0 || status >= 500 ? "bad" : status >= 400 ? "odd" : "good";
  return <span className={`wire-status ${kind}`}>{status || "none"}</span>;
}

function Details({ of, refresh }: { of: Exchange; refresh: () => void }) {
  const [told, setTold] = useState("");
  const again = async () => {
    const words = await post<{ status: number }>("again", { number: of.number }).then(
      ({ status }) => `Delivered again, answered ${status || "with nothing"}`,
      () => "It could not be delivered again",
    );
    setTold(words);
    refresh();
  };
  return (
    <div className="wire-details" role="group" aria-label="The request in full" tabIndex={0}>
      <header>
        <h4>
          {of.method} {of.path}
        </h4>
        <p>
          {of.direction === "to bot" ? "To Parley" : "From Parley"}, at {clock(new Date(of.at), "UTC")} UTC on this machine
        </p>
        {of.direction === "to bot" && (
          <button type="button" className="plain-button" onClick={() => void again()}>
            Deliver it again
          </button>
        )}
        <span role="status">{told}</span>
      </header>
      <Body title="Said" body={of.body} />
      <Body title={`Answered ${of.status || "nothing"}`} body={of.answer} />
    </div>
  );
}

function Body({ title, body }: { title: string; body: string }) {
  return (
    <section>
      <h5>{title}</h5>
      <pre>{pretty(body) || "(no body)"}</pre>
    </section>
  );
}
