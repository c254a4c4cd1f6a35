"""What was typed: every part finds its field in any order, no word is lost, and nothing is guessed."""

import itertools
import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import grammar
from bot.governance.partnership import Person
from bot.grammar import Vocabulary, issue

KNOWN = Vocabulary(
    ("HAL-301", "HAL-202"), ("Northmere Clinical Ltd", "Quillon Data Sciences SL"), date(2026, 11, 10)
)
PARTS = {
    "TMF backlog at site 104": {},
    "major": {"severity": "major"},
    "owner @annika": {"owner": "@annika"},
    "due next Friday": {"due": "next Friday"},
    "HAL-301": {"study": "HAL-301"},
}
FIELDS = {
    "Critical": {"severity": "critical"},
    "severity minor": {"severity": "minor"},
    "severity: high": {"severity": "high"},
    "restricted": {"visibility": "restricted"},
    "hal 301": {"study": "HAL-301"},
    "study hal-202": {"study": "HAL-202"},
    "study HAL-999": {"study": "HAL-999"},
    "Study: pilot": {"study": "pilot"},
    "for Northmere": {"partner": "Northmere Clinical Ltd"},
    "for quillon data": {"partner": "Quillon Data Sciences SL"},
    "category tmf": {"category": "tmf"},
    "by Friday": {"due": "Friday"},
    "by 3/4": {"due": "3/4"},
    "Due: 28 Nov": {"due": "28 Nov"},
    "due\xa0next\tFriday": {"due": "next Friday"},
    "due by the end of the week": {"due": "by the end of the week"},
    "due soon": {"due": "soon"},
    "due in 3 business days": {"due": "in 3 business days"},
    "due 2026-11-28T10:00": {"due": "2026-11-28T10:00"},
    "@annika": {"owner": "@annika"},
    "@Annika Lindqvist": {"owner": "@Annika Lindqvist"},
    "owner Annika Lindqvist": {"owner": "Annika Lindqvist"},
    "Owner: María del Carmen Ruiz": {"owner": "María del Carmen Ruiz"},
    "owner PER-09": {"owner": "PER-09"},
    "<@U09>": {"owner": "<@U09>"},
    "<@U09|annika>": {"owner": "<@U09|annika>"},
    "owner <@U09|Lindqvist, Annika>": {"owner": "<@U09|Lindqvist, Annika>"},
    "<at>Annika Lindqvist</at>": {"owner": "<at>Annika Lindqvist</at>"},
    "owner <at>Lindqvist, Annika</at>": {"owner": "<at>Lindqvist, Annika</at>"},
    "due Nov 28, 2026": {"due": "Nov 28, 2026"},
    "due Friday, 27 November, 2026": {"due": "Friday, 27 November, 2026"},
    "by Fri, 28 Nov": {"due": "Fri, 28 Nov"},
    "due 28 Nov, Saturday": {"due": "28 Nov, Saturday"},
}
TITLES = (
    "delayed due to staff shortage",
    "Due to staff shortage visits are late",
    "Due diligence files incomplete",
    "Due dates of 14 reports unclear",
    "no monitor for two weeks",
    "for two weeks nobody answered",
    "For the third time no minutes",
    "Study drug shipment late",
    "Study start-up slow in 3 countries",
    "Owner unclear for site 104",
    "Severity of the findings in dispute",
    "Category of the deviation not agreed upon",
    "By mistake two sites got the old label",
    "@annika says that site 104 has no monitor",
    "<@U09> reports a backlog",
    "backlog reported by <at>Annika Lindqvist</at> today",
    "e-mail to a@b.example bounced",
    "@",
    "due",
    "owner",
    "critical path moved",
    "shared drive full",
    "“Late, majorly late” says the audit",
    "تأخر الملفات في الموقع 104",
    "🔥 backlog 👩‍🔬",
    "O’Brien’s site closed",
    "'; DROP TABLE issues; --",
    "<b>bold</b> & <!channel>",
)


