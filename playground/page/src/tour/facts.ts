/** What has happened in the world, as far as the tour waits for it; read from the messages themselves. */
import { type Conversation, type Message, type Person, type Platform, companyOf, conversationsOf, people } from "../chat/model";

/** Somebody of the journey, and the window they sit at. */
export type Player = { platform: Platform; person: Person };
export type Cast = { logs: Player; hears: Player; counterparts: [Player, Player] };

const LOGS = "Annika Lindqvist";
const HEARS = "Tomasz Wierzbicki";
const COUNTERPARTS = ["David Okonkwo", "Marcus Adeyemi"] as const;
const NUMBER = /\b[A-Z]{2,5}-ISS-\d+\b/g;

/** The four people of the journey; null in a world without them, where there is no tour. */
export function cast(platforms: Platform[]): Cast | null {
  const find = (name: string) => platforms.flatMap((platform) => playersOf(platform, name))[0];
  const [logs, hears, ours, theirs] = [LOGS, HEARS, ...COUNTERPARTS].map(find);
  return logs && hears && ours && theirs ? { logs, hears, counterparts: [ours, theirs] } : null;
}

function playersOf(platform: Platform, name: string): Player[] {
  return people(platform)
    .filter((one) => one.name === name)
    .map((person) => ({ platform, person }));
}

export function room({ platform, person }: Player): Conversation | undefined {
  return conversationsOf(platform, person.id).find((one) => !one.direct);
}

export function direct({ platform, person }: Player): Conversation | undefined {
  return conversationsOf(platform, person.id).find((one) => one.direct);
}

export function company({ platform, person }: Player): string {
  return companyOf(platform, person.id)?.name ?? "";
}

/** Every issue's number that Parley has written anywhere. */
export function numbers(platforms: Platform[]): Set<string> {
  const rooms = platforms.flatMap(({ companies }) => companies.flatMap((one) => one.conversations));
  const said = rooms.flatMap((one) => one.messages.filter(({ author }) => author.bot)).map(text);
  return new Set(said.flatMap((words) => words.match(NUMBER) ?? []));
}

/** Parley's newest message in a conversation that says all of these. */
export function about(conversation: Conversation | undefined, ...words: string[]): Message | undefined {
  const said = (one: Message) => words.every((word) => text(one).includes(word));
  return conversation?.messages.filter((one) => one.author.bot && said(one)).pop();
}

function text({ body }: Message): string {
  return JSON.stringify(body);
}
