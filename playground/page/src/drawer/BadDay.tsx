/** Trouble on order: what the platforms do to Parley on a bad day, and how it copes. */
import { type ReactNode, useState } from "react";
import { type Trouble, type World, post } from "../chat/wire";
import { Guests } from "./Guests";

type Props = { world: World; refresh: () => void };
type Order = (path: string, body: object) => Promise<void>;

export function BadDay({ world, refresh }: Props) {
  const [told, setTold] = useState("");
  const order: Order = async (path, body) => {
    const done = await post(path, body).then(
      () => "",
      () => "That did not work. Try again.",
    );
    setTold(done);
    refresh();
  };
  return (
    <div className="bad-day" role="group" aria-label="Make trouble">
      <Ordered trouble={world.trouble} clear={() => void order("clear", {})} />
      <Calls order={order} />
      <Requests order={order} />
      <Installed world={world} order={order} />
      <Guests world={world} order={order} />
      <p role="status">{told}</p>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div className="orders">{children}</div>
    </fieldset>
  );
}

const KINDS: Record<string, string> = {
  "429": "429 with Retry-After",
  "500": "500",
  hang_after: "timeout after delivery",
};

function Calls({ order }: { order: Order }) {
  const [method, setMethod] = useState("slack messages");
  const [kind, setKind] = useState("429");
  const [times, setTimes] = useState("1");
  const [wait, setWait] = useState("5");
  const fault = { method, kind, times: Number(times), retry_after: kind === "429" ? Number(wait) : null };
  return (
    <Group title="Parley’s next messages fail">
      <select aria-label="Platform" value={method} onChange={(event) => setMethod(event.target.value)}>
        <option value="slack messages">Slack</option>
        <option value="teams messages">Teams</option>
      </select>
      <select aria-label="Failure" value={kind} onChange={(event) => setKind(event.target.value)}>
        {Object.entries(KINDS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {kind === "429" && <Amount label="seconds" value={wait} set={setWait} most={60} />}
      <Amount label="times" value={times} set={setTimes} most={9} />
      <button type="button" className="plain-button" onClick={() => void order("faults", fault)}>
        Order
      </button>
    </Group>
  );
}

type AmountProps = { label: string; value: string; set: (value: string) => void; most: number };

function Amount({ label, value, set, most }: AmountProps) {
  return (
    <label className="number">
      <input type="number" min={1} max={most} value={value} onChange={(event) => set(event.target.value)} />
      {label}
    </label>
  );
}

const ORDERS: Record<string, string> = {
  twice: "comes twice",
  late: "is retried late",
  overtaken: "is overtaken",
};

function Requests({ order }: { order: Order }) {
  return (
    <Group title="The next request to Parley">
      {Object.entries(ORDERS).map(([name, words]) => (
        <button key={name} type="button" className="plain-button" onClick={() => void order("order", { order: name })}>
          {words}
        </button>
      ))}
    </Group>
  );
}

function Installed({ world, order }: { world: World; order: Order }) {
  const gone = new Set(world.trouble.uninstalled);
  const homes = [...world.slack.workspaces, ...world.teams.tenants];
  return (
    <Group title="Where Parley is installed">
      {homes.map(({ id, name }) => (
        <label key={id} className="tick">
          <input
            type="checkbox"
            checked={!gone.has(id)}
            onChange={() => void order(gone.has(id) ? "install" : "uninstall", { home: id })}
          />
          {name}
        </label>
      ))}
    </Group>
  );
}

function Ordered({ trouble: { faults, orders, held }, clear }: { trouble: Trouble; clear: () => void }) {
  const lines = [
    ...faults.map((one) => `${one.method}: ${KINDS[one.kind] ?? one.kind}, ${one.times} more`),
    ...orders.map((one) => `The next request ${ORDERS[one] ?? one}`),
    ...(held ? [`${held} held back until the next request`] : []),
  ];
  return (
    <div className="ordered">
      <h4>Make trouble</h4>
      {lines.length === 0 && <p>Nothing is ordered.</p>}
      {lines.map((line, index) => (
        <span key={index} className="chip">
          {line}
        </span>
      ))}
      {lines.length > 0 && (
        <button type="button" className="quiet" onClick={clear}>
          Forget it all
        </button>
      )}
    </div>
  );
}
