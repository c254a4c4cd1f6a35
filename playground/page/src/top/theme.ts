/** Dark or light: as the machine says, until somebody chooses; the choice is remembered. */
import { useEffect, useState } from "react";

const KEY = "parley-theme";
const DARK = "(prefers-color-scheme: dark)";

export function useTheme(): { dark: boolean; toggle: () => void } {
  const [chosen, choose] = useState(() => localStorage.getItem(KEY));
  const system = useSystemDark();
  const dark = chosen ? chosen === "dark" : system;
  useEffect(() => {
    document.documentElement.style.colorScheme = chosen ?? "";
  }, [chosen]);
  const toggle = () => {
    const next = dark ? "light" : "dark";
    localStorage.setItem(KEY, next);
    choose(next);
  };
  return { dark, toggle };
}

function useSystemDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const changed = () => setDark(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return dark;
}
