"""What a message promises is proposed from its own words; what they leave open comes back open."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import dates, deadlines, grammar
from bot.governance.partnership import Person
from bot.promise_words import Around, Promise, Who, promise
from bot.sentences import sentences

SAID = date(2026, 11, 10)  # a Tuesday
FRIDAY, THE_28TH = date(2026, 11, 13), date(2026, 11, 28)


def person(id_, company, name):
    return Person(id_, company, name, "", "Europe/London", name.split()[0].lower())


PEOPLE = (
    person("ANN", "NOR", "Annika Lindqvist"),
    person("RAF", "NOR", "Rafael Costa"),
    person("TOM", "HAL", "Tomasz Wierzbicki"),
    person("WEB", "HAL", "Marcus Webb"),
    person("BRA", "HAL", "Marcus Brandt"),
)
AROUND = Around(SAID, PEOPLE, "ANN")
NOBODY, ANN, RAF, TOM = Who(), Who("ANN", ("ANN",)), Who("RAF", ("RAF",)), Who("TOM", ("TOM",))
MAYBE_ANN = Who("", ("ANN",))
WE, MARCUS = Who("", ("ANN", "RAF")), Who("", ("WEB", "BRA"))


@pytest.mark.parametrize(
    ("words", "text", "owner", "receiver", "days"),
    [
        ("we will send the recovery plan by the 28th", "Send the recovery plan", WE, NOBODY, [THE_28TH]),
        ("@Rafael please file the reports by Friday", "File the reports", RAF, MAYBE_ANN, [FRIDAY]),
        ("I'll get you the numbers tomorrow", "Get you the numbers", ANN, NOBODY, [date(2026, 11, 11)]),
        ("I’ll call on Friday", "Call", ANN, NOBODY, [FRIDAY]),
        ("Tomasz to comment on v4 by 20 Oct", "Comment on v4", TOM, MAYBE_ANN, [date(2026, 10, 20)]),
        ("- Rafael Costa to file it; by 28.11.", "File it", RAF, MAYBE_ANN, [THE_28TH]),
        ("Action: Rafael to file it by 28. November", "File it", RAF, MAYBE_ANN, [THE_28TH]),
        ("Hi @Tomasz, I'll send you v4.", "Send you v4", ANN, TOM, []),
        ("By Friday, I will send v4 to Tomasz.", "Send v4 to Tomasz", ANN, TOM, [FRIDAY]),
        ("@Rafael Costa, could you please send me v4?", "Send me v4", RAF, ANN, []),
        ("Marcus will send v4", "Send v4", MARCUS, MAYBE_ANN, []),
        (
            "I'll send Rafael’s plan to Marcus Webb",
            "Send Rafael’s plan to Marcus Webb",
            ANN,
            Who("WEB", ("WEB",)),
            [],
        ),
        ("Rafael and Tomasz will meet", "Meet", Who("", ("RAF", "TOM")), MAYBE_ANN, []),
        (
            "I'll draft it and Rafael will file it",
            "I'll draft it and Rafael will file it",
            Who("", ("ANN", "RAF")),
            NOBODY,
            [],
        ),
        ("I won't send it", "I won't send it", NOBODY, NOBODY, []),
        ("Tomasz will not send it", "Tomasz will not send it", Who("", ("TOM",)), NOBODY, []),
        ("The plan is late", "The plan is late", NOBODY, NOBODY, []),
        ("“Nous l’enverrons”, dit Annika", "“Nous l’enverrons”, dit Annika", Who("", ("ANN",)), NOBODY, []),
        ("> I'll send it by Friday", "I'll send it by Friday", NOBODY, NOBODY, []),
        ("„We will send it by Friday“", "„We will send it by Friday“", NOBODY, NOBODY, []),
        ("> I'll send it by Friday\nI'll check by the 28th", "Check", ANN, NOBODY, [THE_28TH]),
        ("", "", NOBODY, NOBODY, []),
        ("…!", "", NOBODY, NOBODY, []),
    ],
)
def test_a_message_proposes_what_its_words_say_and_leaves_open_the_rest(words, text, owner, receiver, days):
    found = promise(words, AROUND)
    assert (found.text, found.owner, found.receiver, list(found.days)) == (text, owner, receiver, days)


def test_i_and_we_are_nobody_of_ours_where_a_stranger_wrote_it():
    stranger = Around(SAID, PEOPLE)
    assert promise("I'll send it by Friday", stranger).owner == NOBODY
    assert promise("We will send it", stranger).owner == NOBODY
    assert promise("Rafael, please send me v4", stranger) == Promise("Send me v4", RAF, NOBODY)


def test_who_is_meant_by_we_is_asked_also_where_one_person_of_the_company_is_known():
    assert promise("We will send it", Around(SAID, (PEOPLE[0], PEOPLE[2]), "ANN")).owner == MAYBE_ANN
    unknown = Around(SAID, PEOPLE)
    assert promise("I'll draft it and Rafael will file it", unknown).owner == Who("", ("RAF",))


def test_of_several_promises_the_first_with_a_day_is_proposed_and_the_others_are_counted():
    found = promise("I'll think. Rafael will file v4 by Friday. Tomasz will read it.", AROUND)
    assert (found.text, found.owner, found.others) == ("File v4", RAF, 2)
    assert promise("I'll think.", AROUND).others == 0


DAYS = {
    "by Friday": ["2026-11-13"],
    "until the 28th of November": ["2026-11-28"],
    "before Friday": ["2026-11-12", "2026-11-13"],
    "before Monday": ["2026-11-13", "2026-11-16"],
    "by 3/12": ["2026-12-03", "2027-03-12"],
    "by 28.11.": ["2026-11-28"],
    "bis 28. November": ["2026-11-28"],
    "(by Friday, 27 November)": ["2026-11-27"],
    "by COB Friday": ["2026-11-13"],
    "by end of day on Friday": ["2026-11-13"],
    "by 17:00 on Friday": ["2026-11-13"],
    "by end of day": ["2026-11-10"],
    "no later than Fri 27 Nov.": ["2026-11-27"],
    "by Friday or Monday": ["2026-11-13", "2026-11-16"],
    "tomorrow": ["2026-11-11"],
    "on Sat": ["2026-11-14"],
    "on Friday as agreed on 3 Nov": ["2026-11-13"],
    "as agreed on Monday, by 28 Nov": ["2026-11-28"],
    "next week": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"],
    "by 20 Oct": ["2026-10-20"],
    "after Friday": [],
    "not before Friday": [],
    "since Monday": [],
    "soon": [],
    "by 1.5 FTE": [],
    "by 20": [],
    "28 – 30 November": [],
    "26 or 27 Nov": [],
    "for the Friday meeting": [],
    "which we sat on": [],
    "“by Friday”": [],
}


@pytest.mark.parametrize("words", DAYS)
def test_a_day_is_a_deadline_only_where_the_words_make_it_one(words):
    found = promise(f"I will send it {words}", AROUND)
    assert [day.isoformat() for day in found.days] == DAYS[words]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("One. Two! Three? Four… five", 5),
        ("Dr. Chen and approx. 5 on the 28. November z. B. at 4.2", 1),
        ("« Oui ! » Il l’a dit. Non\xa0? Si.", 3),
        ("one\n\n• two\n> three", 3),
    ],
)
def test_a_sentence_ends_where_its_reader_sees_it_end(words, count):
    assert len(sentences(words)) == count


PIECES = st.sampled_from(
    [
        *(
            "I will",
            "we will",
            "I'll",
            "please",
            "can you",
            "let me",
            "not",
            "to",
            "for",
            "me",
            "you",
            "us",
            "send",
        ),
        *(
            "@Rafael",
            "Rafael Costa",
            "Tomasz",
            "Marcus",
            "Annika’s",
            "Wierzbicki",
            "Zoe",
            "@Zoe",
            "webb",
            "and",
        ),
        *(
            "by",
            "before",
            "after",
            "until",
            "the 28th",
            "28.11.",
            "3/12",
            "Friday",
            "next week",
            "tomorrow",
            "or",
        ),
        *(
            "20 Oct",
            "1.5",
            "end of day",
            "17:00",
            "the plan",
            "“",
            "”",
            "„",
            "»",
            "«",
            '"',
            ".",
            "\n",
            "> ",
            ",",
            ":",
        ),
    ]
)
MESSAGES = st.lists(PIECES, max_size=14).map(" ".join)


def parts_of(words):
    """Every word of a text as names are compared, also with what was theirs cut off."""
    plain = grammar.fold(words.replace("’s", " ").replace(":", " ")).split()
    return {part.strip("".join(set('"“”„«».,:;>?!…'))) for part in plain}


@given(MESSAGES)
def test_nobody_is_proposed_whom_the_words_do_not_name(words):
    found = promise(words, AROUND)
    said = parts_of(words)
    named = {one.id for one in PEOPLE if said & set(grammar.fold(one.name).split())}
    spoken = {"ANN"} if said & {"i", "ill", "let", "we", "me", "us"} else set()
    assert {found.owner.sure, found.receiver.sure} <= named | spoken | {""}
    company = {"ANN", "RAF"} if "we" in said else spoken
    assert set(found.owner.likely) <= named | company
    assert set(found.receiver.likely) <= named | {"ANN"}  # who asks for it is the writer
    for who in (found.owner, found.receiver):
        assert not who.sure or who.likely == (who.sure,)


@given(MESSAGES, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_no_day_is_proposed_that_the_words_do_not_say(words, said):
    tokens = [token.strip('"“”„«».,:;!?>()') for token in words.split()]
    tokens = [token for token in tokens if token]
    windows = [" ".join(tokens[at : at + size]) for at in range(len(tokens)) for size in range(1, 7)]
    readings = [dates.read(window, said) for window in windows]
    days = {
        day for one in readings if one for day in (one.options if isinstance(one, dates.Unclear) else [one])
    }
    if "before" in words:
        days |= {day - timedelta(days=back) for day in days for back in (1, 2, 3)}
    assert set(promise(words, Around(said, PEOPLE, "ANN")).days) <= days


@given(MESSAGES)
def test_no_word_is_proposed_that_the_message_does_not_have(words):
    found = promise(words, AROUND)
    assert set(found.text.lower().rstrip("…").split()) <= set(words.lower().split()) | {
        token.strip(" ,.;:!?–—-") for token in words.lower().split()
    }


@given(st.text(max_size=300))
def test_whatever_is_written_can_be_read(words):
    found = promise(words, AROUND)
    assert len(found.text) <= 200
    assert "\n" not in found.text


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "1 ",
            "I will ",
            "the 1st ",
            "“",
            "»",
            "@Marcus ",
            "a. ",
            "Friday ",
            "in a week ",
            "28/29-",
            "end of day ",
        )
    ],
)
def test_a_hostile_message_of_40_000_characters_takes_no_time(unit):
    started = time.perf_counter()
    promise(unit * (40_000 // len(unit)), AROUND)
    assert time.perf_counter() - started < 0.5


def test_a_day_is_seen_from_the_day_on_which_it_was_said():
    sentence = sentences("I will send it tomorrow")[0]
    for said in (SAID, date(2026, 12, 31)):
        found = deadlines.chosen(deadlines.days(sentence, said), said)
        assert found.days == (said + timedelta(days=1),)
