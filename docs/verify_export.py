"""Verify a Parley export alone: python3 verify_export.py FILE [--key MARK].

It needs Python 3.8 or later and nothing else, no library and no network. Exit code 0: everything holds.
Exit code 1: something does not, and the one line on stderr says what. docs/export.md tells the recipe.
"""

import argparse
import base64
import hashlib
import json
import sys

FACTS = (
    "at",
    "chain",
    "organisation",
    "partnership",
    "payload_hash",
    "person",
    "previous",
    "record",
    "seq",
    "version",
    "visibility",
    "what",
)

KINDS = ("issues", "decisions", "commitments", "actions", "meetings")  # what an export can hold
ERASERS = ("issue.redact", "retention.erase")  # lines that say which lines of their chain lost their content

# Ed25519 over edwards25519, RFC 8032; a point is (x, y, z, t) in extended homogeneous coordinates.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741 - the square root's own name


class Broken(Exception):
    """What does not hold, in one sentence."""


def main():
    """Verify the file that is named; the exit code."""
    asked = argparse.ArgumentParser(description="Verify a Parley export alone.")
    asked.add_argument("file", help="the export as JSON")
    asked.add_argument("--key", action="append", default=[], help="mark of a key that may have signed")
    told = asked.parse_args()
    try:
        with open(told.file, "rb") as file:
            said = verify(file.read(), told.key)
    except OSError as why:
        return fail(f"{told.file} cannot be read ({why.strerror})")
    except Broken as broken:
        return fail(str(broken))
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as odd:
        return fail(f"this is not shaped like an export ({type(odd).__name__}: {odd})")
    sys.stdout.write(f"{said}\n")
    return 0


def fail(words):
    """Say it on stderr; the exit code."""
    sys.stderr.write(f"BROKEN: {words}\n")
    return 1


def verify(text, keys=()):
    """What was found whole, in words. Raises Broken."""
    export = read(text)
    chains = {one["chain"]: one["lines"] for one in export["chains"]}
    demand(len(chains) == len(export["chains"]), "a chain stands in it twice")
    for chain, lines in sorted(chains.items()):
        hold(chain, lines)
    heads = [head for one in export["chains"] for head in one["heads"]]
    records = [one for kind in KINDS for one in export.get(kind, ())]
    told = {one["id"] for one in records}
    for chain, lines in sorted(chains.items()):
        excuse(chain, lines, told)
    for head in heads:
        reach(head, chains, keys)
    for one in records:
        for told in one["story"]:
            tell(one, told, chains)
    sealed = seal(export, keys)
    demand(written(export) + b"\n" == text, "the file is not, byte for byte, as Parley wrote it")
    return summary(export, chains, heads, sealed)


def read(text):
    """The export's content. Raises Broken."""
    try:
        export = json.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, ValueError) as why:
        raise Broken(f"it is not JSON in UTF-8 any more ({why})") from None
    known = isinstance(export, dict) and export.get("format") == "parley-export/1"
    demand(known, "it is not an export of the format parley-export/1")
    demand(not export["broken"], f"Parley itself found the record broken: {export['broken']}")
    return export


def hold(chain, lines):
    """Every line of a chain, in its place and with its content."""
    previous = ""
    for place, line in enumerate(lines, 1):
        where = f"line {place} of chain {chain} ({line['what']} of {line['record']})"
        demand(line["seq"] == place, f"{where}: it says it is line {line['seq']}, so one is missing or moved")
        demand(line["previous"] == previous, f"{where}: it does not follow the line before it")
        facts = {name: line[name] for name in FACTS if name != "chain"}
        demand(digest(canonical({**facts, "chain": chain})) == line["hash"], f"{where}: it was changed")
        erased = line["payload"] is None and line["salt"] is None
        whole = erased or digest((line["salt"] or "") + (line["payload"] or "")) == line["payload_hash"]
        demand(whole, f"{where}: its content (reason, before, after) was changed")
        previous = line["hash"]


def excuse(chain, lines, told):
    """Of what an export tells, content is gone only where a later line says that it was erased."""
    unknown, erased = False, set()
    for line in reversed(lines):
        where = f"line {line['seq']} of chain {chain} ({line['what']} of {line['record']})"
        gone = line["payload"] is None and line["record"] in told
        demand(not gone or unknown or line["seq"] in erased, f"{where}: its content was taken away")
        if line["what"] in ERASERS and line["payload"] is None:
            unknown = True  # which lines it erased is none of this export's matter
        elif line["what"] in ERASERS:
            erased.update((json.loads(line["payload"]).get("after") or {}).get("lines", ()))


