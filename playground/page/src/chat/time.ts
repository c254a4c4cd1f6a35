/** Instants in words, always in a named zone: the page never uses the zone of the machine that it runs on. */

type Look = Intl.DateTimeFormatOptions;

/** An instant in a zone, written the British way; an unknown zone falls back to UTC. */
export function written(at: Date, zone: string, look: Look): string {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...look, timeZone: zone }).format(at);
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...look, timeZone: "UTC" }).format(at);
  }
}

export function clock(at: Date, zone: string): string {
  return written(at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function longDay(at: Date, zone: string): string {
  return written(at, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", "");
}

/** "2026-11-10": sorts, and is equal for two instants of one day in that zone. */
export function dayKey(at: Date, zone: string): string {
  const part = (look: Look) => written(at, zone, look);
  return `${part({ year: "numeric" })}-${part({ month: "2-digit" })}-${part({ day: "2-digit" })}`;
}

/** "Tue 10 Nov 2026" */
export function shortDay(at: Date, zone: string): string {
  const day = written(at, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  return day.replace(",", "");
}

/** "Zurich" of "Europe/Zurich" */
export function city(zone: string): string {
  return (zone.split("/").pop() ?? zone).replaceAll("_", " ");
}

/** Today, yesterday or tomorrow, seen from now; otherwise nothing. */
export function nearDay(at: Date, now: Date, zone: string): string {
  const day = 86_400_000;
  const near: [number, string][] = [[0, "today"], [-1, "yesterday"], [1, "tomorrow"]];
  const hit = near.find(([days]) => dayKey(new Date(now.getTime() + days * day), zone) === dayKey(at, zone));
  return hit?.[1] ?? "";
}
