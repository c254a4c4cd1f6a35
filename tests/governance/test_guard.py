"""What the guard catches and what it must let through, as tables; its pace; and the page that says so."""

import re
from pathlib import Path
from time import perf_counter

import pytest
import yaml

from bot.governance.guard import look, plain
from bot.governance.guard_patterns import PATTERNS

CAUGHT = {
    "subject number": """
        101-0007 missed visit 3 | site 104: 104-007 | 101 - 0007 again | HAL-301-104-0007
        HAL301-104-007 | １０１－０００７ | 101–0007 | 101\u22120007 | 1\u200b01-00\u00ad07 | ١٠١-٠٠٠٧
        subject_101-0007
    """,
    "number beside a participant": """
        Patient 1010007 withdrew | participant 101/0007 | randomised 101-1107 twice
        1010007 was randomised | Subject no. 7 missed | Patient ID: S-0012 | Screening number 12004
        patient 7 was withdrawn | 101 0007 was screened | subject\u00a0101\u00a00007
        Proband 1010007 | sujet n° 101/0007 | Patienten-Nr. 104-0031 | the subject at site\v101 0007
        enrolled: S1010007 | we called patient 1010007 | see form: participant 101/0007 | screened 101 0007
    """,
    "date of birth": """
        DOB 12.03.1962 | Date of birth: 12 March 1962 | born on 3/4/1971 | d.o.b. 14MAR62
        born 1962 | geboren am 12.03.1962 | Geburtsdatum: 1962-03-12 | né le 12/03/1962
        date de naissance 12 mars 1962 | nacida el 12 de marzo de 1962 | year of birth 1962
        DOB: Mar 12, 1962
    """,
    "hospital number": """
        MRN 00123456 | hospital number 4412345 | NHS number 943 476 5919 | Patientennummer 4711234
        medical record no: A-123456
    """,
    "initials": """
        JD, 54 years old | J.D. (54 y/o) | JD 54yo | initials JD | Initials: A.B. | JD, 54, male
        J.D. 12.03.1962 | A-B aged 54
    """,
    "age of a person": """
        The patient is a 54-year-old man | a 54-year-old woman with chest pain | 54-jähriger Patient
        patient de 54 ans | mujer de 54 años | patient aged 54 | she is 71 years old
        Frau, 71 Jahre alt
    """,
    "patient narrative": """
        The patient is in hospital | one patient was hospitalised at site 104 | patient died
        PATIENT DIED | The subject was admitted with fever | subject developed a rash
        she was hospitalized on Monday | Der Patient wurde stationär aufgenommen
        El paciente fue ingresado | after the patient was treated
    """,
    "laboratory value": """
        ALT 312 U/L | Hb 7.2 g/dL | ALT rose to 5 x ULN | BP 180/110 | creatinine 340 µmol/L
        HbA1c: 9.1 % | platelets fell to 21 10^9 | QTc of 512 ms
    """,
    "treatment of one person": """
        The subject received placebo | participant was randomised to arm B
        patient on the active drug | subject was unblinded | unblinding of the patient at site 104
        participant accidentally unblinded
    """,
    "name of a patient": """
        patient Mr Smith called | Patientin Frau Weber
    """,
}
HARMLESS = """
    site 104 | site 104 and sites 101-107 | sites 101-107: patient recruitment is slow | 101-107
    HAL-301 | HAL-301-104 | NOR-ISS-008 | NOR-CO-003 unsigned | CAPA-014 | NOR-MTG-08 | #8
    CHG0012345 | 83 of 88 | 18 points under plan | 9 of 9 on time | n=2 | 82.5 % | 2380000
    EUR 1200 per patient | SUSAR on day 17
    One SUSAR reached a national authority on day 17 (limit 15) | interim lock at risk | 2026-11-10
    10.11.2026 | 10-11-2026 | due 28 Nov | 2026-0001 | INC-2026-00123 | 2026-2027 | +44 20 7946 0110
    call 020-7946-0110 | phone 555-0110 | +41 44 555 01 10, ext. 101-0007
    patient hotline +44 20 7946 0110 | SOP 104-003 | protocol 104-001 | version 101-001
    page 101-012 | First patient in 12 March 2026 | Last patient in slips by a month
    Last patient was enrolled on 12 Dec | 83 patients of 88 | patients 40 of 60
    patient numbers 83 of 88 | screened 120, randomised 83 of 88 | patient recruitment is slow
    Patient diary translation late | patients aged 18 to 75 | 80 % of participants
    a 3-year-old SOP | TMF retention 25 years | TMF, 25 years | Quillon was founded in 1998
    QA 12.03.2026 | subject to contract | the subject was raised in the JOC | Subject: budget 2026
    subject lines | no patient was harmed | If a patient is screened twice, IRT allows it
    each patient is called twice | DOB missing in 14 CRFs | Date of birth missing at site 104
    MRN fields visible in 3 exports | unblinded statistician | unblinded monitor left
    two patients were unblinded | initials missing at site 104 | Monitoring of ALT >3x ULN is late
    temperature excursion 12 °C in shipment 4 | ALT results late for 12 %
    Mrs Weber left; Mr Okonkwo stands in | two SAEs at site 104 were not reported
    possible serious breach | kit 12345 late | patients by 2026-0815
    budget 2380000 for 120 patients | cost per patient 1200, was 1100
    Deviation 104-0012: patient diary late | no diary for participants, see SOP 104-003
    fixed for all participants, CAPA 24-0031 | kit 101-0007 went to the wrong participant
    kit 1234567 withdrawn | enrolled 240/1000 | 125/1000 patients enrolled | screened 10 000 so far
    10 050 participants screened | 120 000 per participant | (617) 555-0123
    participants call 079 012 34 56 | in the EU 45 female patients, 38 expected
    subject matter expert 12 left | born out of the 2025 audit | visit window day 28 +/- 3
"""
EVENTS = """
    two SAEs at site 104 were not reported | AE reconciliation late | a SUSAR on day 17
    one death at site 104 | side effects were not recorded | an adverse drug reaction
    hospitalisations are under-reported | zwei Nebenwirkungen | unerwünschte Ereignisse fehlen
    événements indésirables | eventos adversos
"""
NO_EVENTS = """
    the ae is late | aerial | TMF backlog | dead line | deadline passed | saesonal
    Fatal error in EDC
"""
BREACHES = """
    possible serious breach | a serious GCP breach | Serious breach of GCP at site 104
    serious-breach candidate | serious_breach_candidate | potential serious protocol breach
    schwerwiegender Verstoß | violation grave
"""
NO_BREACHES = """
    not a serious breach | no serious breach | serious breach training overdue
    serious breach of contract | data breach | serious breaches SOP | serious delay, breach of SLA
"""
HOSTILE = (
    *(
        "1",
        "101-",
        "patient ",
        "patient 10",
        "patient\n",
        "a-",
        "JD, ",
        "born ",
        "A.B. ",
        "is an an ",
        "she is ",
    ),
    *(
        "alt was was ",
        "unblinded the ",
        "serious a-a ",
        "10 ",
        "A",
        "the active ",
        "d.o.b.",
        "mrn 1 1 1 ",
        " ",
        "_",
    ),
    *("ﷺ", "e\u0301", "１", "\u200b", "subject no no ", "+1 1-1 (1) ", "patient received the high low dose "),
)


