"""What a document calls the body that it is about, and where it speaks of that body.

A department of one unit is one body with it, and the edition's word holds. In a document of a
department of several units 本单位 would be any of them: people write 本部门, also where the
edition's fixed words do not. The words of a unit, in its rows and its projects, are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from budget.document import CellKind
from budget.rules.passages import Passage, PassageKind, passages
from budget.rules.printed import Subject
from budget.terms import Scope

OWN: Final = frozenset({"本部门", "本单位"})
REASON: Final = re.compile(r"(?:主要是|原因是|主要用于)[^。]*")
TYPED_PARAGRAPHS: Final = ("mandate",)
UNIT_CODE: Final = re.compile(r"\d{6}")


def own_word(subject: Subject) -> str:
    """Return the word by which people call the body: the edition's, unless it says too little."""
    wording = subject.edition.wording[subject.document.scope]
    return f"本{wording.body}" if _is_of_several_units(subject) else wording.own


def foreign_words(subject: Subject) -> Iterator[tuple[Passage, list[str]]]:
    """Yield the passages in which the body is called by another word, and the words."""
    own = own_word(subject)
    edited = subject.edition.wording[subject.document.scope].own
    units = _units(subject) - {subject.document.name}
    for passage in _speaking(subject):
        text = passage.text if own == edited else _typed(passage)
        others = [word for word in sorted(OWN - {own}) if _says(text, word, units)]
        if others:
            yield passage, others


def _speaking(subject: Subject) -> Iterator[Passage]:
    if _is_of_several_units(subject):
        return passages(subject, PassageKind.SENTENCE)
    return passages(subject, PassageKind.SENTENCE, PassageKind.DATED, PassageKind.CELL)


def _typed(passage: Passage) -> str:
    """Return what people typed of a paragraph whose other words are the edition's."""
    if passage.address.split(".")[0] in TYPED_PARAGRAPHS:
        return passage.text
    return "。".join(REASON.findall(passage.typed))


def _says(text: str, word: str, units: frozenset[str]) -> bool:
    """True where a sentence says the word without naming, before it, a unit that it stands for."""
    for sentence in text.split("。"):
        before, said, _ = sentence.partition(word)
        if said and not (word == "本单位" and any(unit in before for unit in units)):
            return True
    return False


def _is_of_several_units(subject: Subject) -> bool:
    is_department = subject.document.scope is Scope.DEPARTMENT
    return is_department and len(_units(subject)) > 1


def _units(subject: Subject) -> frozenset[str]:
    return subject.once(_read_units)


def _read_units(subject: Subject) -> frozenset[str]:
    """Return the names of the department's units as its tables print them."""
    return frozenset(
        cell.text
        for table in subject.document.tables
        for row in table.rows
        if UNIT_CODE.fullmatch(row.key)
        for cell in row.cells
        if cell.kind is CellKind.TEXT and cell.text
    )
