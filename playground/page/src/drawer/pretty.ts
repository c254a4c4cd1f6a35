/** A body from the wire, written so that it can be read: JSON indented, forms taken apart, JSON inside them too. */

export function pretty(body: string): string {
  if (!body) return "";
  const parsed = json(body) ?? form(body);
  return parsed === undefined ? body : JSON.stringify(parsed, null, 2);
}

function json(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function form(text: string): unknown {
  if (!/^[\w.%+-]+=[^\s]*$/.test(text)) return undefined;
  return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, json(value) ?? value]));
}
