/** The drawer below the windows: what goes over the wire, and trouble to order on it. */
import { type KeyboardEvent, useEffect, useRef } from "react";
import { CloseIcon } from "../Icons";
import type { World } from "../chat/wire";
import { BadDay } from "./BadDay";
import { Wire } from "./Wire";

type Props = { world: World; refresh: () => void; close: () => void };

export function Drawer({ world, refresh, close }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef(document.activeElement as HTMLElement | null);
  useEffect(() => heading.current?.focus(), []);
  const leave = () => {
    close();
    opener.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  };
  return (
    <section className="drawer" id="drawer" aria-label="The wire" onKeyDown={onKeyDown}>
      <header className="drawer-head">
        <h3 tabIndex={-1} ref={heading}>
          The wire
        </h3>
        <p>Every request between the two platforms and Parley, and trouble to order.</p>
        <button type="button" className="tool" aria-label="Close the drawer" onClick={leave}>
          <CloseIcon />
        </button>
      </header>
      <div className="drawer-body">
        <Wire world={world} refresh={refresh} />
        <BadDay world={world} refresh={refresh} />
      </div>
    </section>
  );
}
