"""A naive second opinion on what needs attention, from a file's own values, by the counting rules alone.

It shares no code with Parley: its own calendar, its own limits, its own words.
"""

from datetime import UTC, date, datetime, time, timedelta

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
KEY = {"executive_sponsor", "joc_co_chair", "alliance_manager", "study_lead", "project_lead"}
KEY |= {"clinops_lead", "functional_lead"}
CLAIMED = {"resolved", "verified", "effectiveness_check"}
CODES = {"ack_breached", "ack_late", "plan_overdue", "plan_late", "resolve_overdue", "escalate_due"}
CODES |= {"legal_clock", "no_counterpart", "no_backup", "decision_needs_ratification"}
CODES |= {"commitment_overdue", "commitment_slipping", "commitment_disputed"}


def expected(world, at):
    """Every finding of a world as (code, entity, sentence, who may see it, the partnership or company)."""
    found = [one for issue in world["issues"] for one in _issue(world, issue, at)]
    for row in world["counterparts"]:
        if row["sponsor"] is None or row["cro"] is None:
            home = row["partnership"]
            words = "no counterpart named on one side"
            found.append(("no_counterpart", f"{home}/{row['level']}", words, ["sponsor", home], home))
    return [*found, *_backups(world), *_promises(world, at), *_unratified(world)]


def shown(world, found, person):
    """Those of them that this person may see, without the last column."""
    company = next(one["org"] for one in world["people"] if one["id"] == person)
    return sorted(one[:4] for one in found if _sees(world, one, person, company))


def _sees(world, one, person, company):
    home = next((two for two in world["partnerships"] if two["id"] == one[4]), None)
    if home is None:
        return one[4] == company
    if person in one[3]:
        return True
    return ("sponsor" in one[3] and company == home["sponsor"]) or (
        home["id"] in one[3] and company == home["cro"]
    )


def _backups(world):
    for company in world["organisations"]:
        bare = [
            one["id"]
            for one in world["people"]
            if one["org"] == company["id"] and one["role"] in KEY and one["backup"] is None
        ]
        homes = sorted(one["id"] for one in world["partnerships"] if one["cro"] == company["id"])
        if bare:
            words = f"key roles with no named back-up: {', '.join(sorted(bare))}"
            who = ["sponsor"] if company["side"] == "sponsor" else homes
            yield "no_backup", company["id"], words, who, company["id"]


def _promises(world, at):
    for one in world.get("commitments") or ():
        who, home = _who(one, one["partnership"]), one["partnership"]
        if one["status"] == "accepted" and date.fromisoformat(one["due"]) < at.date():
            yield "commitment_overdue", one["id"], f"due {one['due']}, owner {one['owner']}", who, home
        if one["times_moved"] >= 2 and one["status"] in ("proposed", "accepted", "disputed"):
            words = f"moved {one['times_moved']} times from {one['first_due']}"
            yield "commitment_slipping", one["id"], words, who, home
        if one["status"] == "disputed":
            yield "commitment_disputed", one["id"], "the two sides state different outcomes", who, home


def _unratified(world):
    boards = {one["id"]: one for one in world.get("committees") or ()}
    meetings = {one["id"]: one for one in world.get("meetings") or ()}
    for one in world.get("decisions") or ():
        meeting = meetings.get(one["meeting"])
        if meeting and meeting["status"] == "held" and one["status"] != "withdrawn":
            board = boards[meeting["committee"]]
            if not _constituted(world, board, meeting["attended"]):
                home = board["partnership"]
                words = f"recorded as {one['status']} but {meeting['id']} was not properly constituted"
                yield "decision_needs_ratification", one["id"], words, _who(one, home), home


def _constituted(world, board, came):
    home = next(one for one in world["partnerships"] if one["id"] == board["partnership"])
    company = {one["id"]: one["org"] for one in world["people"]}
    for side in ("sponsor", "cro"):
        ours = [one for one in came if company[one] == home[side]]
        chairs = [board["chairs"][side], *board.get("delegates", [])]
        if len(ours) < board["quorum"]["per_side"]:
            return False
        if board["quorum"].get("needs_chair_each_side") and not any(one in chairs for one in ours):
            return False
    return True


