/** The steps of the tour, which is journey J1: an issue is logged, nobody answers, it climbs, it is answered. */
import type { Seat } from "../chat/seats";
import { post } from "../chat/wire";
import { type Cast, type Player, about, company, direct, room } from "./facts";

export type Scene = {
  cast: Cast;
  seats: Seat[];
  /** The number of the issue that the tour is about, once there is one. */
  issue: string | null;
};

export type Step = {
  title: string;
  words: (scene: Scene) => string;
  /** What is highlighted: "slack", "teams", "clock". */
  lights: (scene: Scene) => string[];
  /** Who should be seen, where. */
  enter?: (scene: Scene) => void;
  isDone: (scene: Scene) => boolean;
  /** Does it for the reader; `times` is how often it may take. */
  perform?: (scene: Scene) => Promise<unknown>;
  times?: number;
  /** Another way to do it, and its words. */
  otherwise?: { label: string; perform: (scene: Scene) => Promise<unknown> };
};

const CLIMBED = "moves from L1 to L2";
const ANSWERED = "Acknowledged by";

const first = ({ person }: Player) => person.name.split(" ")[0] ?? person.name;
const on = ({ platform }: Player) => platform.title;
const key = ({ platform }: Player) => platform.key;
const both = ({ cast }: Scene) => [key(cast.logs), key(cast.hears)];

function seatOf({ seats }: Scene, { platform }: Player): Seat | undefined {
  return seats.find((one) => one.platform.key === platform.key);
}

function look(scene: Scene, player: Player, where: typeof room): void {
  const there = where(player);
  if (there) seatOf(scene, player)?.show(there.id, player.person.id);
}

function sees(scene: Scene, player: Player, where: typeof room): boolean {
  const seat = seatOf(scene, player);
  return seat?.me?.id === player.person.id && seat.open?.id === where(player)?.id;
}

async function say({ cast }: Scene, words: string | null): Promise<void> {
  const { platform, person } = cast.logs;
  const there = room(cast.logs);
  if (!there) return;
  const bare = platform.key === "slack" ? "/issue" : "@Parley issue";
  const spot = { user: person.id, conversation: there.id, message: null };
  await platform.say(spot, words ?? bare);
}

async function acknowledge({ cast, issue }: Scene): Promise<void> {
  const player = cast.counterparts[1];
  for (const there of [room(player), direct(player)]) {
    const card = about(there, issue ?? "", "Acknowledge");
    const action = card && player.platform.pressable(card, player.person.id, "Acknowledge");
    if (!there || !card || !action) continue;
    await player.platform.press({ user: player.person.id, conversation: there.id, message: card.id }, action);
    return;
  }
}

export const STEPS: Step[] = [
  {
    title: "One record, two faces",
    words: ({ cast: { logs, hears } }) =>
      `${company(logs)} runs a trial for ${company(hears)}. One works in ${on(logs)}, the other in ${on(hears)}. ` +
      "Parley keeps one record for both. See how an issue lives in it.",
    lights: both,
    isDone: () => true,
  },
  {
    title: "Log an issue",
    words: ({ cast: { logs } }) =>
      `You are ${logs.person.name}. Type /issue in ${on(logs)} and fill in the form, or write it in one line.`,
    lights: ({ cast }) => [key(cast.logs)],
    enter: (scene) => {
      look(scene, scene.cast.logs, room);
      look(scene, scene.cast.hears, room);
    },
    isDone: ({ issue }) => issue !== null,
    perform: (scene) => {
      const there = room(scene.cast.logs);
      return say(scene, there ? scene.cast.logs.platform.example(there) : null);
    },
    otherwise: { label: "Open the form", perform: (scene) => say(scene, null) },
  },
  {
    title: "It is there, in the other chat",
    words: ({ cast: { hears }, issue }) =>
      `Nobody copied anything: ${issue} is a live card in ${company(hears)}’s room, with the day by which they must ` +
      "acknowledge it.",
    lights: ({ cast }) => [key(cast.hears)],
    isDone: ({ cast, issue }) => about(room(cast.hears), issue ?? "") !== undefined,
  },
  {
    title: "Nobody answers",
    words: () => "Let time pass. Push the clock by business days until the time to acknowledge runs out.",
    lights: () => ["clock"],
    isDone: ({ cast, issue }) => cast.counterparts.every((one) => about(direct(one), issue ?? "", CLIMBED)),
    perform: () => post("clock", { push: "business_day" }),
    times: 3,
  },
  {
    title: "Both counterparts hear it",
    words: ({ cast: { counterparts } }) =>
      `The issue moved up a level. ${counterparts.map((one) => `${first(one)} in ${on(one)}`).join(" and ")} were told ` +
      "in the same minute, in the same words. Look as each of them.",
    lights: both,
    isDone: (scene) => scene.cast.counterparts.every((one) => sees(scene, one, direct)),
    perform: async (scene) => scene.cast.counterparts.forEach((one) => look(scene, one, direct)),
  },
  {
    title: "One of them answers",
    words: ({ cast: { counterparts } }) =>
      `${counterparts[1].person.name} answers for ${company(counterparts[1])}: press Acknowledge in ${on(counterparts[1])}.`,
    lights: ({ cast }) => [key(cast.counterparts[1])],
    isDone: ({ cast, issue }) => about(room(cast.logs), issue ?? "", ANSWERED) !== undefined,
    perform: acknowledge,
  },
  {
    title: "And the first card knows",
    words: ({ cast: { logs } }) =>
      `The card in ${first(logs)}’s room changed where it stands. That is Parley. Try the forms, the threads, ` +
      "or make trouble on the wire.",
    lights: ({ cast }) => [key(cast.logs)],
    enter: (scene) => look(scene, scene.cast.logs, room),
    isDone: () => true,
  },
];
