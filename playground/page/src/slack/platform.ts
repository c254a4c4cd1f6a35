/** Reads the Slack half of the world into the neutral picture, and says and presses the Slack way. */
import { type Told, told } from "../chat/answers";
import type { Company, Conversation, Message, OpenForm, Platform, Spot } from "../chat/model";
import {
  type Answer,
  type SlackChannel,
  type SlackMessage,
  type SlackView,
  type Workspace,
  type World,
  post,
} from "../chat/wire";
import { type ActionElement, isBlock } from "./blocks";

const EXAMPLE = "/issue TMF backlog at site 104, major, owner @annika, due next Friday";

export function slack(world: World): Platform {
  return {
    key: "slack",
    title: "Slack",
    companies: world.slack.workspaces.map(company),
    forms: world.slack.views.map(form),
    shortcuts: world.shortcuts,
    home: { of: (person) => world.slack.homes.find((one) => one.for === person), open },
    threadPane: true,
    say,
    press,
    shortcut,
    submit,
    dismiss,
    pressIn,
    pressable,
    example: () => EXAMPLE,
    heard: ({ direct }, text) => direct || /^\s*\/|@parley\b/i.test(text),
  };
}

function company({ id, name, people, channels }: Workspace): Company {
  return { id, name, people, conversations: channels.map((one) => conversation(one, id)) };
}

function form(view: SlackView): OpenForm {
  return { id: view.id, reader: view.for, title: view.title.text, body: { kind: "slack", view } };
}

function conversation(channel: SlackChannel, workspace: string): Conversation {
  const direct = channel.kind === "im";
  return {
    id: channel.id,
    name: direct ? "Parley" : channel.name,
    group: direct ? "Direct messages" : channel.home === workspace ? "Channels" : "Slack Connect",
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

async function shortcut({ user, conversation: channel, message: ts }: Spot, callback_id: string): Promise<Told> {
  return told(await post<Answer>("slack/shortcut", { user, channel, ts, callback_id }));
}

async function submit({ reader: user, id: view }: OpenForm, values: object): Promise<Told> {
  return told(await post<Answer>("slack/submit", { user, view, values }));
}

async function dismiss({ reader: user, id: view }: OpenForm): Promise<Told> {
  return told(await post<Answer>("slack/dismiss", { user, view }));
}

async function open(user: string): Promise<Told> {
  return told(await post<Answer>("slack/home", { user }));
}

async function pressIn(user: string, view: string, action: object): Promise<Told> {
  return told(await post<Answer>("slack/press_view", { user, view, ...action }));
}

function pressable({ body }: Message, _: string, label: string): object | null {
  const blocks = body.kind === "slack" ? (body.blocks ?? []).filter(isBlock) : [];
  const elements = blocks.flatMap((one) => [...(one.elements ?? []), one.accessory]) as (ActionElement | undefined)[];
  const found = elements.find((one) => one?.type === "button" && one.text?.text === label);
  return found ? { action_id: found.action_id, value: found.value } : null;
}

async function press({ user, conversation: channel, message: ts }: Spot, action: object): Promise<Told> {
  return told(await post<Answer>("slack/press", { user, channel, ts, ...action }));
}
