/** Draws Slack's rich text: sections, lists, quotes and code, whose words are shown exactly as they stand. */
import { Fragment, type ReactNode } from "react";
import { useReader } from "../chat/reader";
import { written } from "../chat/time";
import type { RichElement, RichPart } from "./blocks";
import { link } from "./link";

export function RichText({ parts }: { parts: RichPart[] }) {
  return (
    <div className="rich">
      {parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </div>
  );
}

function Part({ part: { type, style, elements = [] } }: { part: RichPart }) {
  switch (type) {
    case "rich_text_list": {
      const items = (elements as RichPart[]).map((one, index) => <li key={index}>{words(one.elements ?? [])}</li>);
      return style === "ordered" ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "rich_text_quote":
      return <blockquote>{words(elements)}</blockquote>;
    case "rich_text_preformatted":
      return <pre>{words(elements)}</pre>;
    default:
      return <div className="rich-section">{words(elements)}</div>;
  }
}

function words(elements: (RichElement | RichPart)[]): ReactNode[] {
  return elements.map((one, index) => <Element key={index} of={one as RichElement} />);
}

function Element({ of }: { of: RichElement }) {
  const { nameOf, zone } = useReader();
  switch (of.type) {
    case "text":
      return styled(of.text ?? "", of.style ?? {});
    case "link":
      return <>{link(of.url ?? "", of.text ?? of.url ?? "")}</>;
    case "user":
      return <span className="mention">@{nameOf(of.user_id ?? "")}</span>;
    case "channel":
      return <span className="mention">#{nameOf(of.channel_id ?? "")}</span>;
    case "date":
      return <>{written(new Date((of.timestamp ?? 0) * 1000), zone, { dateStyle: "medium", timeStyle: "short" })}</>;
    default:
      return <>{of.text ?? of.fallback ?? ""}</>;
  }
}

function styled(text: string, { bold, italic, strike, code }: NonNullable<RichElement["style"]>): ReactNode {
  let drawn: ReactNode = <Fragment>{text}</Fragment>;
  if (code) drawn = <code>{drawn}</code>;
  if (strike) drawn = <s>{drawn}</s>;
  if (italic) drawn = <em>{drawn}</em>;
  return bold ? <strong>{drawn}</strong> : drawn;
}
