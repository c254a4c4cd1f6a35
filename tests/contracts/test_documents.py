"""An export in each format: what is in it, and that identical content gives identical bytes."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.documents import letters, paper, sheets, writing
from bot.governance.export import Format
from bot.governance.issue import Issue
from bot.governance.visibility import Visibility
from bot.records import Note
from tests import dossiers

STRANGE = {
    "a long word": "x" * 3000,
    "a long text": "word " * 600,
    "an emoji": "well done 😀 👩‍🔬 ❤️",
    "right to left": "مرحبا بالعالم and שלום עולם",
    "another script": "日本 हिन्दी ไทย",
    "controls": "bell \x07, null \x00, tab \t, override \u202e back",
    "markup": '#let x = 1; = heading *bold* _it_ $x^2$ <label> @ref `raw` \\ // "quoted"',
    "half a character": "\ud800 alone",
    "nothing that is assigned": "\U000e0fff \ufffe",
}


@pytest.fixture(scope="module")
def dossier(filled):
    with dossiers.opened(filled) as archive:
        return dossiers.example(archive)


def written(dossier, kind):
    out = io.BytesIO()
    writing.write(dossier, kind, dossiers.SIGNER, out)
    return out.getvalue()


def told(dossier):
    return json.loads(written(dossier, Format.JSON))


def sheet(dossier, name):
    with zipfile.ZipFile(io.BytesIO(written(dossier, Format.CSV))) as packed:
        return list(csv.reader(io.StringIO(packed.read(name).decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", list(Format))
def test_identical_content_gives_identical_bytes(dossier, kind):
    again = replace(dossier, people=tuple(replace(one) for one in dossier.people))
    assert written(dossier, kind) == written(again, kind)


@pytest.mark.parametrize("kind", list(Format))
def test_other_content_gives_other_bytes(dossier, kind):
    assert written(dossier, kind) != written(dossiers.saying(dossier, title="Another one"), kind)


def issues(dossier):
    """Those of its records that are issues."""
    return [item for item in dossier.items if isinstance(item.record, Issue)]


def test_json_is_canonical_and_sorted(dossier):
    text = written(dossier, Format.JSON)
    export = json.loads(text)
    again = json.dumps(export, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert text == again.encode()
    assert export["format"] == "parley-export/1"


def test_json_holds_the_issues_their_stories_and_every_line_of_their_chains(dossier):
    export = told(dossier)
    assert {one["number"] for one in export["issues"]} == {item.record.number for item in issues(dossier)}
    assert sum(len(one["lines"]) for one in export["chains"]) == len(dossier.links)
    for issue, item in zip(
        export["issues"], sorted(issues(dossier), key=lambda one: one.record.id), strict=True
    ):
        assert len(issue["story"]) == len(item.story)
        assert all(line["chain"] and line["seq"] and line["says"] for line in issue["story"])


def test_json_tells_nothing_of_accounts_or_zones(dossier):
    assert all(set(one) == {"id", "name", "organisation", "title"} for one in told(dossier)["people"])


def test_json_tells_of_a_partnership_its_companies_and_not_what_they_agreed(dossier):
    (home,) = told(dossier)["partnerships"]
    assert set(home) == {"id", "sponsor", "cro", "sponsor_name", "cro_name"}


def test_a_line_whose_words_were_redacted_says_who_did_what_and_that_they_are_gone(dossier):
    links = tuple(replace(link, payload=None, salt=None) for link in dossier.links)
    items = tuple(
        replace(item, story=tuple(replace(line, payload=None, salt=None) for line in item.story))
        for item in dossier.items
    )
    story = [
        line for one in told(replace(dossier, links=links, items=items))["issues"] for line in one["story"]
    ]
    assert all(line["says"].endswith("The words were redacted.") for line in story)
    assert all(line["seq"] for line in story)


def test_the_csv_zip_has_four_sheets_and_no_date(dossier):
    with zipfile.ZipFile(io.BytesIO(written(dossier, Format.CSV))) as packed:
        assert packed.namelist() == ["records.csv", "timeline.csv", "people.csv", "chain.csv"]
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.testzip() is None
    assert len(sheet(dossier, "chain.csv")) == 1 + len(dossier.links)
    assert len(sheet(dossier, "timeline.csv")) == 1 + sum(
        len(item.story) + len(item.notes) for item in dossier.items
    )


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(dossier, sign):
    rows = sheet(dossiers.saying(dossier, title=f"{sign}HYPERLINK(1)"), "records.csv")
    titles = {row[5] for row in rows}
    assert f"'{sign}HYPERLINK(1)" in titles
    assert not [cell for row in rows for cell in row if cell.startswith(sheets.RUN)]


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("kind", list(Format))
def test_strange_texts_break_no_format(dossier, kind, text):
    first = dossier.items[0]
    issue = replace(first.record, title=text[:200], description=text)
    note = Note(
        "N-1",
        issue.id,
        issue.partnership,
        Visibility.SHARED,
        "PER-09",
        datetime(2026, 1, 1, tzinfo=UTC),
        text,
    )
    strange = replace(
        dossier, items=(replace(first, record=issue, heading=text, facts=(("Title", text),), notes=(note,)),)
    )
    assert len(written(strange, kind)) > 1000


def test_letters_no_font_has_are_named_and_nothing_turns_the_direction():
    assert letters.shown("well done 😀") == "well done [grinning face]"
    assert letters.shown("日") == "[U+65E5]"
    assert letters.shown("a\u202eb") == "a[U+202E]b"
    assert letters.shown("Nguyễn said: “€5 ≥ 3 µm”\nყველა") == "Nguyễn said: “€5 ≥ 3 µm”\nყველა"


def test_a_very_long_word_can_be_broken_and_a_short_one_cannot():
    assert letters.BREAK in letters.shown("x" * 31)
    assert letters.shown("pharmacoepidemiological") == "pharmacoepidemiological"


def test_an_export_too_long_for_a_pdf_says_so_before_anything_is_set(dossier):
    out = io.BytesIO()
    with pytest.raises(paper.TooManyLines) as refused:
        paper.write(dossiers.long(dossier, paper.MOST + 50), dossiers.SIGNER, out)
    assert refused.value.sentence.startswith("That is 12,050 lines, and a PDF has at most 12,000")
    assert out.getvalue() == b""


def test_a_broken_record_says_so_in_every_format_that_people_read(dossier):
    fault = "Line 3 of the chain P-NOR:shared was changed."
    broken = replace(dossier, broken=fault)
    assert told(broken)["broken"] == fault
    verdict = paper.paper(broken, dossiers.SIGNER)["verdict"]
    assert verdict == {"fine": False, "head": "The record does not hold", "words": fault}


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("HAL-301, with “enrolment”", "parley-hal-301-with-enrolment.pdf"),
        ("../../etc/passwd\r\nX: y", "parley-etc-passwd-x-y.pdf"),
        ("日本", "parley-export.pdf"),
    ],
)
def test_a_file_has_a_name_every_system_takes(dossier, about, name):
    assert writing.name(replace(dossier, about=about), Format.PDF) == name


def test_the_file_of_one_issue_is_called_by_its_number_alone(dossier):
    one = replace(dossier, items=dossier.items[:1], about="NOR-ISS-007 What nobody else should read")
    assert writing.name(one, Format.JSON) == f"parley-{one.items[0].record.number.lower()}.json"
