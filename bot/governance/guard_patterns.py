"""The written-down patterns of the guard: each with a name and a reason in one line."""

import re
from dataclasses import dataclass

from bot.governance import guard_words as words
from bot.governance.guard_words import AFTER, DONE, HUMAN, INITIALS, NO_COUNT, NOT_IN_NUMBER, ONE, PAIR, YEAR


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of participant data. Words before it that match `unless` make it harmless.

    `medical`: it speaks of somebody's health, so it may be an adverse event. `cased`: capitals count; every
    other expression is for a text without them.
    """

    name: str
    why: str
    expression: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    medical: bool = False
    cased: bool = False


def _any(*expressions: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions))


PAPER = re.compile(
    rf"(?:\+[\d ()-]{{1,20}}|\(\d{{3}}\) ?|\b{words.NUMBERED}\b[\s.:#(]{{0,3}}"
    r"(?:(?:no|nr|number|on|at)\b[\s.:#]{0,2})?)$"
)
NOBODY = re.compile(
    r"\b(?:first|last|next|each|every|per|no|any|average|typical|median|target|potential"
    r"|(?:if|when|whenever|once|before|after|unless|until|whether|that|how|where) an?"
    r"|erste[rn]?|letzte[rn]?|kein|jeder|premier|dernier|primer|ultimo|cada) ?$"
)

SUBJECT = Pattern(
    "subject number",
    "a site and subject number such as 101-0007",
    _any(
        rf"{NOT_IN_NUMBER}(?!{YEAR}-)\d{{3,4}}(?:-0\d{{2,4}}| ?- ?0\d{{3}}){AFTER}",
        rf"{NOT_IN_NUMBER}[a-z]{{2,5}}-?(?!{YEAR}-)\d{{2,4}}-\d{{2,4}}-\d{{3,5}}(?![\w-])",
    ),
    PAPER,
)
BESIDE = Pattern(
    "number beside a participant",
    "a number next to subject, patient, participant, randomised or screened",
    _any(
        rf"{words.PEOPLE}[\s\S]{{0,40}}?{PAIR}",
        rf"{PAIR}[\s\S]{{0,40}}?{words.PEOPLE}",
        rf"\b{ONE}[\s:#,(-]{{1,3}}(?!{YEAR}\b)\d{{3}}[-/]\d{{3,4}}(?![\w-])",
        rf"\b{ONE}\b[\s:#,(]{{1,3}}[a-z]{{0,3}}-?\d{{5,10}}\b{NO_COUNT}",
        rf"\b{DONE}[\s:#,(]{{1,3}}[a-z]{{0,3}}-?\d{{6,10}}\b{NO_COUNT}",
        rf"\b{words.NO_PAPER}\d{{6,10}} (?:was |has been |is |wurde )?{DONE}\b",
        rf"\b(?:{ONE}|screening|randomi[sz]ation|rand|patienten|probanden){words.LABEL}"
        rf"[\s.:#=]{{0,4}}(?:is |was )?[a-z]{{0,4}}-?\d[\w-]{{0,14}}\b{NO_COUNT}",
        rf"\b{ONE} #?(?!{YEAR}\b)\d{{1,4}}(?=\s{{0,3}}(?:$|[.,;:)!?]"
        r"|(?:was|is|has|had|at|who|did|got|died|missed|withdrew|received|reported|came)\b))",
    ),
    re.compile(r"\b(?:per|each|every) $"),
)
BIRTH = Pattern(
    "date of birth",
    "a birth date or a year of birth",
    _any(
        rf"\b{words.BIRTH}{words.IS}{words.DATE}",
        rf"\b{words.BIRTH_YEAR}{words.IS}(?:19\d\d|20[01]\d)\b",
    ),
)
RECORD = Pattern(
    "hospital number",
    "a medical record, hospital, insurance or case number of a person",
    _any(rf"\b{words.RECORD}\b[\s.:#=]{{0,4}}(?:is |was )?[a-z]{{0,3}}-?\d(?:[ -]?[\da-z]){{3,14}}"),
)
INITIAL = Pattern(
    "initials",
    "initials given as such, or with an age or a birth date",
    re.compile(
        r"\b(?i:initials?)[ :=(]{1,3}(?:are |is |were |was )?[A-Z](?:[.-]? ?[A-Z]){1,2}\b"
        rf"|{INITIALS}(?i:aged? ?:? ?)?(?i:{words.AGE})"
        rf"|{INITIALS}(?i:aged) \d"
        rf"|{INITIALS}\d{{1,3}}[ ,/]{{1,3}}(?i:male|female)\b(?! [a-z]+s\b)"
        rf"|{INITIALS}(?i:born |geb\.? )?{words.BORN_LONG_AGO}"
    ),
    cased=True,
)
AGED = Pattern(
    "age of a person",
    "a person described by age: “a 54-year-old woman”",
    _any(
        rf"\b{words.AGE}\W{{1,2}}(?:[a-z]{{1,12}} ){{0,2}}{HUMAN}\b",
        rf"\b(?:{HUMAN}|he|she|who)\b[\s,(]{{1,3}}{words.AGED}{words.AGE}",
        rf"\b{ONE}[\s,(]{{1,3}}(?:is |was )?aged? ?:? ?\d{{1,3}}\b(?! (?:or|to|and|bis|a)\b| ?[-+])",
    ),
    NOBODY,
    medical=True,
)
NARRATIVE = Pattern(
    "patient narrative",
    "what happened to one patient: “the patient is …”, “she was admitted”",
    _any(
        rf"\b{words.PATIENT} {words.DOES}\b",
        rf"\bsubject {words.FELT}\b",
        rf"\bsubject (?:is|was|has|had) (?:[a-z]{{1,14}} ){{0,4}}(?:{words.TREATED}|{words.ILL})\b",
        rf"\b(?:he|she) (?:is|was|has been|had) (?:[a-z]{{1,14}} ){{0,2}}{words.TREATED}\b",
    ),
    NOBODY,
    medical=True,
)
LABORATORY = Pattern(
    "laboratory value",
    "a laboratory or vital-sign value of somebody",
    _any(
        rf"\b{words.LAB}{words.RISEN}{words.VALUE} ?{words.UNIT}",
        rf"\b{words.PRESSURE}[\s:=]{{0,3}}(?:of |was |is )?\d{{2,3}}/\d{{2,3}}\b",
    ),
    medical=True,
)
TREATMENT = Pattern(
    "treatment of one person",
    "which treatment one participant had, or that they were unblinded",
    _any(
        rf"\b{ONE}\b[^\n.]{{0,25}}?\b{words.GOT} (?:{words.KIND} ){{0,2}}{words.ARM}",
        rf"\bunblind(?:ed|ing)(?: (?:of|for|the|one|a|this|that|code|to|treatment)){{0,3}} {ONE}\b",
        rf"\b{ONE} (?:was |is |has been |had been |got )?(?:[a-z]{{1,14}}ly )?unblinded\b",
    ),
)
NAME = Pattern(
    "name of a patient",
    "a patient with a title and a name",
    re.compile(rf"\b(?i:{words.PATIENT}),? (?i:{words.NAMED})\b\.? [A-Z]"),
    cased=True,
)
PATTERNS = (
    *(SUBJECT, BESIDE, BIRTH, RECORD, INITIAL),
    *(AGED, NARRATIVE, LABORATORY, TREATMENT, NAME),
)

SHORT_EVENT = re.compile(rf"\b{words.SHORT_FORMS}\b")  # in capitals: AE is no word otherwise
EVENT = re.compile(rf"\b(?:{words.HARM}|{words.HARM_ELSEWHERE})")
BREACH = re.compile(
    r"\bserious[ -](?:[a-z-]{1,12} ){0,2}breach(?:es)?\b"
    rf"(?! of (?:the )?{words.MERE_CONTRACT})(?! (?:reporting )?{words.PAPERS}s?\b)"
    rf"|\b{words.BREACH_ELSEWHERE}\b"
)
NO_BREACH = re.compile(r"\b(?:no|not an?|non|never an?|without an?|kein) (?:possible )?$")
