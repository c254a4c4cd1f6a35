/** Initials on a quiet colour that stays the same for one person; Parley has its mark. */
import { Mark } from "../Icons";
import type { Author } from "../chat/wire";

const HUES = [12, 38, 96, 160, 200, 232, 280, 330];

type Props = { author: Author; size?: "small" | "tiny" };

export function Avatar({ author: { id, name, bot }, size }: Props) {
  const kind = `avatar${size ? ` avatar-${size}` : ""}`;
  if (bot) {
    return (
      <span className={`${kind} avatar-bot`} aria-hidden="true">
        <Mark plain size={size === "tiny" ? 14 : size === "small" ? 18 : 25} />
      </span>
    );
  }
  return (
    <span className={kind} style={{ backgroundColor: `hsl(${hue(id)} 34% 36%)` }} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function hue(id: string): number {
  return HUES[[...id].reduce((mix, letter) => (mix * 31 + letter.charCodeAt(0)) % 9973, 7) % HUES.length] ?? 0;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? words[words.length - 1] : "";
  return `${words[0]?.[0] ?? "?"}${last?.[0] ?? ""}`.toUpperCase();
}
