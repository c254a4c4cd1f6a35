/** The small Markdown that Teams understands in texts and cards; HTML in it is shown as text, never run. */
import MarkdownIt from "markdown-it";
import type { ReactNode } from "react";

const markdown = new MarkdownIt("zero", { html: false, breaks: true }).enable([
  "emphasis",
  "strikethrough",
  "link",
  "list",
  "escape",
  "entity",
  "newline",
]);
markdown.renderer.rules.link_open = (tokens, index, options, _, self) => {
  tokens[index]?.attrSet("target", "_blank");
  tokens[index]?.attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, index, options);
};

const MENTION = /<at(?: [^>]*)?>([^<]*)<\/at>/g;
const ESCAPED_MENTION = /&lt;at(?: [^&]*?)?&gt;([^<]*?)&lt;\/at&gt;/g;

/** Safe HTML: everything but the marks above has been escaped. */
export function rendered(text: string): string {
  return markdown.render(text).replace(ESCAPED_MENTION, '<span class="mention">$1</span>');
}

/** What a person typed, with mentions marked. */
export function mentioned(text: string): ReactNode {
  return text.split(MENTION).map((part, index) =>
    index % 2 ? (
      <span key={index} className="mention">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
