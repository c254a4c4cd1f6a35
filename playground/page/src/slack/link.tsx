/** A link that leaves the page; anything but web and mail addresses stays text. */
import type { ReactNode } from "react";

export function link(target: string, label: string): ReactNode {
  if (!/^(https?:|mailto:)/i.test(target)) return label || target;
  return (
    <a href={target} target="_blank" rel="noopener noreferrer">
      {label || target.replace(/^mailto:/i, "")}
    </a>
  );
}
