"""The process of its own that sets the PDF: what to set on stdin as JSON, the file on stdout."""

import os
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("paper.typ")


def main() -> None:
    """Nothing of the machine goes in: no font, no clock. Text is data and never markup."""
    os.nice(5)  # the bot's answers come first
    told = sys.stdin.buffer.read()
    sources = {"main.typ": TEMPLATE.read_bytes(), "told.json": told}
    set_ = typst.compile(  # type: ignore[call-overload]  # takes a dict, its documentation says
        sources,
        ignore_system_fonts=True,
        timestamp=0,
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(set_)


if __name__ == "__main__":
    main()
