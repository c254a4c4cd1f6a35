/** The whole page: title, hint and clock above, a Slack window and a Teams window side by side below. */
import { useMemo } from "react";
import { ClockBar } from "./ClockBar";
import { Window } from "./Window";
import { useLive } from "./live";
import { slack } from "./slack/platform";
import { teams } from "./teams/platform";

export function Page() {
  const { world, lost, refresh } = useLive();
  const platforms = useMemo(() => (world ? [slack(world), teams(world)] : []), [world]);
  const now = world?.now ?? null;
  return (
    <div className="page">
      <header className="top">
        <div className="headline">
          <h1>Parley playground</h1>
          <Hint lost={lost} loading={world === null} />
        </div>
        <ClockBar now={now} refresh={refresh} />
      </header>
      <main className="windows">
        {platforms.map((platform) => (
          <Window key={platform.key} platform={platform} now={now} refresh={refresh} />
        ))}
      </main>
    </div>
  );
}

function Hint({ lost, loading }: { lost: boolean; loading: boolean }) {
  if (lost) {
    return (
      <p className="hint hint-lost" role="status">
        The playground server is not answering. This page catches up by itself when it is back.
      </p>
    );
  }
  if (loading) return <p className="hint">Loading...</p>;
  return (
    <p className="hint">
      Try it: send the example in Slack, then press Acknowledge on its card in Teams. Or acknowledge nothing, push the
      clock by two business days, and watch the issue climb.
    </p>
  );
}
