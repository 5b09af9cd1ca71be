"""The table of spellings, for the tests in Python, in the browser and of imports."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).with_name("spellings.csv")
ESCAPE: Final = re.compile(r"\\u([0-9a-f]{4})|\\([trn])")
CONTROLS: Final = {"t": "\t", "r": "\r", "n": "\n"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One text, and the value read from it or (part of) the reason why it is refused.

    ``kind`` is amount, count, day or weight; ``unit`` the sheet's, of amounts only; ``value`` is
    yuan with two places, an integer, an ISO day or a score, "" for nothing.
    """

    kind: str
    unit: str
    typed: str
    value: str
    reason: str

    def __str__(self) -> str:
        """Return what names the case in a report of tests."""
        return f"{self.kind}{self.unit}:{self.typed!a}"


def _unescaped(text: str) -> str:
    return ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else CONTROLS[found[2]], text
    )


def _read() -> tuple[Spelling, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Spelling(**{**row, "typed": _unescaped(row["typed"])}) for row in csv.DictReader(file)
        )


SPELLINGS: Final = _read()