@pytest.mark.parametrize("order", [*itertools.permutations(PARTS)], ids=lambda order: order[0][:5])
def test_the_parts_may_stand_in_any_order(order):
    said = issue(", ".join(order), KNOWN)
    assert said.title == "TMF backlog at site 104"
    assert said.fields == {name: value for part in PARTS.values() for name, value in part.items()}


@pytest.mark.parametrize(("part", "fields"), FIELDS.items())
@pytest.mark.parametrize("line", ["TMF backlog, {}", "{}, TMF backlog", "TMF,{} , backlog,"])
def test_a_part_that_names_a_field_is_that_field(line, part, fields):
    said = issue(line.format(part), KNOWN)
    assert said.title.replace("TMF, backlog", "TMF backlog") == "TMF backlog"
    assert said.fields == fields


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("line", ["{}", "{}, major", "major, {}"])
def test_words_that_only_look_like_a_field_stay_in_the_title(line, title):
    said = issue(line.format(title), KNOWN)
    assert said.title == title
    assert set(said.fields) <= {"severity"}


def test_a_name_that_could_be_two_partners_is_nobodys():
    known = Vocabulary((), ("Northmere Clinical", "Northmere Labs"), KNOWN.today)
    assert issue("late, for Northmere", known).fields == {}
    assert issue("late, for northmere labs", known).fields == {"partner": "Northmere Labs"}


def test_a_field_said_twice_keeps_both_to_be_asked_about():
    said = issue("late, major, critical, due Friday, due Monday, @annika, owner Annika, Major", KNOWN)
    assert said.fields == {"severity": "major, critical, major", "due": "Friday, Monday", "owner": "@annika"}


@pytest.mark.parametrize("words", ["internal, shared", "shared, internal", "shared, internal, internal"])
def test_of_two_visibilities_the_narrower_counts(words):
    assert issue(f"late, {words}", KNOWN).fields == {"visibility": "internal"}


def test_further_lines_are_the_description_whatever_stands_in_them():
    said = issue("  late, major \r\nowner @annika, due Friday\n\n  second   paragraph\u2028third \n", KNOWN)
    assert (said.title, said.fields) == ("late", {"severity": "major"})
    assert said.description == "owner @annika, due Friday\n\n  second   paragraph\nthird"


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        " ",
        ",",
        " , ,\n",
        "\u200b",
        "\u200d\ufeff\u2060",
        "\u2800",
        "\u3164",
        "\u0301",
        "\x00\x07",
        "\ud800",
    ],
)
def test_a_title_of_nothing_that_can_be_seen_is_empty(nothing):
    said = issue(f"major, {nothing}", KNOWN)
    assert said == grammar.Said("", {"severity": "major"}, "")


def test_what_no_database_keeps_never_gets_past_the_grammar():
    said = issue("nul\x00 half\ud83d esc\x1b[31m, owner \x00@annika, due \udc00Friday\nbell\x07 \x9f", KNOWN)
    assert said.title == "nul half esc[31m"
    assert said.fields == {"owner": "@annika", "due": "Friday"}
    assert said.description == "bell"
    assert repr(said).encode()


def test_joined_emoji_and_marks_of_direction_stay_as_they_were_typed():
    text = "👩\u200d🔬 شمارهٔ\u200cها \u2067ABC\u2069"
    assert issue(text, KNOWN).title == text


@pytest.mark.parametrize(
    "text",
    [
        "by " * 1333,
        "due 28, " * 500,
        "by, " * 1000,
        "<at>" * 1000,
        "<@" * 2000,
        "<at>" + "," * 3990,
        "(" * 4000,
        "@" * 4000,
        "," * 4000,
        "owner " * 666,
        "a" * 4000,
        "\u0301" * 4000,
        "due" + " " * 3996 + "x",
        "🔥" * 4000,
        "ﷺ" * 4000,
        "x\n" * 2000,
    ],
)
def test_four_thousand_characters_take_no_time(text):
    start = time.process_time()
    said = issue(text, KNOWN)
    grammar.people_called(text, PEOPLE)
    grammar.is_number(text)
    grammar.nearest(text, ["issue list", "issue show"])
    assert time.process_time() - start < 0.25
    assert isinstance(said.title, str)


