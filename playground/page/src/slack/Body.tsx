/** Draws what Slack would draw of a message: its blocks, or its text where there are none. */
import { useReader } from "../chat/reader";
import { RichText } from "./RichText";
import { type ActionElement, type Block, type RichPart, type TextObject, isBlock } from "./blocks";
import { mrkdwn } from "./mrkdwn";

type Pressed = (action: object) => void;
type Props = { text: string; blocks: unknown[] | null; press: Pressed };

export function SlackBody({ text, blocks, press }: Props) {
  const known = (blocks ?? []).filter(isBlock);
  if (known.length === 0) return <Text of={{ type: "mrkdwn", text }} className="mrkdwn" />;
  return (
    <div className="blocks">
      {known.map((block, index) => (
        <BlockView key={block.block_id ?? index} block={block} press={press} />
      ))}
    </div>
  );
}

type BlockProps = { block: Block; press: Pressed; head?: "h3" | "h4" };

/** `head` is what a header is among the headings around it. */
export function BlockView({ block, press, head: Head = "h4" }: BlockProps) {
  switch (block.type) {
    case "header":
      return <Head className="block-header">{block.text?.text}</Head>;
    case "section":
      return <Section block={block} press={press} />;
    case "context":
      return (
        <div className="block-context">
          {block.elements?.map((one, index) => <Text key={index} of={one as TextObject} className="mrkdwn" />)}
        </div>
      );
    case "actions":
      return (
        <div className="block-actions">
          {block.elements?.map((one, index) => <Button key={index} of={one as ActionElement} press={press} />)}
        </div>
      );
    case "rich_text":
      return <RichText parts={(block.elements ?? []) as RichPart[]} />;
    case "divider":
      return <hr className="block-divider" />;
    default:
      return <p className="block-unknown">The playground does not draw {block.type} blocks.</p>;
  }
}

function Section({ block: { text, fields, accessory }, press }: { block: Block; press: Pressed }) {
  return (
    <div className="block-section">
      <div className="block-section-body">
        {text && <Text of={text} className="mrkdwn" />}
        {fields && (
          <div className="block-fields">
            {fields.map((field, index) => (
              <Text key={index} of={field} className="mrkdwn" />
            ))}
          </div>
        )}
      </div>
      {accessory && <Button of={accessory} press={press} />}
    </div>
  );
}

function Text({ of, className }: { of: TextObject; className: string }) {
  const reader = useReader();
  return <div className={className}>{of.type === "plain_text" ? of.text : mrkdwn(of.text ?? "", reader)}</div>;
}

function Button({ of, press }: { of: ActionElement; press: Pressed }) {
  if (of.type !== "button") return <span className="block-unknown">({of.type})</span>;
  const { action_id, value, style, confirm, url } = of;
  const sure = () => !confirm || window.confirm([confirm.title?.text, confirm.text?.text].filter(Boolean).join("\n\n"));
  const click = () => {
    if (!sure()) return;
    if (url) window.open(url, "_blank", "noopener");
    press(value === undefined ? { action_id } : { action_id, value });
  };
  return (
    <button type="button" className={`slack-button ${style ?? ""}`} aria-label={of.accessibility_label} onClick={click}>
      {of.text?.text}
    </button>
  );
}
