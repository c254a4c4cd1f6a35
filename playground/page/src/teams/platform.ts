/** Reads the Teams half of the world into the neutral picture, and says and presses the Teams way. */
import { type Told, told } from "../chat/answers";
import type { Company, Conversation, Message, OpenForm, Platform, Spot } from "../chat/model";
import {
  type Answer,
  type TeamsConversation,
  type TeamsDialog,
  type TeamsMessage,
  type Tenant,
  type World,
  post,
} from "../chat/wire";

const EXAMPLE = "issue TMF backlog at site 104, major, owner @annika, due next Friday";

export function teams(world: World): Platform {
  return {
    key: "teams",
    title: "Teams",
    companies: world.teams.tenants.map(company),
    forms: world.teams.dialogs.map(form),
    shortcuts: world.shortcuts,
    home: null,
    threadPane: false,
    say,
    press,
    shortcut,
    submit,
    dismiss,
    pressIn: (reader, id, action) => submit({ reader, id } as OpenForm, (action as { data?: object }).data ?? {}),
    pressable,
    example: ({ direct }) => (direct ? EXAMPLE : `@Parley ${EXAMPLE}`),
    heard: ({ direct }, text) => direct || /@(Parley(?!\w)|\[Parley\])/.test(text),
  };
}

function company({ id, name, people, conversations }: Tenant): Company {
  return { id, name, people, conversations: conversations.map(conversation) };
}

function form({ id, for: reader, title, card }: TeamsDialog): OpenForm {
  return { id, reader, title, body: { kind: "teams", card } };
}

function conversation(one: TeamsConversation): Conversation {
  const direct = one.kind === "personal";
  return {
    id: one.id,
    name: direct ? "Parley" : one.name,
    group: direct ? "Chat" : one.team || "Channels",
    direct,
    members: one.members,
    messages: one.messages.map(message),
  };
}

function message({ id, author, at, edited, reply_to, text, card, cards_for }: TeamsMessage): Message {
  const body = { kind: "teams", text, card, cardsFor: cards_for ?? {} } as const;
  return { id, author, at, edited, root: reply_to ?? null, onlyFor: null, body };
}

async function say({ user, conversation: place, message: root }: Spot, text: string): Promise<Told> {
  const thread = root === null ? {} : { thread: root };
  return told(await post<Answer>("teams/say", { user, conversation: place, text, ...thread }));
}

async function shortcut({ user, conversation: place, message }: Spot, command: string): Promise<Told> {
  return told(await post<Answer>("teams/message_action", { user, conversation: place, message, command }));
}

async function submit({ reader: user, id: dialog }: OpenForm, data: object): Promise<Told> {
  return told(await post<Answer>("teams/submit", { user, dialog, data }));
}

async function dismiss({ reader: user, id: dialog }: OpenForm): Promise<Told> {
  return told(await post<Answer>("teams/dismiss", { user, dialog }));
}

function pressable({ body }: Message, reader: string, label: string): object | null {
  if (body.kind !== "teams") return null;
  return action(body.cardsFor[reader] ?? body.card, label);
}

/** The first action with that title, however deep it stands in the card. */
function action(part: unknown, label: string): object | null {
  if (typeof part !== "object" || part === null) return null;
  const { type, title } = part as { type?: unknown; title?: unknown };
  if (title === label && String(type).startsWith("Action.")) return part;
  for (const inner of Object.values(part)) {
    const found = action(inner, label);
    if (found) return found;
  }
  return null;
}

async function press({ user, conversation: place, message: activity_id }: Spot, action: object): Promise<Told> {
  return told(await post<Answer>("teams/press", { user, conversation: place, activity_id, action }));
}
