/** The business clock and the three buttons that push it. */
import { useState } from "react";
import { businessTime } from "./time";
import { type Push, post } from "./wire";

const PUSHES: { push: Push; label: string }[] = [
  { push: "hour", label: "+1 hour" },
  { push: "business_day", label: "+1 business day" },
  { push: "week", label: "+1 week" },
];

type Props = { now: string | null; refresh: () => void };

export function ClockBar({ now, refresh }: Props) {
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
    <section className="clockbar" aria-label="Business clock">
      <div className="clock-face">
        <output className="clock" data-testid="clock">
          {now ? businessTime(now) : "No time yet"}
        </output>
        <p className="clock-note" role="status">
          {running ? "Living through it..." : trouble || "Business clock"}
        </p>
      </div>
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
