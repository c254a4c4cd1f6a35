"""How fast a dossier is written down in each format, and by how much the process that does it grows."""

import resource
import tempfile
import time
from typing import Any

from adapters.documents import writing
from adapters.documents.record import Signer
from bot.dossier import Dossier
from bot.governance.export import Format

Json = dict[str, Any]
AIMS = {Format.PDF: 60.0, Format.JSON: 5.0}  # seconds for 10,000 lines of the record


def measured(dossier: Dossier, signer: Signer) -> Json:
    """Seconds and bytes of each format; megabytes by which we grew, and of the process that sets the PDF."""
    before = _megabytes(resource.RUSAGE_SELF)
    formats = {kind.value: _written(dossier, kind, signer) for kind in Format}
    return {
        "lines": sum(len(item.story) for item in dossier.items),
        "issues": len(dossier.items),
        "formats": formats,
        "grew_mb": _megabytes(resource.RUSAGE_SELF) - before,
        "press_mb": _megabytes(resource.RUSAGE_CHILDREN),
        "sound": all(formats[kind.value]["seconds"] <= most for kind, most in AIMS.items()),
    }


def _written(dossier: Dossier, kind: Format, signer: Signer) -> Json:
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        writing.write(dossier, kind, signer, out)
        return {"seconds": round(time.perf_counter() - began, 2), "bytes": out.tell()}


def _megabytes(who: int) -> int:
    """The most that was ever resident; Linux counts it in kilobytes."""
    return resource.getrusage(who).ru_maxrss // 1024
