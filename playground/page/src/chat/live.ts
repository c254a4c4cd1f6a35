/** Keeps the page's picture of the world fresh: fetches it, and fetches again when the server says it changed. */
import { useEffect, useRef, useState } from "react";
import { type World, world } from "./wire";

type Live = { world: World | null; lost: boolean; refresh: () => void };

/** Runs `task` at most once at a time; calls that come meanwhile are served by one more run. */
function oneAtATime(task: () => Promise<void>): () => Promise<void> {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await task();
    }
    running = false;
  };
}

/** Milliseconds: the clock runs without anything else changing, and a bot that is back does not say so. */
const TICK = 15_000;
const TICK_WITHOUT_TIME = 1_500;

export function useLive(): Live {
  const [seen, setSeen] = useState<World | null>(null);
  const [lost, setLost] = useState(false);
  const refresh = useRef(() => {});
  useEffect(() => {
    const fetchOnce = oneAtATime(async () => {
      try {
        setSeen(await world());
        setLost(false);
      } catch {
        setLost(true);
      }
    });
    refresh.current = () => void fetchOnce();
    return listen(refresh.current, () => setLost(true));
  }, []);
  const pause = seen?.now && !lost ? TICK : TICK_WITHOUT_TIME;
  useEffect(() => {
    const ticking = window.setInterval(() => refresh.current(), pause);
    return () => window.clearInterval(ticking);
  }, [pause]);
  return { world: seen, lost, refresh: () => refresh.current() };
}

/** The stream reconnects by itself; each new connection fetches, as changes may have been missed. */
function listen(changed: () => void, broken: () => void): () => void {
  const stream = new EventSource("/control/stream");
  stream.onopen = changed;
  stream.onmessage = changed;
  stream.addEventListener("changed", changed);
  stream.onerror = broken;
  changed();
  return () => stream.close();
}
