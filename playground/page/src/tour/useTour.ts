/** Where the reader is in the tour; that it was left is remembered, also when the page is opened again. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Seat } from "../chat/seats";
import { cast, numbers } from "./facts";
import { STEPS, type Scene } from "./steps";

const KEY = "parley-tour";
/** Milliseconds. */
const PATIENCE = 2_500;

export type TourState = {
  shown: boolean;
  at: number;
  count: number;
  step: { title: string; words: string; lights: string[]; done: boolean; offer: boolean; otherwise: string | null };
  busy: boolean;
  perform: (other?: boolean) => Promise<void>;
  next: () => void;
  leave: () => void;
  restart: () => void;
};

/** Null in a world that lacks the people of the journey. */
export function useTour(seats: Seat[], refresh: () => void): TourState | null {
  const [shown, setShown] = useState(() => localStorage.getItem(KEY) !== "left");
  const [at, setAt] = useState(0);
  const [before, setBefore] = useState<ReadonlySet<string> | null>(null);
  const [busy, setBusy] = useState(false);
  const platforms = seats.map(({ platform }) => platform);
  const players = cast(platforms);
  const issue = [...numbers(platforms)].find((one) => before && !before.has(one)) ?? null;
  const scene: Scene | null = players && { cast: players, seats, issue };
  const step = STEPS[at];
  const latest = useRef(scene);
  latest.current = scene;

  const go = (to: number) => {
    if (to === 1) setBefore(numbers(platforms));
    setAt(to);
    if (scene) STEPS[to]?.enter?.(scene);
  };
  const leave = useCallback(() => {
    localStorage.setItem(KEY, "left");
    setShown(false);
    document.getElementById("tour-switch")?.focus();
  }, []);
  useEscape(shown, leave);
  if (!scene || !step) return null;
  const lights = shown ? step.lights(scene) : [];
  const isDone = () => latest.current !== null && step.isDone(latest.current);
  const perform = async (other = false) => {
    setBusy(true);
    for (let time = 0; time < (step.times ?? 1) && !isDone(); time++) {
      await (other ? step.otherwise?.perform : step.perform)?.(scene).catch(() => {});
      refresh();
      if (!other) await until(isDone);
    }
    setBusy(false);
  };
  return {
    shown,
    at,
    count: STEPS.length,
    step: {
      title: step.title,
      words: step.words(scene),
      lights,
      done: step.isDone(scene),
      offer: step.perform !== undefined,
      otherwise: step.otherwise?.label ?? null,
    },
    busy,
    perform,
    next: () => (at + 1 < STEPS.length ? go(at + 1) : leave()),
    leave,
    restart: () => {
      localStorage.removeItem(KEY);
      setShown(true);
      go(0);
    },
  };
}

/** Waits until what was done shows in the world, or for as long as somebody would. */
async function until(isDone: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!isDone() && Date.now() < end) await new Promise((wake) => window.setTimeout(wake, 60));
}

/** Escape leaves the tour, unless something nearer took it: a form, a menu, a thread. */
function useEscape(shown: boolean, leave: () => void): void {
  useEffect(() => {
    if (!shown) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) leave();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [shown, leave]);
}