def person(id_, name, handle=""):
    return Person(id_, "ORG-NOR", name, "", "Europe/London", handle)


ANNIKA = person("PER-09", "Annika Lindqvist", "annika.lindqvist")
ANN = person("PER-20", "Ann O’Brien")
MARCUS, MARIA = person("PER-02", "Marcus Adeyemi"), person("PER-11", "María Jørgensen-Łuczak")
OTHER_MARIA = person("PER-21", "Maria Weiß")
PEOPLE = (ANNIKA, ANN, MARCUS, MARIA, OTHER_MARIA)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("@annika", (ANNIKA,)),
        ("ANNIKA lindqvist", (ANNIKA,)),
        ("Lindqvist, Annika", (ANNIKA,)),
        ("annika.lindqvist", (ANNIKA,)),
        ("per-09", (ANNIKA,)),
        ("Annika L", (ANNIKA,)),
        ("Lindq", (ANNIKA,)),
        ("<at>Annika Lindqvist</at>", (ANNIKA,)),
        ("<@U09|annika>", (ANNIKA,)),
        ("Annika Lindqvist (Northmere Clinical Ltd)", (ANNIKA,)),
        ("@annika\u200b", (ANNIKA,)),
        ("ann", (ANN,)),
        ("O'Brien", (ANN,)),
        ("obrien", (ANN,)),
        ("mar", (MARCUS, MARIA, OTHER_MARIA)),
        ("MARIA", (MARIA, OTHER_MARIA)),
        ("maria jorgensen luczak", (MARIA,)),
        ("Jørgensen", (MARIA,)),
        ("weiss", (OTHER_MARIA,)),
        ("WEISS", (OTHER_MARIA,)),
        ("m", ()),
        ("annika smith", ()),
        ("<@U09>", ()),
        ("@", ()),
        ("", ()),
        ("\u200b", ()),
        ("(Northmere)", ()),
    ],
)
def test_a_name_finds_everyone_it_may_mean(words, found):
    assert grammar.people_called(words, PEOPLE) == found


@pytest.mark.parametrize("word", ["NOR-ISS-008", "nor-iss-008", "#8", "8", " HAL-RST-K7Q2 ", "ISS-1"])
def test_a_number_is_known_by_its_shape(word):
    assert grammar.is_number(word)


@pytest.mark.parametrize("word", ["", "#", "site 104", "HAL-301", "1234567", "ISS-", "8th", "-ISS-1"])
def test_what_is_no_number_is_not_taken_for_one(word):
    assert not grammar.is_number(word)


TYPED = st.lists(
    st.one_of(
        st.sampled_from([*PARTS, *FIELDS, *TITLES, "for", "by Friday", "Nov 28", "2026", "<at>", "\n", ""]),
        st.text(max_size=30),
    ),
    max_size=8,
).map(", ".join)
OWN = {"owner", "due", "study", "severity", "category", "for", "by", *grammar.VISIBILITIES}


def words(text):
    """Each word as it is compared; a word of signs that show nothing is none."""
    seen = grammar.clean(text).translate(dict.fromkeys(map(ord, grammar.BLANK), " "))
    return {grammar.fold(word) for word in re.findall(r"\w+", seen)} - OWN


@given(TYPED)
def test_whatever_is_typed_no_word_is_lost_and_nothing_fails(text):
    said = issue(text, KNOWN)
    assert words(text) <= words("\n".join([said.title, *said.fields.values(), said.description]))


@given(st.text(), st.text(max_size=20))
def test_any_words_at_all_may_be_a_name(words, name):
    assert len(grammar.people_called(words, (person("PER-1", name), ANNIKA))) <= 2