def each(texts):
    """The texts of a table: they stand between bars and line ends."""
    return [text.strip() for line in texts.strip().split("\n") for text in line.split(" | ")]


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in CAUGHT.items() for text in each(texts)]
)
def test_it_catches(name, text):
    assert name in look(text).names


def test_every_pattern_has_texts_that_it_catches():
    assert set(CAUGHT) == {pattern.name for pattern in PATTERNS}


@pytest.mark.parametrize("text", each(HARMLESS))
def test_it_lets_through(text):
    assert look(text).names == ()


def test_a_line_break_hides_nothing():
    assert look("the subject at site\n101 0007").names == ("number beside a participant",)


def test_every_text_of_the_example_passes():
    told = yaml.safe_load(Path("docs/domain/example-partnership.yaml").read_text(encoding="utf-8"))
    assert [text for text in _texts(told) if look(text).participant] == []


def _texts(told):
    match told:
        case dict():
            return [text for part in told.values() for text in _texts(part)]
        case list():
            return [text for part in told for text in _texts(part)]
    return [str(told)]


def test_what_looks_like_harm_is_told_from_what_does_not():
    assert all(look(text).event for text in each(EVENTS))
    assert not any(look(text).event for text in each(NO_EVENTS))
    assert look("the patient is in hospital").harm
    assert not look("101-0007 missed visit 3").harm


def test_a_possible_serious_breach_is_known_by_its_words():
    assert all(look(text).breach for text in each(BREACHES))
    assert not any(look(text).breach for text in each(NO_BREACHES))


@pytest.mark.parametrize("text", HOSTILE)
def test_eight_thousand_hostile_characters_do_not_hold_it_up(text):
    began = perf_counter()
    look((text * 8000)[:8000])
    assert perf_counter() - began < 10  # it takes hundredths of a second; what tries every way takes minutes


def test_what_it_reads_has_plain_signs_and_keeps_its_lines():
    assert plain("Prüf\u00adung\u00a0１０１–０００７\nnäher") == "Prufung 101-0007\nnaher"


def test_the_page_lists_every_pattern_with_its_reason():
    page = Path("docs/participant-data.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|`]+?) \| ([^|]+?) \| `[^|]+` \|$", page, re.MULTILINE)
    assert rows == [(pattern.name, pattern.why) for pattern in PATTERNS]
    examples = re.findall(r"^\| ([^|`]+?) \| [^|]+? \| `([^|]+)` \|$", page, re.MULTILINE)
    assert all(name in look(text).names for name, text in examples)
