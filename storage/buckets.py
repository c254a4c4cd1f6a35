"""What is left of each conversation's rate limit, shared by every process."""

import math
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, case, func, select, update

from storage.bound import Bound
from storage.queues import bucket

BUCKET = select(bucket).where(bucket.c.name == bindparam("name")).with_for_update()
TAKE = update(bucket).where(bucket.c.name == bindparam("of_name"))


def take_token(bound: Bound, name: str, rate: tuple[float, int], wall: datetime) -> float:
    """0.0 and one token less, or the seconds until there is one. `rate`: tokens a second, the most kept."""
    speed, burst = rate
    row = bound.run(BUCKET, name=name).first()
    if row is None:
        # Somebody else may begin it at this moment: theirs will do as well.
        bound.put_new(bucket, {"name": name, "tokens": float(burst), "at": wall})
        row = bound.run(BUCKET, name=name).one()
    if row.held_until and row.held_until > wall:
        return ceil((row.held_until - wall).total_seconds())
    # Clocks of two machines differ a little: time never runs backwards here.
    elapsed = max(0.0, (wall - row.at).total_seconds())
    tokens = min(float(burst), row.tokens + elapsed * speed)
    if tokens < 1.0:
        return ceil((1.0 - tokens) / speed)
    left = {"tokens": tokens - 1.0, "at": max(wall, row.at), "held_until": None}
    bound.run(TAKE, of_name=name, **left)
    return 0.0


def ceil(seconds: float) -> float:
    """Up to the next millisecond, so that whoever waits that long has waited long enough."""
    return math.ceil(seconds * 1000) / 1000


def hold(bound: Bound, name: str, until: datetime) -> None:
    """Close a bucket until then, or longer where it was already closed for longer."""
    # A held bucket has no token to start with, so what waited does not leave in one burst.
    fresh = bound.insert(bucket).values(name=name, tokens=1.0, at=until, held_until=until)
    longer = latest(func.coalesce(bucket.c.held_until, until), fresh.excluded.held_until)
    bound.run(fresh.on_conflict_do_update(index_elements=["name"], set_={"held_until": longer}))


def latest(*times: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """The greatest of a row's times, in words both databases know."""
    first, *rest = times
    for time in rest:
        first = case((first > time, first), else_=time)
    return first
