"""Logging an issue that a third company reads as well: which it can be, on which studies, and the preview."""

from collections.abc import Iterable, Mapping

from bot.errors import Refusal
from bot.governance.partnership import Partnership, Third
from bot.governance.visibility import Visibility
from bot.handlers.issue_said import Question, Said, partner_of
from bot.handlers.issue_scene import Scene

Option = tuple[str, str]  # a partnership's id and a class as drafts keep it


class NobodyFurther(Refusal):
    """Both companies read {number} already; name a third one: “issue share {number} with NAME”."""


class NotTheirStudy(Refusal):
    """{name} can read it only where it is about {studies}; choose that study, or share it without {name}."""


class OnAnotherStudy(Refusal):
    """{name} can read it only where it is about {studies}; name that study, or choose again who sees it."""


class NobodyBeside(Refusal):
    """{name} works beside no company of that partnership; choose again who may see it."""


class ThreeOnStudy(Refusal):
    """Three companies read this one because of its study, so that stays one of {studies}."""


def class_words(visibility: Visibility, third: str = "") -> str:
    """A class as drafts keep it; with a third company's id after it where it has one."""
    return f"{visibility}/{third}" if third else str(visibility)


def class_of(words: str) -> tuple[Visibility, str]:
    """The class that such words mean, and the third company's id or ""."""
    name, _, third = words.partition("/")
    return Visibility(name), third


def wanted(said: Said) -> bool:
    """Whether a third company was named or chosen."""
    return wanted_by(said.known)


def wanted_by(known: Mapping[str, str]) -> bool:
    """The same of a draft's fields."""
    if "class" in known:
        return known["class"].startswith(f"{Visibility.TRI_PARTY}/")
    return bool(known.get("with"))


def thirds(said: Said) -> dict[Option, Third]:
    """Everyone who could be the third, by partnership and class: only where both serve one study."""
    return {
        (home.id, class_words(Visibility.TRI_PARTY, one.organisation)): one
        for home in said.archive.partnerships(said.actor)
        if said.known.get("partner", "") in ("", partner_of(said.actor, home))
        for one in said.archive.thirds(said.actor, home.id)
    }


def options(said: Said) -> list[Option]:
    """Those that fit the name and the study that were said."""
    name, study = said.known.get("with", ""), said.known.get("study", "")
    return [
        option
        for option, one in thirds(said).items()
        if name in ("", one.name) and (not study or study.lower() in (one.lower() for one in one.studies))
    ]


def reading(scene: Scene) -> Third | None:
    """Who would read, besides the two companies, what is opened or said of it."""
    wanted = scene.said("with") or scene.record.third
    found = scene.archive.thirds(scene.actor, scene.record.partnership) if wanted else ()
    return next((one for one in found if one.organisation == wanted), scene.here.third if wanted else None)


def fitting(scene: Scene) -> Mapping[str, str]:
    """What both companies share already is opened only further."""
    if scene.record.visibility.both_sides and not scene.said("with"):
        raise NobodyFurther(number=scene.record.number)
    return {}


def fitting_study(scene: Scene) -> Mapping[str, str]:
    """A third company reads it because it serves the same study."""
    third = reading(scene)
    if third and scene.said("study") not in third.studies:
        raise NotTheirStudy(name=third.name, studies=" or ".join(third.studies))
    return {}


def said_class(said: Said) -> str:
    """The class that was said by a third company's name, fit or not; "" where none was."""
    named = (option[1] for option, one in thirds(said).items() if one.name == said.known.get("with"))
    return next(named, "")


def studies_of(said: Said) -> tuple[str, ...]:
    """The studies of all three companies, where a third one was chosen; else none."""
    found = thirds(said).get((said.known.get("partnership", ""), said.known.get("class", "")))
    return found.studies if found else ()


def unfit(said: Said) -> Refusal:
    """Why there is no such option: another study, or nobody of that name there."""
    chosen = said.known.get("class", "")
    named = [
        one
        for option, one in thirds(said).items()
        if said.known.get("with") == one.name or option[1] == chosen
    ]
    studies = tuple(dict.fromkeys(study for one in named for study in one.studies))
    if not studies:
        return NobodyBeside(name=said.known.get("with") or "That company")
    return OnAnotherStudy(name=named[0].name, studies=" or ".join(studies))


def ask(said: Said, found: list[Option], others: Iterable[tuple[str, Option]]) -> Question:
    """The preview: who would read it, who would act on it, and what else it could be."""
    homes = {one.id: one for one in said.archive.partnerships(said.actor)}
    every = thirds(said)
    labelled = [(_label(said, homes[option[0]], every[option], len(found) > 1), option) for option in found]
    home, third = homes[found[0][0]], every[found[0]]
    return Question(
        f"{third.name} would read it and add updates; {home.sponsor_name} and {home.cro_name} act on it.",
        tuple((label, {"partnership": one[0], "class": one[1]}) for label, one in (*labelled, *others)),
        "Or leave the third company out",
        whole=True,
    )


def _label(said: Said, home: Partnership, third: Third, several: bool) -> str:
    about = f" (about {partner_of(said.actor, home)})" if several else ""
    return f"Both companies and {third.name}{about}"


def choices(said: Said) -> tuple[tuple[str, str], ...]:
    """For the form: each third company of these partnerships, once."""
    mine = {one.id for one in said.partnerships}
    found = {option[1]: one.name for option, one in thirds(said).items() if option[0] in mine}
    return tuple((words, f"Both companies and {name}") for words, name in found.items())
