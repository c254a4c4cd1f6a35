/** One neutral picture of a chat platform, so that both windows are drawn by the same components. */
import type { Told } from "./answers";
import type { Author, CardJson } from "./wire";

export type Person = { id: string; name: string; title: string; zone: string };

export type Body =
  | { kind: "slack"; text: string; blocks: unknown[] | null }
  | { kind: "teams"; text: string; card: CardJson | null; cardsFor: Record<string, CardJson> };

export type Message = {
  id: string;
  author: Author;
  at: string;
  edited: boolean;
  /** The message that this one answers, or null for a message of its own. */
  root: string | null;
  /** The only person who sees it, or null when everyone in the conversation does. */
  onlyFor: string | null;
  body: Body;
};

export type Conversation = {
  id: string;
  name: string;
  /** The heading that it is listed under. */
  group: string;
  direct: boolean;
  members: string[];
  messages: Message[];
};

export type Company = { id: string; name: string; people: Person[]; conversations: Conversation[] };

/** Where somebody speaks or presses: who, in which conversation, and in or on which message. */
export type Spot = { user: string; conversation: string; message: string | null };

export type Platform = {
  key: "slack" | "teams";
  title: string;
  companies: Company[];
  say: (spot: Spot, text: string) => Promise<Told>;
  press: (spot: Spot, action: object) => Promise<Told>;
  example: (conversation: Conversation) => string;
  /** Whether Parley hears this text there; in a channel it hears only what is addressed to it. */
  heard: (conversation: Conversation, text: string) => boolean;
};

export function people(platform: Platform): Person[] {
  return platform.companies.flatMap((company) => company.people);
}

export function companyOf(platform: Platform, person: string): Company | undefined {
  return platform.companies.find((company) => company.people.some((one) => one.id === person));
}

/** The conversations that this person is a member of, in the order of the server. */
export function conversationsOf(platform: Platform, person: string): Conversation[] {
  const all = companyOf(platform, person)?.conversations ?? [];
  return all.filter((one) => one.members.includes(person));
}

export function visible(conversation: Conversation, person: string): Message[] {
  return conversation.messages.filter((one) => one.onlyFor === null || one.onlyFor === person);
}

export type Thread = { root: Message; replies: Message[] };

/** Messages in order, each reply under its root; a reply whose root is not visible stands for itself. */
export function threads(messages: Message[]): Thread[] {
  const byRoot = new Map<string, Thread>();
  const known = new Set(messages.map((one) => one.id));
  for (const one of messages) {
    if (one.root === null || !known.has(one.root)) byRoot.set(one.id, { root: one, replies: [] });
  }
  for (const one of messages) {
    if (one.root !== null && known.has(one.root)) byRoot.get(one.root)?.replies.push(one);
  }
  return [...byRoot.values()];
}
