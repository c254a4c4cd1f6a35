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
  members: string[];
  messages: SlackMessage[];
};
export type Workspace = { id: string; name: string; people: SlackPerson[]; channels: SlackChannel[] };

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

export type World = {
  now: string | null;
  slack: { workspaces: Workspace[] };
  teams: { tenants: Tenant[] };
};

export type Push = "hour" | "business_day" | "week";
/** What the bot answered to the platform: an HTTP status and a body of whatever shape that platform uses. */
export type Answer = { status: number; body: unknown };

export async function world(): Promise<World> {
  return asked<World>(await fetch("/control/state", { cache: "no-store" }));
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
