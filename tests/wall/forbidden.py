"""What of the example one company may not learn: every name, number and sentence that is another's."""

from functools import cache

from tests.governance.example import EXAMPLE
from tests.wall.cast import PEOPLE, One


@cache
def words_hidden_from(reader: One) -> frozenset[str]:
    """Words that no answer to this reader may hold, those they typed themselves aside."""
    found = _of_companies(reader) | _of_issues(reader) | _joint(reader)
    return frozenset(word for word in found if word)


def _of_companies(reader: One) -> set[str]:
    """The people, rooms, lines, partnerships and studies of companies they have nothing to do with."""
    mine = {one["id"] for one in EXAMPLE["partnerships"] if reader.company in (one["sponsor"], one["cro"])}
    mine = set() if reader.is_stranger else mine
    theirs = [one for one in EXAMPLE["partnerships"] if one["id"] not in mine]
    known = {one[side] for one in EXAMPLE["partnerships"] if one["id"] in mine for side in ("sponsor", "cro")}
    others = {one[side] for one in theirs for side in ("sponsor", "cro")} - known - {reader.company}
    names = {one["name"] for one in EXAMPLE["people"] if one["org"] in others}
    names |= {one["name"].split()[0] for one in EXAMPLE["people"] if one["org"] in others}
    strangers = others - _beside(mine)
    names |= {one["name"].split()[0] for one in EXAMPLE["organisations"] if one["id"] in strangers}
    names |= {one["phone"] for one in EXAMPLE["contacts"] if one["partnership"] not in mine}
    names -= {one["phone"] for one in EXAMPLE["contacts"] if one["partnership"] in mine}
    served = {
        one["id"]: {service["partnership"] for service in one["services"]} for one in EXAMPLE["studies"]
    }
    return (
        names | {study for study, homes in served.items() if not homes & mine} | {one["id"] for one in theirs}
    )


def _beside(mine: set[str]) -> set[str]:
    """Companies that serve a study of one's own: their name may be known there, and nothing else."""
    cros = {one["id"]: one["cro"] for one in EXAMPLE["partnerships"]}
    studies = [{service["partnership"] for service in one["services"]} for one in EXAMPLE["studies"]]
    return {cros[home] for homes in studies if homes & mine for home in homes}


def _of_issues(reader: One) -> set[str]:
    """Number, title and notes of every issue, and the notes on every issue, that they may not see."""
    hidden: set[str] = set()
    for issue in EXAMPLE["issues"]:
        notes = issue.get("internal_notes") or {}
        for side, told in notes.items():
            if reader.is_stranger or side != reader.side or issue["partnership"] not in reader.partnerships:
                hidden |= set(told)
        named = {one.name for one in PEOPLE.values() if one.id in (issue.get("visible_to_people") or ())}
        shared = issue["visibility"] == "shared" and issue["partnership"] in reader.partnerships
        if not shared and reader.name not in named:
            hidden |= {issue["id"], issue["title"]}
    return hidden


def _joint(reader: One) -> set[str]:
    """What was promised, decided and met about where they are not, or by one side alone."""
    hidden: set[str] = set()
    homes = {one["id"]: one["partnership"] for one in EXAMPLE["committees"]}
    for one in EXAMPLE["meetings"]:
        if reader.is_stranger or homes[one["committee"]] not in reader.partnerships:
            hidden |= {one["id"], one["committee"]}
    meetings = {one["id"]: homes[one["committee"]] for one in EXAMPLE["meetings"]}
    told = [(one, one["partnership"], one["text"]) for one in EXAMPLE["commitments"]]
    told += [(one, meetings.get(one["meeting"], "P-NOR"), one["question"]) for one in EXAMPLE["decisions"]]
    for one, home, words in told:
        own = one["visibility"] == "shared" or one["visibility"].startswith(reader.side.value)
        if reader.is_stranger or home not in reader.partnerships or not own:
            hidden |= {one["id"], words}
    return hidden
