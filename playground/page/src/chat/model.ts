/** One neutral picture of a chat platform, so that both windows are drawn by the same components. */
import type { Told } from "./answers";
import type { Author, CardJson, Shortcut, SlackHome, SlackView } from "./wire";

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

/** A form that stands open in front of one person: a modal on Slack, a dialog on Teams. */
export type OpenForm = {
  id: string;
  reader: string;
  title: string;
  body: { kind: "slack"; view: SlackView } | { kind: "teams"; card: CardJson };
};

export type Company = { id: string; name: string; people: Person[]; conversations: Conversation[] };

/** Where somebody speaks or presses: who, in which conversation, and in or on which message. */
export type Spot = { user: string; conversation: string; message: string | null };

/** A page of the app itself beside its messages, on a platform that has one. */
export type Home = {
  of: (person: string) => SlackHome | undefined;
  /** The person looks at it: the app draws it. */
  open: (person: string) => Promise<Told>;
};

export type Platform = {
  key: "slack" | "teams";
  title: string;
  companies: Company[];
  forms: OpenForm[];
  shortcuts: Shortcut[];
  home: Home | null;
  /** Whether a thread has a pane of its own, or stands under its root. */
  threadPane: boolean;
  say: (spot: Spot, text: string) => Promise<Told>;
  press: (spot: Spot, action: object) => Promise<Told>;
  shortcut: (spot: Spot, command: string) => Promise<Told>;
  submit: (form: OpenForm, filled: object) => Promise<Told>;
  dismiss: (form: OpenForm) => Promise<Told>;
  /** Press something in a form or a home that is no message. */
  pressIn: (person: string, view: string, action: object) => Promise<Told>;
  /** What to press for the button with this label, where the message has one. */
  pressable: (message: Message, reader: string, label: string) => object | null;
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
