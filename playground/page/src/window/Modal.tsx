/** A form in front of one window only: it takes the focus, keeps the Tab key inside, and gives the focus back. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { CloseIcon } from "../Icons";

const STOPS = "button:enabled, input:enabled, select:enabled, textarea:enabled, a[href]";
const FIELDS = ".form-body :is(input, select, textarea):enabled";

type Props = { title: string; app: string; close: () => void; errors?: number; children: ReactNode };

/** `errors` counts what is wrong in it: when that changes, the focus goes to the first such field. */
export function Modal({ title, app, close, errors = 0, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useReturnOfFocus();
  useEffect(() => {
    const wrong = errors ? box.current?.querySelector<HTMLElement>("[aria-invalid=true]") : null;
    const first = wrong ?? box.current?.querySelector<HTMLElement>(FIELDS);
    (first ?? box.current?.querySelector<HTMLElement>(STOPS))?.focus();
  }, [errors]);
  return (
    <div className="veil">
      <div className="modal" role="dialog" aria-modal="true" aria-labelledby={id} ref={box} onKeyDown={trapped(box, close)}>
        <header className="modal-head">
          <h2 id={id}>{title}</h2>
          <span className="members">{app}</span>
          <button type="button" className="tool" aria-label="Close the form" onClick={close}>
            <CloseIcon />
          </button>
        </header>
        {children}
      </div>
    </div>
  );
}

function trapped(box: { current: HTMLElement | null }, close: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      return;
    }
    if (event.key !== "Tab" || !box.current) return;
    const stops = [...box.current.querySelectorAll<HTMLElement>(STOPS)].filter((one) => one.tabIndex >= 0);
    const end = event.shiftKey ? stops[0] : stops[stops.length - 1];
    const other = event.shiftKey ? stops[stops.length - 1] : stops[0];
    if (document.activeElement === end) {
      event.preventDefault();
      other?.focus();
    }
  };
}

/** Back to where it was before; and where that is gone, to the window's composer. */
function useReturnOfFocus(): void {
  const before = useRef(document.activeElement as HTMLElement | null);
  useEffect(() => {
    const opener = before.current;
    const window = opener?.closest(".window");
    return () => {
      // The rest of the window is still inert at this moment.
      requestAnimationFrame(() => {
        if (opener?.isConnected && opener !== document.body) opener.focus();
        else window?.querySelector<HTMLElement>(".composer textarea")?.focus();
      });
    };
  }, []);
}
