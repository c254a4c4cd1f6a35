/** The whole page: the top bar, the tour, a Slack window beside a Teams window, and the drawer below. */
import { useMemo, useState } from "react";
import { useLive } from "./chat/live";
import type { Platform } from "./chat/model";
import { useSeat } from "./chat/seats";
import type { World } from "./chat/wire";
import { Drawer } from "./drawer/Drawer";
import { slack } from "./slack/platform";
import { teams } from "./teams/platform";
import { ClockBar } from "./top/ClockBar";
import { Top } from "./top/Top";
import { Tour } from "./tour/Tour";
import { useTour } from "./tour/useTour";
import { Window } from "./window/Window";

const NOTHING: World = {
  now: null,
  shortcuts: [],
  slack: { workspaces: [], views: [], homes: [] },
  teams: { tenants: [], dialogs: [] },
  trouble: { faults: [], orders: [], held: 0, uninstalled: [], stranger: null },
};

export function Page() {
  const { world: told, lost, refresh } = useLive();
  const world = told ?? NOTHING;
  const platforms = useMemo((): [Platform, Platform] => [slack(world), teams(world)], [world]);
  const seats = [useSeat(platforms[0]), useSeat(platforms[1])];
  const tour = useTour(seats, refresh);
  const [drawer, setDrawer] = useState(false);
  const zones = seats.flatMap(({ me }) => (me ? [me.zone] : []));
  const { faults, orders, held } = world.trouble;
  const lit = (part: string) => tour?.step.lights.includes(part) ?? false;
  return (
    <div className={`page${drawer ? " with-drawer" : ""}`}>
      <Top
        lost={lost}
        loading={told === null}
        clock={<ClockBar now={world.now} zones={zones} refresh={refresh} lit={lit("clock")} />}
        tour={tour && { shown: tour.shown, toggle: tour.shown ? tour.leave : tour.restart }}
        drawer={{ shown: drawer, toggle: () => setDrawer(!drawer), troubles: faults.length + orders.length + held }}
      />
      {tour?.shown && <Tour tour={tour} />}
      <main className="windows">
        {told &&
          seats.map((seat) => (
            <Window
              key={seat.platform.key}
              seat={seat}
              now={world.now}
              refresh={refresh}
              lit={lit(seat.platform.key)}
            />
          ))}
      </main>
      {drawer && <Drawer world={world} refresh={refresh} close={() => setDrawer(false)} />}
    </div>
  );
}
