/** An Adaptive Card, drawn by Microsoft's own renderer; its actions are pressed with their JSON. */
import * as AdaptiveCards from "adaptivecards/dist/adaptivecards.js";
import { useLayoutEffect, useRef } from "react";
import type { Reader } from "../reader";
import { written } from "../time";
import type { CardJson } from "../wire";
import { hostConfig } from "./hostConfig";
import { rendered } from "./markdown";

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = rendered(text);
  result.didProcess = true;
};

type Props = { card: CardJson; reader: Reader; press: (action: object) => void };

export function Card({ card, reader, press }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(press);
  latest.current = press;
  const source = JSON.stringify(card);
  useLayoutEffect(() => {
    if (host.current) replace(host.current, draw(inZone(source, reader.zone), (action) => latest.current(action)));
  }, [source, reader.zone]);
  return <div className="card" ref={host} />;
}

function draw(source: string, press: (action: object) => void): Node {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = hostConfig;
  card.onExecuteAction = (action) => execute(action, press);
  card.parse(JSON.parse(source));
  return card.render() ?? document.createTextNode("This card is empty.");
}

/** A prepared action's `data` holds what was typed into the card's inputs; its JSON alone does not. */
function execute(action: AdaptiveCards.Action, press: (action: object) => void): void {
  if (action instanceof AdaptiveCards.OpenUrlAction) {
    if (/^https?:/i.test(action.url ?? "")) window.open(action.url, "_blank", "noopener");
    return;
  }
  if (action instanceof AdaptiveCards.SubmitActionBase) {
    press({ ...(action.toJSON() as object), data: action.data });
  }
}

/** A live card is redrawn in place: whoever stood on its second button with the keyboard still does. */
function replace(host: HTMLElement, drawn: Node): void {
  const stops = () => [...host.querySelectorAll<HTMLElement>("button, input, select, textarea, a[href]")];
  const stood = stops().indexOf(document.activeElement as HTMLElement);
  host.replaceChildren(drawn);
  if (stood >= 0) stops()[stood]?.focus();
}

const LOOKS: Record<string, Intl.DateTimeFormatOptions> = {
  COMPACT: { day: "2-digit", month: "2-digit", year: "numeric" },
  SHORT: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  LONG: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

/** Writes `{{DATE(...)}}` and `{{TIME(...)}}` in the reader's zone; the renderer would use this machine's. */
function inZone(source: string, zone: string): string {
  return source
    .replace(/\{\{DATE\(([^,)]+)(?:,\s*(\w+))?\)\}\}/g, (all, at: string, look = "COMPACT") =>
      instant(all, at, zone, LOOKS[look.toUpperCase()] ?? {}),
    )
    .replace(/\{\{TIME\(([^)]+)\)\}\}/g, (all, at: string) =>
      instant(all, at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    );
}

function instant(all: string, at: string, zone: string, look: Intl.DateTimeFormatOptions): string {
  const when = new Date(at.trim());
  return Number.isNaN(when.getTime()) ? all : written(when, zone, look);
}
