/** What the playground server says and takes: the shapes of its JSON and the few calls that the page makes. */

export type Author = { id: string; name: string; bot: boolean };

export type SlackPerson = { id: string; handle: string; name: string; title: string; zone: string };
export type SlackMessage = {
  ts: string;
  author: Author;
  text: string;
  blocks: unknown[] | null;
  thread_ts: string | null;
  edited: boolean;
  only_for: string | null;
  at: string;
};
export type SlackChannel = {
  id: string;
  name: string;
  kind: "channel" | "im";
  /** The workspace that it belongs to; others see it through Slack Connect. */
  home: string;
  members: string[];
  messages: SlackMessage[];
};
export type Workspace = {
  id: string;
  name: string;
  people: SlackPerson[];
  channels: SlackChannel[];
  uninstalled: boolean;
};
export type SlackWords = { type: string; text: string };
/** A modal that is open in front of `for`; `errors` are by block id. */
export type SlackView = {
  id: string;
  for: string;
  title: SlackWords;
  submit?: SlackWords;
  close?: SlackWords;
  blocks: unknown[];
  errors?: Record<string, string>;
};

/** What stands in the app's home of `for`, once the bot has drawn it. */
export type SlackHome = { id: string; for: string; blocks: unknown[] };

export type TeamsPerson = { id: string; name: string; title: string; zone: string };
export type CardJson = Record<string, unknown>;
export type TeamsMessage = {
  id: string;
  author: Author;
  text: string;
  card: CardJson | null;
  cards_for: Record<string, CardJson> | null;
  reply_to: string | null;
  edited: boolean;
  at: string;
};
export type TeamsConversation = {
  id: string;
  name: string;
  team: string | null;
  kind: "channel" | "personal";
  members: string[];
  messages: TeamsMessage[];
};
export type Tenant = { id: string; name: string; people: TeamsPerson[]; conversations: TeamsConversation[] };
export type TeamsDialog = { id: string; for: string; title: string; card: CardJson };

/** What can be done with a message: the command that both manifests name, and its words. */
export type Shortcut = { command: string; label: string };
export type Fault = { method: string; kind: string; times: number; retry_after: number | null };
export type Trouble = {
  faults: Fault[];
  orders: string[];
  held: number;
  /** Ids of workspaces and tenants. */
  uninstalled: string[];
  /** Whom nobody knows, and who may be let into a channel. */
  stranger: { id: string; name: string; company: string } | null;
};

export type World = {
  now: string | null;
  shortcuts: Shortcut[];
  slack: { workspaces: Workspace[]; views: SlackView[]; homes: SlackHome[] };
  teams: { tenants: Tenant[]; dialogs: TeamsDialog[] };
  trouble: Trouble;
};

export type Exchange = {
  number: number;
  at: string;
  direction: "to bot" | "from bot";
  method: string;
  path: string;
  status: number;
  ms: number;
  body: string;
  answer: string;
};

export type Push = "hour" | "business_day" | "week";
/** What the bot answered to the platform: an HTTP status and a body of whatever shape that platform uses. */
export type Answer = { status: number; body: unknown };

export async function world(): Promise<World> {
  return asked<World>(await fetch("/control/state", { cache: "no-store" }));
}

/** The requests on the wire after the one with that number, oldest first. */
export async function exchanges(after: number): Promise<Exchange[]> {
  const told = await asked<{ requests: Exchange[] }>(await fetch(`/control/wire?after=${after}`, { cache: "no-store" }));
  return told.requests;
}

/** POST one JSON body to the playground; throws when the playground itself does not answer with JSON. */
export async function post<T>(path: string, body: object): Promise<T> {
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return asked<T>(await fetch(`/control/${path}`, sent));
}

async function asked<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`the playground answered ${response.status}`);
  return (await response.json()) as T;
}
