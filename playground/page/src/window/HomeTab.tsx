/** The app's own page of one person, as the app has drawn it; what is pressed there opens in front of it. */
import type { Told } from "../chat/answers";
import type { SlackHome } from "../chat/wire";
import { SlackBody } from "../slack/Body";
import { Guarded } from "./Guarded";
import { Notice } from "./Notice";

type Props = {
  view: SlackHome | undefined;
  notice: Told;
  dismiss: () => void;
  press: (view: string, action: object) => Promise<boolean>;
};

export function HomeTab({ view, notice, dismiss, press }: Props) {
  return (
    <div className="home" role="region" aria-label="Parley’s home" tabIndex={0} data-testid="slack-home">
      {notice.words && <Notice told={notice} dismiss={dismiss} />}
      {view ? (
        <Guarded>
          <SlackBody text="" blocks={view.blocks} press={(action) => void press(view.id, action)} />
        </Guarded>
      ) : (
        <p className="empty">Parley has not drawn this yet.</p>
      )}
    </div>
  );
}
