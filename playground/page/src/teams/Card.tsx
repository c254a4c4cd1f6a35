/** An Adaptive Card, drawn by Microsoft's own renderer; its actions are pressed with their JSON. */
import * as AdaptiveCards from "adaptivecards/dist/adaptivecards.js";
import { useLayoutEffect, useRef } from "react";
import type { Reader } from "../chat/reader";
import { written } from "../chat/time";
import type { CardJson } from "../chat/wire";
import { hostConfig } from "./hostConfig";
import { rendered } from "./markdown";
import { mend } from "./mended";
import { withPeople } from "./people";

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = rendered(text);
  result.didProcess = true;
};

type Props = { card: CardJson; reader: Reader; press: (action: object) => void };

export function Card({ card, reader, press }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<AdaptiveCards.AdaptiveCard | null>(null);
  const latest = useRef(press);
  latest.current = press;
  const source = JSON.stringify(withPeople(card, reader.colleagues));
  useLayoutEffect(() => {
    if (!host.current) return;
    const next = parsed(inZone(source, reader.zone), (action) => latest.current(action));
    if (drawn.current) keepTyped(drawn.current, next);
    drawn.current = next;
    replace(host.current, mend(next.render()) ?? document.createTextNode("This card is empty."));
  }, [source, reader.zone]);
  return <div className="card" ref={host} />;
}

function parsed(source: string, press: (action: object) => void): AdaptiveCards.AdaptiveCard {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = hostConfig;
  card.onExecuteAction = (action) => execute(action, press);
  card.parse(JSON.parse(source));
  return card;
}

/** What somebody typed into a card is not lost when the card changes under their hands. */
function keepTyped(before: AdaptiveCards.AdaptiveCard, next: AdaptiveCards.AdaptiveCard): void {
  const typed = new Map(before.getAllInputs().map((one) => [one.id, one]));
  for (const input of next.getAllInputs()) {
    const old = typed.get(input.id);
    if (old?.isDirty()) Object.assign(input, { defaultValue: old.value });
  }
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
