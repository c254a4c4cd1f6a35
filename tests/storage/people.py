"""Two partnerships of one sponsor, a company that has none, and everybody in them."""

from datetime import UTC, date, datetime, time

from bot.governance.calendar import Limit, WorkCalendar
from bot.governance.escalation import Policy, Severity, SeverityRule
from bot.governance.issue import Issue, State
from bot.governance.partnership import Level
from bot.governance.visibility import Scope, Side, Visibility
from bot.intents import Handle, Place
from storage import agreed, mapper, occupants, tables

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULE = SeverityRule(
    start_level=Level.L1,
    notify=("L2",),
    ack=Limit(business_days=1),
    time_at_level=((Level.L1, Limit(elapsed_hours=24)), (Level.L4, None)),
)
POLICY = Policy("ESC-1", dict.fromkeys(Severity, RULE))
CALENDAR = WorkCalendar("CAL", frozenset({"mon", "fri"}), frozenset({date(2026, 5, 1)}), time(17))
SHARED = Scope("P-NOR", Visibility.SHARED)
SPONSORS = Scope("P-NOR", Visibility.SPONSOR_INTERNAL)
CROS = Scope("P-NOR", Visibility.CRO_INTERNAL)
RESTRICTED = Scope("P-NOR", Visibility.RESTRICTED)
THREE = Scope("P-NOR", Visibility.TRI_PARTY)
OTHERS = Scope("P-QUI", Visibility.SHARED)
EVERY_SCOPE = (SHARED, SPONSORS, CROS, RESTRICTED, OTHERS)

TOMASZ = Handle("teams", "t-hal", "aad-tomasz")
PRIYA = Handle("teams", "t-hal", "aad-priya")
ANNIKA = Handle("slack", "T0NOR", "U09")
DAVID = Handle("slack", "T0NOR", "U08")
WEILING = Handle("teams", "t-qui", "aad-weiling")
STRANGER = Handle("slack", "T0ELSE", "U99")
EVERYBODY = (TOMASZ, PRIYA, ANNIKA, DAVID, WEILING, STRANGER)
NOR_CHANNEL = Place("slack", "T0NOR", "C0HAL")
HAL_CHANNEL = Place("teams", "t-hal", "19:nor@thread.tacv2", service="https://smba.example/")


def issue(id_="i1", scope=SHARED, **changes):
    said = {
        "id": id_,
        "number": f"{scope.partnership}-{scope.visibility}-{id_}",
        "partnership": scope.partnership,
        "visibility": scope.visibility,
        "title": "TMF backlog",
        "severity": Severity.MAJOR,
        "state": State.NEW,
        "level": Level.L1,
        "level_entered_at": NOW,
        "raised_by": "PER-ANNIKA",
        "raised_side": Side.CRO,
        "raised_at": NOW,
        "owner": "PER-ANNIKA",
        "owner_side": Side.CRO,
        "rules": dict.fromkeys(Severity, RULE),
    }
    return Issue(**(said | changes))


def rows():
    yield from companies()
    yield agreed.CalendarRow(**mapper.columns(CALENDAR))
    yield agreed.PolicyRow(**mapper.columns(POLICY))
    for code, cro in (("NOR", "ORG-NOR"), ("QUI", "ORG-QUI")):
        terms = {"sponsor": "ORG-HAL", "cro": cro, "calendar": "CAL", "policy": "ESC-1"}
        yield tables.PartnershipRow(id=f"P-{code}", code=code, **terms)
    yield from people()
    yield from rooms()
    yield agreed.CounterpartRow(partnership="P-NOR", level="L1", sponsor="PER-TOMASZ", cro="PER-ANNIKA")
    yield agreed.CounterpartRow(partnership="P-QUI", level="L3", sponsor="", cro="PER-WEILING")
    for study, partnerships in (("HAL-301", ("P-NOR", "P-QUI")), ("HAL-202", ("P-NOR",))):
        yield agreed.StudyRow(id=study, organisation="ORG-HAL")
        home = {"study": study, "organisation": "ORG-HAL"}
        yield from (agreed.ServiceRow(partnership=one, **home) for one in partnerships)


def companies():
    for id_, side, name, zone, platform, tenant in (
        ("ORG-HAL", "sponsor", "Halcyra", "Europe/Zurich", "teams", "t-hal"),
        ("ORG-NOR", "cro", "Northmere", "Europe/London", "slack", "T0NOR"),
        ("ORG-QUI", "cro", "Quillon", "Europe/Madrid", "teams", "t-qui"),
        ("ORG-ELSE", "cro", "Elsewhere", "UTC", "slack", "T0ELSE"),
    ):
        yield tables.OrganisationRow(
            id=id_, side=side, name=name, zone=zone, platform=platform, tenant=tenant
        )


def people():
    for handle, id_, organisation, roles, zone in (
        (TOMASZ, "PER-TOMASZ", "ORG-HAL", ("study_lead",), ""),
        (PRIYA, "PER-PRIYA", "ORG-HAL", ("alliance_manager", "administrator"), ""),
        (ANNIKA, "PER-ANNIKA", "ORG-NOR", ("project_lead",), "America/Sao_Paulo"),
        (DAVID, "PER-DAVID", "ORG-NOR", ("alliance_manager", "administrator"), ""),
        (WEILING, "PER-WEILING", "ORG-QUI", ("functional_lead",), ""),
        (STRANGER, "PER-STRANGER", "ORG-ELSE", ("project_lead",), ""),
    ):
        name = id_.removeprefix("PER-").title()
        yield tables.PersonRow(id=id_, organisation=organisation, name=name, zone=zone, handle=name.lower())
        who = {"platform": handle.platform, "tenant": handle.tenant, "user": handle.user}
        yield tables.IdentityRow(person=id_, organisation=organisation, **who)
        yield from (tables.RoleRow(person=id_, role=role, organisation=organisation) for role in roles)


def rooms():
    for id_, organisation, scope, place in (
        ("ROOM-NOR", "ORG-NOR", SHARED, NOR_CHANNEL),
        ("ROOM-HAL", "ORG-HAL", SHARED, HAL_CHANNEL),
        ("ROOM-NOR-OWN", "ORG-NOR", CROS, Place("slack", "T0NOR", "C0OWN")),
        ("ROOM-QUI", "ORG-QUI", OTHERS, Place("teams", "t-qui", "19:hal@thread.tacv2")),
        ("ROOM-WRONG", "ORG-NOR", SPONSORS, Place("slack", "T0NOR", "C0WRONG")),
        ("ROOM-SECRET", "ORG-NOR", RESTRICTED, Place("slack", "T0NOR", "C0SECRET")),
    ):
        where = {"platform": place.platform, "tenant": place.tenant, "conversation": place.conversation}
        yield tables.RoomRow(id=id_, organisation=organisation, name=id_, **mapper.columns(scope), **where)
        there = {"organisation": organisation, "partnership": scope.partnership, "tenant": place.tenant}
        yield occupants.RosterRow(room=id_, name=id_, state="open", **there)
    who = {"room": "ROOM-NOR", "platform": "slack", "tenant": "T0NOR", "user": "U09"}
    yield occupants.OccupantRow(**who, kind="member", standing="known")
