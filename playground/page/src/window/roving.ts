/** One stop of the Tab key for a list of many: the arrow keys, Home and End move inside it. */
import type { KeyboardEvent } from "react";

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Moves the focus among the elements of `box` that match; true when the key was one of these. */
export function rove(event: KeyboardEvent, box: HTMLElement | null, match: string): boolean {
  const step = STEPS[event.key];
  if (!step || !box || event.altKey || event.ctrlKey || event.metaKey) return false;
  const all = [...box.querySelectorAll<HTMLElement>(match)];
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = all[at < 0 && event.key === "ArrowUp" ? all.length - 1 : step(at, all.length)];
  if (!next) return false;
  event.preventDefault();
  next.focus();
  return true;
}
