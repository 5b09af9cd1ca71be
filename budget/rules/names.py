"""科目名称: a code has one name wherever it is printed, and that of its year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from budget.book import Renaming
from budget.codes import LEVELS
from budget.document import Cell, CellKind, FigureKind, Paragraph, Row
from budget.rules.finding import Finding, Fix, NotChecked, Outcome, Side
from budget.rules.passages import Passage, PassageKind, passages
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.sentences import EXECUTED, before, figures_of, paragraphs
from budget.terms import Needs, Severity

NUMBER: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d+[、.．]\s*|（[一二三四五六七八九十]+）)"
)
LABEL: Final = re.compile(r"[^，；：。、\ufffc]*$")
LEVELLED: Final = re.compile(r"([^“”（）]+(?:（[^类款项]+）[^“”（）]*)?)（[类款项]）")
TELLING: Final = re.compile(r"^.{3,}支出$")
"""Old names that only a code can have had; 文化, 法律援助 or 专项业务活动 are everyday words."""
SENTENCE: Final = "文字说明"
"""The place of a name in a sentence: its address is that of the amount behind it."""
READ: Final = (
    PassageKind.SENTENCE,
    PassageKind.DATED,
    PassageKind.HEADING,
    PassageKind.CELL,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A name printed for a code and where."""

    code: str
    name: str
    address: str
    place: str


@rule(
    "WRD011",
    Severity.ERROR,
    "一个科目在各处的名称相同",
    explain="科目名称以当年政府收支分类科目为准，各表和说明写法一致。",
    basis="政府收支分类科目；部门预算各表与说明",
    example="收入总表 2010301 为行政运行，支出总表同一编码写成一般行政管理事务。",
)
def a_code_has_one_name(subject: Subject) -> Iterable[Outcome]:
    """All tables and sentences give a code the same name (N25)."""
    namings = subject.once(_namings)
    if not namings:
        yield NotChecked("文件中没有科目名称")
    by_code: dict[str, list[Naming]] = {}
    for naming in namings:
        by_code.setdefault(naming.code, []).append(naming)
    bearing: dict[str, set[str]] = {}
    for naming in namings:
        bearing.setdefault(naming.name, set()).add(naming.code)
    usual = {code: _usual(group, bearing) for code, group in by_code.items()}
    for code, group in by_code.items():
        for naming in group:
            if naming.name != usual[code].name:
                yield _differing(naming, usual[code])


@rule(
    "WRD012",
    Severity.ERROR,
    "科目名称不用旧名",
    explain="科目改名后沿用旧名的，改为当年名称。",
    basis="当年政府收支分类科目与科目变动表",
    example="2023年的说明里写“医疗卫生与计划生育支出”。",
    needs=Needs.BOOK,
)
def no_old_names(subject: Subject) -> Iterable[Outcome]:
    """No sentence and no table gives a code a name that it had in earlier years (N25)."""
    assert subject.book is not None, "the rule needs a book"
    catalogue = subject.book.catalogue
    if not catalogue.renamings:
        yield NotChecked("没有科目变动表")
        return
    namings = subject.once(_namings)
    renamed = {(each.code, each.old): each.new for each in catalogue.renamings}
    for naming in namings:
        new = renamed.get((naming.code, naming.name))
        if new is not None:
            yield _old(naming.place, naming.address, naming.name, new)
    named = {naming.address for naming in namings}
    telling = [each for each in catalogue.renamings if _is_telling(each)]
    for passage in passages(subject, *READ):
        if passage.address not in named:
            yield from _old_in(passage, telling)


def _is_telling(each: Renaming) -> bool:
    return is_function(each.code) and bool(TELLING.search(each.old))


def _old_in(passage: Passage, renamings: Iterable[Renaming]) -> Iterator[Finding]:
    for each in renamings:
        if each.old in passage.text:
            yield _old(passage.label, passage.address, each.old, each.new)


def _old(label: str, address: str, old: str, new: str) -> Finding:
    return Finding(
        (address,),
        Side(label, old, address=address),
        Side("当年名称", new),
        advice="改为当年名称",
    )


def _namings(subject: Subject) -> tuple[Naming, ...]:
    return tuple(_naming(subject))


def _naming(subject: Subject) -> Iterator[Naming]:
    for table in subject.document.tables:
        for row in table.rows:
            for cell in _naming_cells(row):
                code = cell.address.split("/")[1]
                yield Naming(code, NUMBER.sub("", cell.text), cell.address, table.name)
    for paragraph in paragraphs(subject.document):
        yield from _said(paragraph)


def _naming_cells(row: Row) -> Iterator[Cell]:
    """Yield the cells that name the code of their own row."""
    for cell in row.cells:
        if cell.kind is CellKind.TEXT and cell.text and not cell.is_covered and cell.address:
            key = cell.address.split("/")[1]
            if _is_code(key):
                yield cell


def _is_code(key: str) -> bool:
    return key.isdigit() and len(key) in LEVELS


def is_function(code: str) -> bool:
    """True for a code of the functional classification, whose 类 are 2xx."""
    return code.startswith("2")


def _said(paragraph: Paragraph) -> Iterator[Naming]:
    """Yield the names before the amounts of codes: a plain one, or one for each level."""
    for figure in figures_of(paragraph):
        code = figure.key.rpartition(".")[2]
        if figure.kind is not FigureKind.AMOUNT or not _is_code(code) or _is_executed(figure.key):
            continue
        lead = before(paragraph, figure)
        levelled = LEVELLED.findall(lead)
        if levelled:
            for length, name in zip((3, 5, 7), levelled, strict=False):
                yield Naming(code[:length], name, figure.address, SENTENCE)
        elif (found := LABEL.search(lead)) and found.group():
            yield Naming(code, found.group(), figure.address, SENTENCE)


def _is_executed(key: str) -> bool:
    """True for last year's execution, which stands behind a year and not behind a name."""
    return key.startswith(EXECUTED)


def _usual(group: list[Naming], bearing: dict[str, set[str]]) -> Naming:
    """Return the naming that most places share; of equals one whose name no other code bears."""
    names = [naming.name for naming in group]
    return max(group, key=lambda each: (names.count(each.name), len(bearing[each.name]) == 1))


def _differing(naming: Naming, usual: Naming) -> Finding:
    return Finding(
        (naming.address, usual.address),
        Side(f"{naming.place}“{naming.code}”", naming.name, "", naming.address),
        Side(f"{usual.place}“{usual.code}”", usual.name, "", usual.address),
        advice="改为同一名称，以当年科目为准",
        fix=None if naming.place == SENTENCE else Fix(naming.address, usual.name),
    )
