/** Turns what came back from the playground into words for the person, or into nothing when all went well. */
import type { Answer } from "./wire";

/** What to tell a person after they said or pressed something; no words at all is the usual case. */
export type Told = { good: boolean; words: string };

export const NO_PLAYGROUND: Told = {
  good: false,
  words: "The playground server did not answer. Is ./parley demo still running?",
};

/** A bot that is starting again: what was typed stays in the box, to be sent once more. */
const NO_BOT: Told = { good: false, words: "Parley did not answer. Wait a moment, see whether it was saved, then try again." };

export function told(answer: Answer): Told {
  if (answer.status === 0) return NO_BOT;
  if (answer.status >= 400) return complaint(answer);
  const invoke = record(answer.body);
  if (typeof invoke.statusCode === "number" && invoke.statusCode >= 400) {
    return complaint({ status: invoke.statusCode, body: invoke.value });
  }
  const spoken = invoke.type === "application/vnd.microsoft.activity.message" ? invoke.value : "";
  return { good: true, words: typeof spoken === "string" ? spoken : "" };
}

function complaint({ status, body }: Answer): Told {
  return { good: false, words: `${opening(status)} ${detail(body) || remedy(status)}` };
}

function opening(status: number): string {
  if (status === 401 || status === 403) return `Parley refused this request (${status}).`;
  if (status >= 500) return `Parley could not answer (${status}).`;
  return `Parley did not accept this (${status}).`;
}

function remedy(status: number): string {
  if (status === 429) return "It is asked too much at once; wait a moment and try again.";
  return status >= 500 ? "See whether it was saved before you try again." : "Change it and try again.";
}

/** The sentence inside an error body, if there is one short enough to show. */
function detail(body: unknown): string {
  const inner = record(body);
  const found = [body, inner.message, inner.error, inner.text].find((one) => typeof one === "string");
  return typeof found === "string" && found.length <= 200 ? found : "";
}

function record(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}
