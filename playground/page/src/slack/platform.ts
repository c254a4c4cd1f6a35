/** Reads the Slack half of the world into the neutral picture, and says and presses the Slack way. */
import { type Told, told } from "../answers";
import type { Company, Conversation, Message, Platform, Spot } from "../chat";
import { type Answer, type SlackChannel, type SlackMessage, type Workspace, type World, post } from "../wire";

const EXAMPLE = "/issue TMF backlog at site 104, major, owner @annika, due next Friday";

export function slack(world: World): Platform {
  return {
    key: "slack",
    title: "Slack",
    companies: world.slack.workspaces.map(company),
    say,
    press,
    example: () => EXAMPLE,
    heard: ({ direct }, text) => direct || /^\s*\/|@parley\b/i.test(text),
  };
}

function company({ id, name, people, channels }: Workspace): Company {
  return { id, name, people, conversations: channels.map(conversation) };
}

function conversation(channel: SlackChannel): Conversation {
  const direct = channel.kind === "im";
  return {
    id: channel.id,
    name: direct ? "Parley" : channel.name,
    group: direct ? "Direct messages" : "Channels",
    direct,
    members: channel.members,
    messages: channel.messages.map(message),
  };
}

function message({ ts, author, at, edited, thread_ts, only_for, text, blocks }: SlackMessage): Message {
  // A root that has answers carries its own ts as thread_ts.
  const root = thread_ts === ts ? null : (thread_ts ?? null);
  return { id: ts, author, at, edited, root, onlyFor: only_for ?? null, body: { kind: "slack", text, blocks } };
}

async function say({ user, conversation: channel, message: thread_ts }: Spot, text: string): Promise<Told> {
  const thread = thread_ts === null ? {} : { thread_ts };
  return told(await post<Answer>("slack/say", { user, channel, text, ...thread }));
}

async function press({ user, conversation: channel, message: ts }: Spot, action: object): Promise<Told> {
  return told(await post<Answer>("slack/press", { user, channel, ts, ...action }));
}
