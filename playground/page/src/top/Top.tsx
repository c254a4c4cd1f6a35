/** The bar above both windows: what this is, the clock, and the switches of the page itself. */
import type { ReactNode } from "react";
import { Mark, ThemeIcon, TourIcon, WireIcon } from "../Icons";
import { useTheme } from "./theme";

type Props = {
  lost: boolean;
  loading: boolean;
  clock: ReactNode;
  tour: { shown: boolean; toggle: () => void } | null;
  drawer: { shown: boolean; toggle: () => void; troubles: number };
};

export function Top({ lost, loading, clock, tour, drawer }: Props) {
  return (
    <header className="top">
      <div className="headline">
        <Mark size={34} />
        <div>
          <h1>
            Parley <span>playground</span>
          </h1>
          <Hint lost={lost} loading={loading} />
        </div>
      </div>
      {clock}
      <div className="switches">
        {tour && (
          <button type="button" className="switch" id="tour-switch" aria-pressed={tour.shown} onClick={tour.toggle}>
            <TourIcon />
            Tour
          </button>
        )}
        <button
          type="button"
          className="switch"
          data-testid="drawer-switch"
          aria-expanded={drawer.shown}
          aria-controls="drawer"
          onClick={drawer.toggle}
        >
          <WireIcon />
          Wire
          {drawer.troubles > 0 && (
            <span className="badge">
              {drawer.troubles}
              <span className="spoken"> troubles ordered</span>
            </span>
          )}
        </button>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function ThemeSwitch() {
  const { dark, toggle } = useTheme();
  return (
    <button
      type="button"
      className="switch switch-icon"
      role="switch"
      aria-checked={dark}
      aria-label="Dark colours"
      title={dark ? "To light colours" : "To dark colours"}
      onClick={toggle}
    >
      <ThemeIcon />
    </button>
  );
}

function Hint({ lost, loading }: { lost: boolean; loading: boolean }) {
  if (lost) {
    return (
      <p className="hint hint-lost" role="status">
        The playground server is not answering. This page catches up when it is back.
      </p>
    );
  }
  return <p className="hint">{loading ? "Loading..." : "Two companies, two chats, one record"}</p>;
}