def reach(head, chains, keys):
    """A signed head: the chain came that far, with that hash, on that day."""
    where = f"the signed head of chain {head['chain']} on {head['day']}"
    lines = chains.get(head["chain"], [])
    demand(0 < head["seq"] <= len(lines), f"{where}: it says {head['seq']} lines, and there are {len(lines)}")
    found = lines[head["seq"] - 1]["hash"]
    demand(found == head["hash"], f"line {head['seq']} of chain {head['chain']}: {where} says another hash")
    signed(head, where, keys)


def tell(record, told, chains):
    """A line of a story: the line of the chain it says it is."""
    if not told["seq"]:
        return
    where = f"the story of {record.get('number', record['id'])}, line {told['seq']} of chain {told['chain']}"
    lines = chains.get(told["chain"], [])
    demand(told["seq"] <= len(lines), f"{where}: there is no such line")
    line = lines[told["seq"] - 1]
    same = all(told[name] == line[name] for name in ("at", "person", "what"))
    why = json.loads(line["payload"] or "{}").get("why", "")
    demand(
        same and told["why"] == why and line["record"] == record["id"], f"{where}: it tells something else"
    )


def seal(export, keys):
    """The mark of the key that sealed the whole content; "" where it has no signature."""
    content = {name: value for name, value in export.items() if name != "seal"}
    given = export["seal"]
    lines = sum(len(one["lines"]) for one in export["chains"])
    where = "the seal over the whole export"
    demand(given["sha256"] == hashlib.sha256(written(content)).hexdigest(), f"{where}: something was changed")
    demand(given["lines"] == lines, f"{where}: it says {given['lines']} lines, and there are {lines}")
    if not given["signature"]:
        demand(not keys, f"{where}: it has no signature, and one was asked for")
        return ""
    signed({**given, "chain": "export", "seq": lines, "hash": given["sha256"]}, where, keys)
    return given["mark"]


def signed(head, where, keys):
    """The signature is that key's, its mark too, and it is one of the keys that were asked for."""
    public = base64.b64decode(head["key"], validate=True)
    demand(hashlib.sha256(public).hexdigest()[:16] == head["mark"], f"{where}: the mark is not that key's")
    demand(not keys or head["mark"] in keys, f"{where}: signed with another key, {head['mark']}")
    told = ("parley signed head 1", head["chain"], str(head["seq"]), head["hash"], head["day"])
    message = "".join(f"{line}\n" for line in told).encode()
    fine = ed25519(public, base64.b64decode(head["signature"], validate=True), message)
    demand(fine, f"{where}: the signature does not hold")


def summary(export, chains, heads, sealed):
    """One paragraph for a person."""
    lines = sum(len(one) for one in chains.values())
    marks = sorted({head["mark"] for head in heads} | ({sealed} if sealed else set()))
    held = [counted(len(export[kind]), kind[:-1]) for kind in KINDS if export.get(kind)]
    sentence = f"whole: {', '.join(held)}, {counted(lines, 'line')} in "
    sentence += f"{counted(len(chains), 'chain')}, {counted(len(heads), 'signed head')}"
    if not sealed:
        sentence += "; no signed seal, so what is not in a chain (names, sentences) is not proven"
    if marks:
        sentence += f"; signed with key {', '.join(marks)}: compare it with what you were told, or use --key"
    return sentence


def counted(count, noun):
    """ "1 line", "2 lines"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def demand(fine, words):
    """Raises Broken with those words where it is not."""
    if not fine:
        raise Broken(words)


def canonical(value):
    """JSON as the chain hashes it: keys sorted, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def written(value):
    """JSON as the export is written: the same in UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def digest(words):
    """SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def ed25519(public, signature, message):
    """Whether it is that key's signature of that message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decoded(public), decoded(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), plus(r, times(h, a)))


def plus(one, two):
    """The sum of two points."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor, point):
    """A point added to itself that often."""
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = plus(total, point)
        point, factor = plus(point, point), factor >> 1
    return total


def same(one, two):
    """Whether two points are one."""
    return not ((one[0] * two[2] - two[0] * one[2]) % P or (one[1] * two[2] - two[1] * one[2]) % P)


def decoded(text):
    """The point that 32 bytes stand for; None where they stand for none."""
    y = int.from_bytes(text, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * I % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


BASE = decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

if __name__ == "__main__":
    sys.exit(main())
