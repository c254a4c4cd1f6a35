"""How a fault is logged: under a reference, with where it happened and nobody's words."""

import logging
import secrets
import traceback

from bot.errors import Busy

LOG = logging.getLogger("parley")


def note(what: str, error: BaseException) -> str:
    """Log a fault and give its reference. An error's own text is left out: it may quote a message."""
    reference = secrets.token_hex(4)
    beside = {"reference": reference}
    if isinstance(error, Busy):
        LOG.warning("%s: %s: the record cannot be reached, trying again later", reference, what, extra=beside)
        return reference
    where = "".join(traceback.format_tb(error.__traceback__))
    LOG.error("fault %s: %s: %s\n%s", reference, what, type(error).__name__, where, extra=beside)
    return reference
