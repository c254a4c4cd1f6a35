/** Draws Slack's mrkdwn: bold, italic, struck, code, quotes, links, mentions and dates, and its three escapes. */
import { Fragment, type ReactNode } from "react";
import type { Reader } from "../chat/reader";
import { dateWords } from "./dates";
import { link } from "./link";

/** One marked stretch; marks count only at the edge of a word, so snake_case and 2*3*4 stay as they are. */
const INLINE = new RegExp(
  [
    /<(?<angle>[^<>\n]+)>/u,
    /`(?<code>[^`\n]+)`/u,
    /(?<![\p{L}\p{N}*])\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/u,
    /(?<![\p{L}\p{N}_])_(?<italic>[^\s_](?:[^\n]*?[^\s_])?)_(?![\p{L}\p{N}_])/u,
    /(?<![\p{L}\p{N}~])~(?<struck>[^\s~](?:[^~\n]*[^\s~])?)~(?![\p{L}\p{N}~])/u,
  ]
    .map((one) => one.source)
    .join("|"),
  "gu",
);

export function mrkdwn(text: string, reader: Reader): ReactNode {
  return text.split(/```\n?/).map((part, index) =>
    index % 2 ? <pre key={index}>{plain(part)}</pre> : <Fragment key={index}>{paragraphs(part, reader)}</Fragment>,
  );
}

/** Lines that begin with ">" together make a quote; all other lines keep their breaks. */
function paragraphs(text: string, reader: Reader): ReactNode[] {
  const runs: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const last = runs[runs.length - 1];
    if (last && last.quote === Boolean(quoted)) last.lines.push(quoted?.[1] ?? line);
    else runs.push({ quote: Boolean(quoted), lines: [quoted?.[1] ?? line] });
  }
  return runs.map(({ quote, lines }, index) => {
    const inner = inline(lines.join("\n"), reader);
    return quote ? <blockquote key={index}>{inner}</blockquote> : <Fragment key={index}>{inner}</Fragment>;
  });
}

function inline(text: string, reader: Reader): ReactNode[] {
  const out: ReactNode[] = [];
  let from = 0;
  for (const hit of text.matchAll(INLINE)) {
    out.push(plain(text.slice(from, hit.index)));
    out.push(<Fragment key={hit.index}>{marked(hit.groups ?? {}, reader)}</Fragment>);
    from = hit.index + hit[0].length;
  }
  out.push(plain(text.slice(from)));
  return out;
}

function marked(group: Record<string, string | undefined>, reader: Reader): ReactNode {
  if (group.code !== undefined) return <code>{plain(group.code)}</code>;
  if (group.bold !== undefined) return <strong>{inline(group.bold, reader)}</strong>;
  if (group.italic !== undefined) return <em>{inline(group.italic, reader)}</em>;
  if (group.struck !== undefined) return <s>{inline(group.struck, reader)}</s>;
  return angle(group.angle ?? "", reader);
}

/** What stands between angle brackets: a mention, a date, a broadcast or a link, each with an optional label. */
function angle(inside: string, reader: Reader): ReactNode {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : plain(inside.slice(bar + 1));
  if (target.startsWith("@")) return <span className="mention">@{label || reader.nameOf(target.slice(1))}</span>;
  if (target.startsWith("#")) return <span className="mention">#{label || reader.nameOf(target.slice(1))}</span>;
  if (target.startsWith("!date^")) return dateWords(target, label, reader);
  if (target.startsWith("!")) return <span className="mention">{label || `@${target.slice(1).split("^")[0]}`}</span>;
  return link(plain(target), label);
}

/** Slack escapes exactly three characters. */
function plain(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
