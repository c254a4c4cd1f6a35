/** Reads the Teams half of the world into the neutral picture, and says and presses the Teams way. */
import { type Told, told } from "../answers";
import type { Company, Conversation, Message, Platform, Spot } from "../chat";
import { type Answer, type TeamsConversation, type TeamsMessage, type Tenant, type World, post } from "../wire";

const EXAMPLE = "issue TMF backlog at site 104, major, owner @annika, due next Friday";

export function teams(world: World): Platform {
  return {
    key: "teams",
    title: "Teams",
    companies: world.teams.tenants.map(company),
    say,
    press,
    example: ({ direct }) => (direct ? EXAMPLE : `@Parley ${EXAMPLE}`),
    heard: ({ direct }, text) => direct || /@(Parley(?!\w)|\[Parley\])/.test(text),
  };
}

function company({ id, name, people, conversations }: Tenant): Company {
  return { id, name, people, conversations: conversations.map(conversation) };
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

async function press({ user, conversation: place, message: activity_id }: Spot, action: object): Promise<Told> {
  return told(await post<Answer>("teams/press", { user, conversation: place, activity_id, action }));
}
