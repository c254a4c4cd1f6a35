/** Initials on a quiet colour that stays the same for one person. */
import type { Author } from "./wire";

const HUES = [12, 38, 96, 160, 200, 232, 280, 330];

export function Avatar({ author: { id, name, bot } }: { author: Author }) {
  const hue = HUES[[...id].reduce((mix, letter) => (mix * 31 + letter.charCodeAt(0)) % 9973, 7) % HUES.length];
  return (
    <span
      className={`avatar${bot ? " avatar-bot" : ""}`}
      style={bot ? undefined : { backgroundColor: `hsl(${hue} 38% 36%)` }}
      aria-hidden="true"
    >
      {bot ? name.slice(0, 1) : initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? words[words.length - 1] : "";
  return `${words[0]?.[0] ?? "?"}${last?.[0] ?? ""}`.toUpperCase();
}
