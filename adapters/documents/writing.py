"""A dossier written down: in which format, under what name, into which open file."""

import re
import shutil
import tempfile
from typing import BinaryIO

from adapters.documents import paper, record, sheets
from adapters.documents.record import Signer
from bot.dossier import Dossier
from bot.governance.export import Format

MEDIA = {Format.PDF: "application/pdf", Format.JSON: "application/json", Format.CSV: "application/zip"}
ENDINGS = {Format.PDF: "pdf", Format.JSON: "json", Format.CSV: "zip"}
LONGEST = 60  # characters of what it is about, in its name


def write(dossier: Dossier, kind: Format, signer: Signer, out: BinaryIO) -> None:
    """The whole file. Raises a Refusal before the first byte, or writes all of it."""
    match kind:
        case Format.PDF:
            paper.write(dossier, signer, out)
        case Format.JSON:
            out.writelines(record.chunks(dossier, signer))
        case Format.CSV:
            with tempfile.TemporaryFile() as packed:
                sheets.write(dossier, packed)
                packed.seek(0)
                shutil.copyfileobj(packed, out)


def name(dossier: Dossier, kind: Format) -> str:
    """ "parley-nor-iss-008.pdf": letters every system takes; of one issue its number, never its title."""
    told = dossier.items[0].record.number if len(dossier.items) == 1 else dossier.about
    about = re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-")[:LONGEST].strip("-")
    return f"parley-{about or 'export'}.{ENDINGS[kind]}"
