/** The tour's strip between the top bar and the windows: one step, what to do, and an offer to do it. */
import { CloseIcon } from "../Icons";
import type { TourState } from "./useTour";

export function Tour({ tour }: { tour: TourState }) {
  const { at, count, step } = tour;
  return (
    <section className="tour" aria-label="Guided tour" data-testid="tour">
      <Dots at={at} count={count} />
      <div className="tour-words" role="status">
        <p className="tour-title">
          <span className="spoken">
            Step {at + 1} of {count}:{" "}
          </span>
          {step.title}
          {step.done && at > 0 && at < count - 1 && <span className="tour-done">Done</span>}
        </p>
        <p>{step.words}</p>
      </div>
      <Buttons tour={tour} />
      <button type="button" className="tool" aria-label="Leave the tour" title="Leave the tour (Escape)" onClick={tour.leave}>
        <CloseIcon />
      </button>
    </section>
  );
}

function Dots({ at, count }: { at: number; count: number }) {
  return (
    <span className="tour-dots" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <i key={index} className={index < at ? "past" : index === at ? "here" : ""} />
      ))}
    </span>
  );
}

/** One main button, so that whoever goes through by keyboard stays on it. */
function Buttons({ tour: { at, count, step, busy, perform, next } }: { tour: TourState }) {
  const last = at === count - 1;
  const waits = !step.done;
  const words = waits ? "Do it for me" : at === 0 ? "Start the tour" : last ? "Finish" : "Next";
  return (
    <div className="tour-buttons">
      {waits && step.otherwise && (
        <button type="button" className="plain-button" aria-disabled={busy} onClick={() => !busy && void perform(true)}>
          {step.otherwise}
        </button>
      )}
      {(!waits || step.offer) && (
        <button
          type="button"
          className="brand-button"
          aria-disabled={busy}
          onClick={() => !busy && (waits ? void perform() : next())}
        >
          {busy ? "One moment" : words}
        </button>
      )}
      {waits && !step.offer && <span className="members">Waiting for it</span>}
    </div>
  );
}
