"""The PDF, read by a library that is not ours: tags, headings, tables, pages, letters."""

import io
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pypdf
import pytest

from adapters.documents import letters, paper
from tests import dossiers


@pytest.fixture(scope="module")
def dossier(filled):
    with dossiers.opened(filled) as archive:
        return dossiers.example(archive)


@pytest.fixture(scope="module")
def pdf(dossier):
    return read(dossier)


def read(dossier):
    out = io.BytesIO()
    paper.write(dossier, dossiers.SIGNER, out)
    return pypdf.PdfReader(out)


def tags(pdf):
    """How often each kind of tag occurs in the document's structure."""
    found, left = Counter(), [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        node = left.pop().get_object()
        if isinstance(node, list):
            left += node
        elif isinstance(node, dict):
            found[str(node.get("/S", ""))] += 1
            left += [node["/K"]] if "/K" in node else []
    return found


def words(pdf):
    text = " ".join(page.extract_text() for page in pdf.pages)
    return " ".join(text.replace("\u200b", "").split())


def test_it_is_tagged_and_says_its_language_and_title(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Record of HAL-301"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_it_has_headings_tables_with_heads_and_an_outline(pdf, dossier):
    found = tags(pdf)
    assert found["/H1"] >= len(dossier.items) + 1
    assert found["/H2"] >= 2 * len(dossier.items)
    assert found["/Table"] >= 2 * len(dossier.items)
    assert found["/TH"] >= 2 * found["/Table"]
    assert found["/TD"] > found["/TH"]
    tops = [one.title for one in pdf.outline if not isinstance(one, list)]
    assert tops[-1] == "Verification"
    assert any(dossier.items[0].record.number in title for title in tops)


def test_nothing_in_it_says_when_or_where_it_was_made(pdf):
    assert pdf.metadata.creation_date is None or pdf.metadata.creation_date.year == 1970
    assert pdf.metadata.author == "Parley"


def test_every_page_says_what_it_is_whose_view_and_which_page(pdf):
    count = len(pdf.pages)
    for place, page in enumerate(pdf.pages, 1):
        text = " ".join(page.extract_text().split())
        assert "Record of HAL-301" in text
        assert "as seen by Annika Lindqvist" in text
        assert f"page {place} of {count}" in text


def test_it_tells_facts_people_story_and_proof(pdf, dossier):
    text = words(pdf)
    for item in dossier.items:
        assert item.record.number in text
        assert " ".join(item.heading.split()) in text
    for told in ("Elena Duarte", "Halcyra Therapeutics AG", "UTC", "acknowledged it", "The record holds"):
        assert told in text
    assert dossiers.SIGNER.mark in text
    assert all(head.hash in text for head in dossier.heads)


def test_a_change_is_told_with_before_and_after(dossier):
    text = words(read(dossiers.long(dossier, 2, 2)))
    assert "Severity: major → critical" in text
    assert "because the site has not answered since Monday" in text


def test_what_people_wrote_is_never_markup(dossier):
    first = dossier.items[0]
    bad = '#panic("x") = no heading *stars* $math$ <label> @nobody #sys.inputs'
    one = replace(dossier, items=(replace(first, facts=(("Description", bad),)),))
    assert bad.replace("“", '"') in words(read(one))


def test_the_fonts_have_every_letter_we_say(dossier):
    every = " ".join(sorted(letters.held()))
    first = dossier.items[0]
    bold = replace(first, heading=every, facts=(("Description", every),))
    assert len(read(replace(dossier, items=(bold,))).pages) > 2


def test_a_press_that_fails_is_one_sentence():
    ends = subprocess.run(
        [sys.executable, "-I", str(paper.PRESS)], input=b"{", capture_output=True, check=False
    )
    assert ends.returncode
    assert ends.stdout == b""
    assert paper.NotSet().sentence.startswith("The PDF could not be made")
