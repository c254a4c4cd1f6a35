/** Slack Connect: lets somebody of another workspace into a channel, and out again. */
import { useState } from "react";
import type { SlackChannel, Workspace, World } from "../chat/wire";

type Props = { world: World; order: (path: string, body: object) => Promise<void> };
type Guest = { id: string; name: string; company: string };
type Pair = { guest: Guest; channel: SlackChannel };

export function Guests({ world, order }: Props) {
  const [chosen, choose] = useState("");
  const pairs = possible(world);
  if (pairs.length === 0) return null;
  const pair = pairs.find((one) => idOf(one) === chosen) ?? pairs[0];
  const inside = pair ? pair.channel.members.includes(pair.guest.id) : false;
  const act = () =>
    pair && void order(inside ? "disconnect" : "connect", { user: pair.guest.id, channel: pair.channel.id });
  return (
    <fieldset>
      <legend>Slack Connect</legend>
      <div className="orders">
        <select aria-label="Guest and channel" value={pair && idOf(pair)} onChange={(event) => choose(event.target.value)}>
          {pairs.map((one) => (
            <option key={idOf(one)} value={idOf(one)}>
              {one.guest.name} ({one.guest.company}) in #{one.channel.name}
            </option>
          ))}
        </select>
        <button type="button" className="plain-button" onClick={act}>
          {inside ? "Take out" : "Let in"}
        </button>
      </div>
    </fieldset>
  );
}

const idOf = ({ guest, channel }: Pair) => `${guest.id} ${channel.id}`;

/** Everyone of another workspace, and the stranger, with every channel at home in a workspace. */
function possible({ slack: { workspaces }, trouble: { stranger } }: World): Pair[] {
  return workspaces.flatMap((home) => {
    const guests = [...(stranger ? [stranger] : []), ...others(workspaces, home)];
    const once = [...new Map(guests.map((one) => [one.id, one])).values()];
    return home.channels
      .filter((channel) => channel.kind === "channel" && channel.home === home.id)
      .flatMap((channel) => once.map((guest) => ({ guest, channel })));
  });
}

function others(workspaces: Workspace[], home: Workspace): Guest[] {
  const elsewhere = workspaces.filter((one) => one.id !== home.id);
  return elsewhere.flatMap((one) => one.people.map(({ id, name }) => ({ id, name, company: one.name })));
}
