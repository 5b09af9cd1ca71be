"""The passages of a document that rules on words read, each with its address and what it is.

All that people typed stands printed in sentences, headings and cells, so passages are read from
the document, with a book or without. Names of codes in tables are no passages: they are a list's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from budget.document import Cell, CellKind, Disclosure, RowKind, Table
from budget.registry import Registry
from budget.rules.finding import NotChecked
from budget.rules.printed import Subject
from budget.rules.sentences import NO_TEXT, declared_as, paragraphs, wording, words
from budget.terms import Term


class PassageKind(Term):
    """Who wrote a passage and what it may speak of."""

    SENTENCE = "sentence", "文字说明"
    DATED = "dated", "立项依据、方案与周期"
    HEADING = "heading", "标题"
    CELL = "cell", "表内文字"
    FIXED = "fixed", "版式固定文字"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as it reads, where it stands and what it is called.

    ``typed`` has a GAP for each figure that was worked out, so that numbers in it are typed ones.
    """

    address: str
    label: str
    text: str
    typed: str
    kind: PassageKind


Unreadable = Callable[[Subject], Iterable[str]]
UNREADABLE: Registry[Unreadable] = Registry("残缺文字")
"""Who knows the addresses of texts that a conversion damaged: they are not judged."""

DATED_PARAGRAPHS: Final = frozenset(
    {"project-overview", "project-basis", "project-plan", "project-period"}
)
FIXED_PARAGRAPHS: Final = frozenset({"terms-explained"})
DATED_ROWS: Final = frozenset({"long_term_goal", "period"})
LISTED: Final = frozenset({RowKind.TOTAL, RowKind.CATEGORY, RowKind.SECTION, RowKind.ITEM})


def passages(subject: Subject, *kinds: PassageKind) -> Iterator[Passage]:
    """Yield the passages of some kinds in printed order, damaged ones left out."""
    chosen = subject.once(_chosen)
    if kinds not in chosen:
        readable = subject.once(_readable)
        chosen[kinds] = tuple(passage for passage in readable if passage.kind in kinds)
    return iter(chosen[kinds])


def with_signs(
    subject: Subject, signs: re.Pattern[str], kinds: Iterable[PassageKind]
) -> Iterator[Passage]:
    """Yield the passages in which one of some signs stands, without which there is nothing to find.

    Most passages have none: a look for single signs spares them the patterns of a rule.
    """
    return (passage for passage in passages(subject, *kinds) if signs.search(passage.text))


def untold(subject: Subject) -> Iterator[NotChecked]:
    """Say that a document has no sentences, so that rules on words saw cells at most."""
    if next(paragraphs(subject.document), None) is None:
        yield NO_TEXT


def unreadable(subject: Subject) -> frozenset[str]:
    """Return the addresses of texts that are not to be judged."""
    return frozenset(address for known in UNREADABLE.values() for address in known(subject))


def _readable(subject: Subject) -> tuple[Passage, ...]:
    damaged = unreadable(subject)
    return tuple(each for each in _all(subject.document) if each.address not in damaged)


def _chosen(subject: Subject) -> dict[tuple[PassageKind, ...], tuple[Passage, ...]]:
    """Return a place to keep passages by the kinds that rules ask for."""
    return {}


def _all(document: Disclosure) -> Iterator[Passage]:
    yield from _headings(document)
    yield from _sentences(document)
    for table in document.tables:
        yield from _of_table(table)


def _headings(document: Disclosure) -> Iterator[Passage]:
    titles = [("cover", "封面", line) for line in (document.title, *document.cover)]
    titles += [(part.key, "标题", part.title) for part in document.parts]
    titles += [(section.key, "标题", section.title) for section in document.sections]
    for address, label, title in titles:
        if title:
            yield Passage(address, label, title, title, PassageKind.HEADING)
    if document.contents_note:
        yield _fixed("contents", "目录附注", document.contents_note)


def _sentences(document: Disclosure) -> Iterator[Passage]:
    known = DATED_PARAGRAPHS | FIXED_PARAGRAPHS
    for paragraph in paragraphs(document):
        code = declared_as(paragraph, known)
        kind = PassageKind.SENTENCE
        if code:
            kind = PassageKind.FIXED if code in FIXED_PARAGRAPHS else PassageKind.DATED
        label = paragraph.lead.rstrip("：。") or kind.label
        yield Passage(paragraph.key, label, wording(paragraph), words(paragraph), kind)


def _of_table(table: Table) -> Iterator[Passage]:
    heads = (cell.text for row in table.head for cell in row if _is_heading(cell))
    fixed = {"title": table.title, "note": table.note, "head": "|".join(heads)}
    for place, text in fixed.items():
        if text:
            yield _fixed(f"{table.code}/{place}", table.name, text)
    for row in table.rows:
        if row.kind not in LISTED:
            for cell in row.cells:
                if _is_typed(cell):
                    yield _cell(table, cell)


def _is_heading(cell: Cell) -> bool:
    return cell.kind is CellKind.HEAD and not cell.is_covered


def _is_typed(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and bool(cell.text and cell.address) and not cell.is_covered


def _cell(table: Table, cell: Cell) -> Passage:
    row = cell.address.split("/")[1]
    kind = PassageKind.DATED if row in DATED_ROWS else PassageKind.CELL
    return Passage(cell.address, table.name, cell.text, cell.text, kind)


def _fixed(address: str, label: str, text: str) -> Passage:
    return Passage(address, label, text, text, PassageKind.FIXED)
