"""An export verifies alone, with one command that needs nothing of ours, and no byte of it can be changed."""

import importlib.util
import io
import json
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.documents import writing
from bot.governance.export import Format
from storage.signing import Signer
from tests import dossiers

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "verify_export.py"


@pytest.fixture(scope="module")
def dossier(filled):
    with dossiers.opened(filled) as archive:
        return dossiers.example(archive)


@pytest.fixture(scope="module")
def export(dossier):
    """The file's bytes."""
    return written(dossier)


@pytest.fixture(scope="module")
def verifier():
    spec = importlib.util.spec_from_file_location("verify_export", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(dossier, signer=dossiers.SIGNER):
    out = io.BytesIO()
    writing.write(dossier, Format.JSON, signer, out)
    return out.getvalue()


def alone(text, folder, *words):
    """The one command, by a bare Python that sees no library, no setting and nothing of ours."""
    file = folder / "export.json"
    file.write_bytes(text)
    bare = [sys._base_executable, "-I", "-S", str(VERIFIER), str(file), *words]
    return subprocess.run(bare, cwd=folder, env={}, capture_output=True, text=True, check=False)


def resealed(export, verifier, signer=None):
    """What somebody writes who changed it and makes the seal fit; without a key, or with their own."""
    content = {name: value for name, value in export.items() if name != "seal"}
    lines = sum(len(one["lines"]) for one in export["chains"])
    sha256 = verifier.hashlib.sha256(verifier.written(content)).hexdigest()
    day = export["seal"]["day"]
    seal = {"sha256": sha256, "lines": lines, "day": day, "mark": "", "key": "", "signature": ""}
    if signer:
        head = signer.sign("export", lines, sha256, date.fromisoformat(day))
        seal |= {"mark": head.mark, "key": head.key, "signature": head.signature}
    return verifier.written(content | {"seal": seal}) + b"\n"


def test_a_whole_export_verifies_alone(export, tmp_path):
    done = alone(export, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "whole: 7 issues, 4 decisions, 10 commitments, 11 meetings, 55 lines in 2 chains, 2 "
    )
    assert dossiers.SIGNER.mark in done.stdout


def test_the_key_that_must_have_signed_can_be_named(export, tmp_path):
    assert alone(export, tmp_path, "--key", dossiers.SIGNER.mark).returncode == 0
    other = alone(export, tmp_path, "--key", "0123456789abcdef")
    assert (other.returncode, other.stdout) == (1, "")
    assert "signed with another key" in other.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "not an export"),
        (b'{"format":"parley-export/1"}', "not shaped like an export"),
        (b'{"broken":"","chains":[7],"format":"parley-export/1"}', "not shaped like an export"),
        (b"[" * 100_000, "BROKEN"),
    ],
)
def test_what_is_no_export_is_told_in_one_line(text, words, tmp_path):
    done = alone(text, tmp_path)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_told_in_one_line(tmp_path):
    bare = [sys._base_executable, "-I", "-S", str(VERIFIER), str(tmp_path / "none.json")]
    done = subprocess.run(bare, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be read" in done.stderr


@settings(max_examples=60)
@given(data=st.data())
def test_no_single_byte_can_be_changed(export, verifier, data):
    place = data.draw(st.integers(0, len(export) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != export[place]))
    with pytest.raises((verifier.Broken, ValueError, KeyError, TypeError, AttributeError)):
        verifier.verify(export[:place] + bytes([byte]) + export[place + 1 :])


def chain(export, name="P-NOR:shared"):
    return next(one for one in export["chains"] if one["chain"] == name)


def change_reason(export):
    line = chain(export)["lines"][4]
    line["payload"] = line["payload"].replace('"why":"', '"why":"not ')
    return "line 5 of chain P-NOR:shared"


def change_salt(export):
    chain(export)["lines"][4]["salt"] = "0" * 32
    return "line 5 of chain P-NOR:shared"


def change_person(export):
    chain(export)["lines"][6]["person"] = "PER-01"
    return "line 7 of chain P-NOR:shared"


def change_time(export):
    chain(export)["lines"][2]["at"] = "2026-01-01T00:00:00+00:00"
    return "line 3 of chain P-NOR:shared"


def swap_lines(export):
    lines = chain(export)["lines"]
    lines[2], lines[3] = lines[3], lines[2]
    return "line 3 of chain P-NOR:shared"


def remove_line(export):
    del chain(export)["lines"][9]
    return "line 10 of chain P-NOR:shared"


def remove_last_line(export):
    del chain(export)["lines"][-1]
    return "the signed head of chain P-NOR:shared"


def change_head(export):
    head = chain(export)["heads"][0]
    head["hash"] = "0" * 64
    return f"line {head['seq']} of chain P-NOR:shared"


def change_signature(export):
    head = chain(export)["heads"][0]
    head["signature"] = ("B" if head["signature"][0] == "A" else "A") + head["signature"][1:]
    return "the signature does not hold"


def change_story(export):
    issue = next(one for one in export["issues"] if len(one["story"]) > 1)
    issue["story"][0]["why"] = "something else"
    return f"the story of {issue['number']}"


CHANGES = [
    *(change_reason, change_salt, change_person, change_time, swap_lines, remove_line),
    *(remove_last_line, change_head, change_signature, change_story),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_whoever_makes_the_seal_fit_is_found_by_the_chains(export, verifier, tmp_path, change):
    changed = deepcopy(json.loads(export))
    where = change(changed)
    done = alone(resealed(changed, verifier), tmp_path)
    assert done.returncode == 1
    assert where in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_title_that_was_changed_is_found_by_the_seal(export, verifier, tmp_path):
    changed = json.loads(export)
    changed["issues"][0]["title"] = "All is well"
    done = alone(verifier.written(changed) + b"\n", tmp_path)
    assert "the seal over the whole export: something was changed" in done.stderr


def test_whoever_seals_it_anew_without_a_key_is_found_by_the_key_that_was_asked_for(
    export, verifier, tmp_path
):
    changed = json.loads(export)
    changed["issues"][0]["title"] = "All is well"
    unsigned = resealed(changed, verifier)
    assert "is not proven" in alone(unsigned, tmp_path).stdout
    assert "it has no signature" in alone(unsigned, tmp_path, "--key", dossiers.SIGNER.mark).stderr


def test_whoever_seals_it_with_a_key_of_their_own_is_found_by_its_mark(export, verifier, tmp_path):
    forged = resealed(json.loads(export), verifier, Signer("a forger's own secret"))
    assert "signed with another key" in alone(forged, tmp_path, "--key", dossiers.SIGNER.mark).stderr


def test_spaces_and_doubled_members_are_found(export, tmp_path):
    assert "byte for byte" in alone(export.replace(b'"about":', b'"about": ', 1), tmp_path).stderr
    doubled = export.replace(b'{"about":', b'{"about":"another","about":', 1)
    assert "byte for byte" in alone(doubled, tmp_path).stderr


def test_an_export_of_a_broken_record_never_verifies(dossier, tmp_path):
    broken = written(replace(dossier, broken="Line 3 of the chain P-NOR:shared was changed."))
    assert "Line 3 of the chain P-NOR:shared was changed" in alone(broken, tmp_path).stderr


def without(dossier, seq, keep=lambda link: True):
    """The dossier without the content of that line of the shared chain, and of those that are not kept."""
    gone = {("P-NOR:shared", seq)}
    links = (
        replace(link, payload=None, salt=None) if (link.chain, link.seq) in gone or not keep(link) else link
        for link in dossier.links
    )
    return replace(dossier, links=tuple(links), items=())


def test_content_of_another_issue_need_not_be_there(dossier, tmp_path):
    assert alone(written(without(dossier, 5)), tmp_path).returncode == 0


def test_content_of_an_issue_that_is_told_cannot_be_taken_away(dossier, verifier, tmp_path):
    bare = without(dossier, 5)
    known = {(link.chain, link.seq): link for link in bare.links}
    items = (
        replace(item, story=tuple(known[link.chain, link.seq] for link in item.story))
        for item in dossier.items
    )
    told = replace(bare, items=tuple(items))
    done = alone(written(told), tmp_path)
    assert done.returncode == 1
    assert "line 5 of chain P-NOR:shared" in done.stderr
    assert "its content was taken away" in done.stderr


@pytest.mark.parametrize(("lines", "code"), [([5], 0), ([4], 1)])
def test_content_that_was_erased_is_excused_by_the_line_that_says_so(dossier, tmp_path, lines, code):
    bare = without(dossier, 5)
    known = {(link.chain, link.seq): link for link in bare.links}
    items = (
        replace(item, story=tuple(known[link.chain, link.seq] for link in item.story))
        for item in dossier.items
    )
    told = replace(bare, items=tuple(items))
    redacted = dossiers.followed(told, "issue.redact", {"lines": lines})
    assert alone(written(redacted), tmp_path).returncode == code


def test_an_export_without_a_key_verifies_and_says_what_is_not_proven(dossier, tmp_path):
    done = alone(written(replace(dossier, heads=()), dossiers.NOBODY), tmp_path)
    assert done.returncode == 0
    assert "no signed seal" in done.stdout


@settings(max_examples=40)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), bit=st.integers(0, 511))
def test_signatures_are_judged_as_a_known_library_judges_them(verifier, seed, message, bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verifier.ed25519(public, signature, message)
    wrong = bytearray(signature)
    wrong[bit // 8] ^= 1 << bit % 8
    assert not verifier.ed25519(public, bytes(wrong), message)
    assert not verifier.ed25519(public, signature, message + b"\n")
