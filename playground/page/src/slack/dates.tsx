/** Slack's date tokens, `<!date^seconds^{date} at {time}^link|fallback>`, in the reader's own zone. */
import type { ReactNode } from "react";
import type { Reader } from "../chat/reader";
import { clock, dayKey, nearDay, written } from "../chat/time";
import { link } from "./link";

type Day = { at: Date; reader: Reader };

const SHORT = { day: "numeric", month: "short", year: "numeric" } as const;
const MEDIUM = { day: "numeric", month: "long", year: "numeric" } as const;
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;

const near = ({ at, reader }: Day) => nearDay(at, reader.now, reader.zone);
const day = (look: Intl.DateTimeFormatOptions) => ({ at, reader }: Day) => written(at, reader.zone, look);
const pretty = (look: Intl.DateTimeFormatOptions) => (one: Day) => near(one) || day(look)(one);

const TOKENS: Record<string, (one: Day) => string> = {
  date_num: ({ at, reader }) => dayKey(at, reader.zone),
  date_slash: ({ at, reader }) => dayKey(at, reader.zone).replaceAll("-", "/"),
  date: day(MEDIUM),
  date_short: day(SHORT),
  date_long: day(LONG),
  date_pretty: pretty(MEDIUM),
  date_short_pretty: pretty(SHORT),
  date_long_pretty: pretty(LONG),
  time: ({ at, reader }) => clock(at, reader.zone),
  time_secs: day({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
};

/** A token that is not known, or seconds that are no number, show the fallback: that is what it is for. */
export function dateWords(target: string, fallback: string, reader: Reader): ReactNode {
  const [, seconds = "", format = "", url = ""] = target.split("^");
  const at = new Date(Number(seconds) * 1000);
  const names = [...format.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1] ?? "");
  if (!seconds || Number.isNaN(at.getTime()) || names.some((name) => !(name in TOKENS))) return fallback;
  const text = format.replace(/\{(\w+)\}/g, (_, name: string) => TOKENS[name]?.({ at, reader }) ?? "");
  return (
    <time dateTime={at.toISOString()} title={`${fallback} (shown in ${reader.zone})`}>
      {url ? link(url, text) : text}
    </time>
  );
}
