"""The log on stderr: lines for a terminal, JSON for a machine, and in neither a word that people wrote."""

import json
import logging
import sys
import time
import traceback
from typing import Literal

Form = Literal["", "plain", "json"]

# Who is quoted: we ourselves, and libraries that never see a message. Any other might repeat one.
QUOTED = ("parley", "adapters", "uvicorn", "apscheduler")
TALKATIVE = ("apscheduler", "httpx", "uvicorn")  # each tells of everything it does


def start(form: Form = "", talkative: int = logging.WARNING) -> None:
    """Log to stderr from now on; without a `form` a terminal gets plain lines and anything else JSON."""
    written = form or ("plain" if sys.stderr.isatty() else "json")
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if written == "json" else Plain())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(talkative)


class Plain(logging.Formatter):
    """As a person reads it: time (UTC), level, logger, message."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{instant(record)} {record.levelname} {record.name} {told(record)}"


class Json(logging.Formatter):
    """One object to a line: time (UTC), level, logger, message, and the reference of a fault."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": instant(record),
            "level": record.levelname,
            "logger": record.name,
            "message": told(record),
            "reference": getattr(record, "reference", ""),
        }
        return json.dumps(said, ensure_ascii=False)


def instant(record: logging.LogRecord) -> str:
    """When it was said, to the millisecond."""
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z"


def told(record: logging.LogRecord) -> str:
    """What was said, and what went wrong; of a stranger's words, only where they were said."""
    said = record.getMessage() if is_quoted(record.name) else f"({record.module}:{record.lineno})"
    return "\n".join(part for part in (said.strip(), fault(record)) if part)


def is_quoted(logger: str) -> bool:
    """Whether what this logger says may be repeated."""
    return logger.split(".")[0] in QUOTED


def fault(record: logging.LogRecord) -> str:
    """Kind and place of an error; its own text is left out, because it may quote a message."""
    kind, _, steps = record.exc_info or (None, None, None)
    return f"{kind.__name__}\n{''.join(traceback.format_tb(steps))}".rstrip() if kind else ""
