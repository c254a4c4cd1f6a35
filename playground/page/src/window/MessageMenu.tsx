/** What one can do with a message: answer it, or one of the shortcuts behind the three dots. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { MoreIcon, ReplyIcon } from "../Icons";
import type { Shortcut } from "../chat/wire";
import { rove } from "./roving";

type Props = {
  author: string;
  shortcuts: Shortcut[];
  replyWords: string;
  reply: () => void;
  run: (command: string) => void;
  /** Whether the message has the focus, and so its buttons are stops of the Tab key. */
  reachable: boolean;
};

export function MessageMenu({ author, shortcuts, replyWords, reply, run, reachable }: Props) {
  const [open, setOpen] = useState(false);
  const dots = useRef<HTMLButtonElement>(null);
  const tabIndex = reachable || open ? 0 : -1;
  const close = () => {
    setOpen(false);
    dots.current?.focus();
  };
  return (
    <div className={`tools${open ? " tools-open" : ""}`} role="group" aria-label={`Message of ${author}`}>
      <button type="button" tabIndex={tabIndex} className="tool" aria-label={replyWords} title={replyWords} onClick={reply}>
        <ReplyIcon />
      </button>
      <button
        type="button"
        ref={dots}
        tabIndex={tabIndex}
        className="tool"
        aria-label="More actions"
        title="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <MoreIcon />
      </button>
      {open && <Menu shortcuts={shortcuts} close={close} run={(command) => (close(), run(command))} />}
    </div>
  );
}

type MenuProps = { shortcuts: Shortcut[]; close: () => void; run: (command: string) => void };

function Menu({ shortcuts, close, run }: MenuProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("button")?.focus();
    box.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const leave = useRef(close);
  leave.current = close;
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!box.current?.parentElement?.contains(event.target as Node)) leave.current();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
    } else rove(event, box.current, "[role=menuitem]");
    event.stopPropagation();
  };
  return (
    <div className="menu" role="menu" aria-label="Message actions" ref={box} onKeyDown={onKeyDown}>
      {shortcuts.map(({ command, label }) => (
        <button key={command} type="button" role="menuitem" tabIndex={-1} onClick={() => run(command)}>
          {label}
          <span className="menu-app" aria-hidden="true">
            Parley
          </span>
        </button>
      ))}
    </div>
  );
}