def _who(record, home):
    return {
        "shared": ["sponsor", home],
        "sponsor_internal": ["sponsor"],
        "cro_internal": [home],
        "restricted": sorted(record.get("visible_to_people") or []),
    }[record["visibility"]]


def _issue(world, issue, at):
    for code, words in _said(world, issue, at):
        yield code, issue["id"], words, _who(issue, issue["partnership"]), issue["partnership"]


def _said(world, issue, at):
    days, policy = world["meta"]["calendar"], world["escalation_policy"]["severities"]
    raised, status = _time(issue["raised_at"]), issue["status"]
    history = issue.get("severity_history") or []
    first = history[0]["severity"] if history else issue["severity"]
    yield from _ack(issue, at, _end(days, raised, policy[first].get("ack")))
    if status in ("closed", "rejected", "duplicate", "withdrawn"):
        return
    if status not in CLAIMED and status != "on_hold":
        changed = _time(history[-1]["at"]) if len(history) > 1 else raised
        yield from _planned(days, policy[issue["severity"]], issue, at, changed)
    if issue.get("legal_clock"):
        clock = issue["legal_clock"]
        left = (date.fromisoformat(clock["due"]) - at.date()).days
        words = f"{clock['rule']}: {left} calendar days left (due {clock['due']}); assessment pending"
        yield "legal_clock", words


def _ack(issue, at, limit):
    if limit is None:
        return
    if issue["acknowledged_at"]:
        seen = _time(issue["acknowledged_at"])
        if seen > limit[0]:
            yield "ack_late", f"acknowledged {_stamp(seen)}, limit {_stamp(limit[0])}"
    elif at > limit[0] and issue["status"] not in ("on_hold", "rejected", "duplicate", "withdrawn"):
        yield "ack_breached", f"not acknowledged; limit was {_stamp(limit[0])}"


def _planned(days, rule, issue, at, changed):
    plan = issue["plan"]
    if plan and plan["agreed"]:
        due = date.fromisoformat(plan["due"])
        if at.date() > due:
            late = sum(_works(days, due + timedelta(n)) for n in range(1, (at.date() - due).days + 1))
            yield "plan_late", f"plan due {due} is {late} business days late"
            if late > 5:
                words = f"should move from {issue['level']} up one level"
                yield "escalate_due", f"{words} (plan more than 5 business days late)"
        return
    for name, code, words in (
        ("plan", "plan_overdue", "no agreed plan"),
        ("resolve", "resolve_overdue", "unresolved"),
    ):
        limit = _end(days, changed, rule.get(name))
        if limit and at > limit[0]:
            yield code, f"{words}; limit was {limit[1]}"
    entered = max(changed, _time(issue["level_entered_at"]))
    limit = _end(days, entered, (rule.get("time_at_level") or {}).get(issue["level"]))
    if limit and at > limit[0]:
        yield "escalate_due", f"time at {issue['level']} ran out {_stamp(limit[0])} with no agreed plan"


def _end(days, start, length):
    """When a limit ends, and how that is written."""
    if length is None:
        return None
    if "elapsed_hours" in length:
        end = start + timedelta(hours=length["elapsed_hours"])
        return end, _stamp(end)
    day, left = start.date(), length["business_days"]
    while left:
        day += timedelta(days=1)
        left -= _works(days, day)
    return datetime.combine(day, time.fromisoformat(days["day_ends_at"][:5]), UTC), str(day)


def _works(days, day):
    return WEEK[day.weekday()] in days["work_week"] and str(day) not in days["holidays"]


def _time(words):
    return datetime.fromisoformat(words).astimezone(UTC)


def _stamp(at):
    return f"{at:%Y-%m-%d %H:%M}Z"
