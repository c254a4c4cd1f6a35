/** Says aloud, to those who do not see the window, what has just arrived or changed for this person. */
import { useEffect, useRef, useState } from "react";
import { type Conversation, type Message, visible } from "../chat/model";
import { useReader } from "../chat/reader";

type Known = { person: string; said: Map<string, string> };

const LONGEST = 240;

export function Announcer({ conversations }: { conversations: Conversation[] }) {
  const { id: person } = useReader();
  const known = useRef<Known | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    const now = new Map<string, string>();
    const news: string[] = [];
    const before = known.current?.person === person ? known.current.said : null;
    for (const room of conversations) {
      for (const one of visible(room, person)) {
        const heard = JSON.stringify(one.body);
        now.set(one.id, heard);
        if (before && before.get(one.id) !== heard) news.push(aloud(one, room, person, before.has(one.id)));
      }
    }
    known.current = { person, said: now };
    const told = news.filter(Boolean).slice(-2).join(" ");
    // What one person was told is not the next one's to hear.
    if (told || !before) setWords(told);
  }, [conversations, person]);
  return (
    <p className="spoken" role="status">
      {words}
    </p>
  );
}

function aloud({ author, body }: Message, room: Conversation, person: string, changed: boolean): string {
  if (author.id === person) return "";
  const where = room.direct ? "to you" : `in ${room.name}`;
  const words = body.text || (body.kind === "teams" ? firstWords(body.card) : "");
  return `${author.name} ${where}${changed ? ", changed" : ""}: ${words.slice(0, LONGEST)}.`;
}

/** A card without a summary is told by the first words in it. */
function firstWords(part: unknown): string {
  if (typeof part !== "object" || part === null) return "";
  const { text } = part as { text?: unknown };
  if (typeof text === "string" && text) return text;
  return Object.values(part).map(firstWords).find(Boolean) ?? "";
}
