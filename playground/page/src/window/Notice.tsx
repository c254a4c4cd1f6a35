/** Kind words above the composer when something went wrong, or when the platform said something. */
import type { Told } from "../chat/answers";

export const QUIET: Told = { good: true, words: "" };

export function Notice({ told, dismiss }: { told: Told; dismiss: () => void }) {
  return (
    <div className={told.good ? "notice" : "notice notice-bad"} role={told.good ? "status" : "alert"}>
      <p>{told.words}</p>
      <button type="button" className="quiet" onClick={dismiss}>
        Dismiss
      </button>
    </div>
  );
}
