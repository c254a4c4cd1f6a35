/** Fills a card's people pickers (Data.Query of the directory) with the reader's colleagues, as Teams does. */
import type { Person } from "../chat/model";
import type { CardJson } from "../chat/wire";

const DIRECTORY = "graph.microsoft.com/users";

export function withPeople(card: CardJson, people: Person[]): CardJson {
  return filled(card, people) as CardJson;
}

function filled(part: unknown, people: Person[]): unknown {
  if (Array.isArray(part)) return part.map((one) => filled(one, people));
  if (typeof part !== "object" || part === null) return part;
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, filled(value, people)]));
  if (!isPicker(inner)) return inner;
  const { "choices.data": _, ...rest } = inner;
  return { ...rest, style: "compact", choices: [...own(inner), ...choices(inner, people)] };
}

function isPicker(part: Record<string, unknown>): boolean {
  const query = part["choices.data"] as { dataset?: string } | undefined;
  return part.type === "Input.ChoiceSet" && (query?.dataset ?? "").startsWith(DIRECTORY);
}

function own({ choices: given }: Record<string, unknown>): { value: string }[] {
  return Array.isArray(given) ? given : [];
}

function choices(part: Record<string, unknown>, people: Person[]): { title: string; value: string }[] {
  const known = new Set(own(part).map((one) => one.value));
  return people.filter(({ id }) => !known.has(id)).map(({ id, name }) => ({ title: name, value: id }));
}
