/** Who is reading a window: names, zone and the business time, for everything that is drawn for a reader. */
import { createContext, useContext } from "react";
import type { Person } from "./model";

export type Reader = {
  id: string;
  zone: string;
  now: Date;
  /** The name behind a person's or channel's id, or the id itself when nobody has it. */
  nameOf: (id: string) => string;
  /** Everyone of the reader's own company: whom the platform offers where somebody is picked. */
  colleagues: Person[];
};

const nobody: Reader = { id: "", zone: "UTC", now: new Date(0), nameOf: (id) => id, colleagues: [] };

export const ReaderContext = createContext<Reader>(nobody);

export function useReader(): Reader {
  return useContext(ReaderContext);
}
