"""Typst on the same content: what the PDF figures are measured against.

Typst remembers what it has laid out, across calls; the product's full render does not. So each
compilation gets other words made of the document's own characters, as many and as wide as before.
"""

from __future__ import annotations

import json
import shutil
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from bench.documents import ROOT
from budget.document import Disclosure
from budget.render import json as json_format

TEMPLATE = ROOT / "bench" / "typst" / "disclosure.typ"
FACES = ROOT / "build" / "fonts" / "faces"
SAID = frozenset({"text", "lead", "title", "subject", "note", "contents_note"})


class Yardstick:
    """The document laid out by Typst in a folder of its own."""

    def __init__(self, disclosure: Disclosure, folder: Path) -> None:
        self.folder = folder
        self.data = json_format.as_object(disclosure)
        self.rounds = 0
        (folder / "charts").mkdir()
        for chart in disclosure.charts:
            (folder / "charts" / f"{chart.code}.svg").write_text(chart.svg, encoding="utf-8")
        self.template = Path(shutil.copy(TEMPLATE, folder))
        self.write(self.data)
        self.compiler = typst.Compiler(
            str(self.template),
            root=str(folder),
            font_paths=[str(FACES)],
            ignore_system_fonts=True,
        )

    def write(self, data: Any) -> None:
        """Put the content where the template reads it."""
        written = json.dumps(data, ensure_ascii=False)
        (self.folder / "disclosure.json").write_text(written, encoding="utf-8")

    def turn(self) -> None:
        """Change all words for the next compilation."""
        self.rounds += 1
        table = turned(characters(self.data), self.rounds)
        self.write(translated(self.data, table))

    def compile(self) -> bytes:
        """Return the PDF."""
        pdf = self.compiler.compile(format="pdf")
        assert isinstance(pdf, bytes), "one document is one file"
        return pdf


def characters(data: Any) -> list[str]:
    """Return the hanzi of the document in order."""
    return sorted({char for text in _said(data) for char in text if "\u4e00" <= char <= "\u9fff"})


def turned(hanzi: list[str], by: int) -> dict[int, str]:
    """Return what each hanzi and each digit becomes: the one so many places further on."""
    table: dict[int, str] = {}
    for letters in (hanzi, list(string.digits)):
        place = by % len(letters)
        moved = letters[place:] + letters[:place]
        table |= {ord(old): new for old, new in zip(letters, moved, strict=True)}
    return table


def translated(data: Any, table: dict[int, str]) -> Any:
    """Return the content with the words, and nothing else, changed."""
    if isinstance(data, list):
        return [
            part.translate(table) if isinstance(part, str) else translated(part, table)
            for part in data
        ]
    if isinstance(data, dict):
        return {
            key: value.translate(table)
            if key in SAID and isinstance(value, str)
            else translated(value, table)
            for key, value in data.items()
        }
    return data


def _said(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for part in data:
            yield from _said(part)
    elif isinstance(data, dict):
        for value in data.values():
            yield from _said(value)
