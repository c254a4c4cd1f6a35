/** The business clock in both readers' zones, and the three buttons that push it. */
import { useState } from "react";
import { ClockIcon } from "../Icons";
import { city, clock, dayKey, shortDay, written } from "../chat/time";
import { type Push, post } from "../chat/wire";

const PUSHES: { push: Push; label: string }[] = [
  { push: "hour", label: "+1 hour" },
  { push: "business_day", label: "+1 business day" },
  { push: "week", label: "+1 week" },
];

type Props = { now: string | null; zones: string[]; refresh: () => void; lit: boolean };

export function ClockBar({ now, zones, refresh, lit }: Props) {
  const [running, setRunning] = useState(false);
  const [trouble, setTrouble] = useState("");
  const push = async (by: Push) => {
    setRunning(true);
    setTrouble("");
    try {
      await post("clock", { push: by });
    } catch {
      setTrouble("The clock did not move. Try again.");
    }
    refresh();
    setRunning(false);
  };
  return (
    <section className={`clockbar${lit ? " lit" : ""}`} aria-label="Business clock">
      <ClockIcon />
      <Face now={now} zones={zones} note={running ? "Living through it..." : trouble} />
      <div className="pushes" role="group" aria-label="Push the clock">
        {PUSHES.map(({ push: by, label }) => (
          <button key={by} type="button" data-testid={`push-${by}`} disabled={running || !now} onClick={() => push(by)}>
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}

type FaceProps = { now: string | null; zones: string[]; note: string };

function Face({ now, zones, note }: FaceProps) {
  const at = now ? new Date(now) : null;
  const first = zones[0] ?? "UTC";
  return (
    <div className="clock-face">
      <output className="clock" data-testid="clock">
        {at ? shortDay(at, first) : "No time yet"}
      </output>
      <p className="clock-zones" role="status">
        {note || (at ? [...new Set(zones)].map((zone) => inZone(at, zone, first)).join("  ·  ") : "Waiting for Parley")}
      </p>
    </div>
  );
}

/** "10:00 Zurich", and the day with it where it is another one there. */
function inZone(at: Date, zone: string, first: string): string {
  const day = dayKey(at, zone) === dayKey(at, first) ? "" : `${written(at, zone, { weekday: "short" })} `;
  return `${day}${clock(at, zone)} ${city(zone)}`;
}
