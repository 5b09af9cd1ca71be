"""Which row of a workbook's sheet is which row of a table of goals.

Units are known by their codes, projects and indicators by their order: their codes are not printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from budget.book import Project
from budget.imports.workbook.heads import Located
from budget.imports.workbook.known import Known
from budget.imports.workbook.rows import everywhere, has_amount, once
from budget.imports.workbook.skeleton import RowRead, Skeleton, skeleton, unit_of
from budget.imports.workbook.words import is_total, plain, unnumbered
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.questions import PROJECT, SPENT
from budget.tables.spec import Label, RowPlan, Setting
from budget.terms import ProjectCategory, Term
from performance.goals import Aspect, Dimension, Goals, Indicator, OverallGoal, ProjectGoal
from performance.parts import GOALS
from performance.tables.t09_project_goals import TALL as TALL_OF_PROJECTS
from performance.tables.t09_project_goals import TOTAL, ProjectBlocks
from performance.tables.t10_overall_goals import TALL as TALL_OF_UNITS
from performance.tables.t10_overall_goals import UnitBlocks
from performance.tables.t18_project_goal_sheet import Sheet as ProjectSheet

Kind = TypeVar("Kind", bound=Term)
ONE = Decimal(1)


@dataclass
class Block:
    """A unit or a project while its rows are read: its key, its words, its rows of indicators."""

    key: str
    unit: str
    name: str
    rows: list[int] = field(default_factory=list)


# ---- blocks of indicators


@skeleton.register
def _project_goals(rows: ProjectBlocks, table: Located, known: Known) -> Skeleton:
    """合计, then each unit and its projects; the first row of a unit is its own."""
    read = Skeleton()
    check = once(table)
    blocks: list[Block] = []
    for row in table.rows:
        unit, name = plain(table.text(row, "unit")), table.text(row, "name")
        if is_total(unit) or (not unit and is_total(name)):
            check(row, TOTAL, "unit")
            read.rows.append(RowRead(row, TOTAL, everywhere(table, TOTAL)))
        elif unit.isdigit() and unit not in read.units:
            read.units[unit] = name
            if _has_indicator(table, row) or table.text(row, "goal"):
                blocks.append(_project_block(blocks, unit, name, row))
            else:
                read.rows.append(RowRead(row, unit, everywhere(table, unit)))
        elif unit.isdigit() and not _continues(blocks, table, row, unit, name):
            blocks.append(_project_block(blocks, unit, name, row))
        elif blocks and _has_indicator(table, row):
            blocks[-1].rows.append(row)
        elif has_amount(table, row):
            raise UnreadableWorkbook(f"{table.at(row, 'unit')} 有金额而没有单位编码")
    goals = [_project_goal(read, table, block) for block in blocks]
    read.rows.sort(key=lambda each: each.number)
    read.parts[GOALS] = Goals(projects=tuple(goals))
    return read


def _project_block(blocks: Sequence[Block], unit: str, name: str, row: int) -> Block:
    number = 1 + sum(1 for block in blocks if block.unit == unit)
    return Block(f"{unit}-{number:02}", unit, name, [row])


def _continues(blocks: Sequence[Block], table: Located, row: int, unit: str, name: str) -> bool:
    """True for a row that repeats its project's words before a further indicator."""
    if not blocks or (blocks[-1].unit, blocks[-1].name) != (unit, name):
        return False
    same = ("", table.text(blocks[-1].rows[0], "total"))
    return _has_indicator(table, row) and table.text(row, "total") in same


def _project_goal(read: Skeleton, table: Located, block: Block) -> ProjectGoal:
    read.projects.append(_a_project(block))
    read.add(SPENT & PROJECT, unit=block.unit, project=block.key)
    indicators = _indicators(read, table, block, TALL_OF_PROJECTS)
    return ProjectGoal(unit=block.unit, project=block.key, goal="", indicators=indicators)


def _a_project(block: Block) -> Project:
    return Project(
        code=block.key,
        unit=block.unit,
        name=block.name,
        category=ProjectCategory.OTHER_PURPOSE,
    )


@skeleton.register
def _overall_goals(rows: UnitBlocks, table: Located, known: Known) -> Skeleton:
    """A block for each unit."""
    read = Skeleton()
    blocks: list[Block] = []
    for row in table.rows:
        unit = plain(table.text(row, "unit"))
        if unit.isdigit() and unit not in read.units:
            read.units[unit] = table.text(row, "name")
            blocks.append(Block(unit, unit, read.units[unit], [row]))
        elif blocks and _has_indicator(table, row) and unit in ("", blocks[-1].unit):
            blocks[-1].rows.append(row)
        elif has_amount(table, row):
            raise UnreadableWorkbook(f"{table.at(row, 'unit')} 有金额而没有单位编码")
    goals = tuple(
        OverallGoal(
            unit=block.unit, goal="", indicators=_indicators(read, table, block, TALL_OF_UNITS)
        )
        for block in blocks
    )
    for block in blocks:
        read.add(SPENT, unit=block.unit)
    read.parts[GOALS] = Goals(overall=goals)
    return read


def _has_indicator(table: Located, row: int) -> bool:
    return any(table.text(row, key) for key in ("dimension", "aspect", "indicator", "target"))


def _indicators(
    read: Skeleton, table: Located, block: Block, tall: Iterable[str]
) -> tuple[Indicator, ...]:
    """Add a block's rows to what was read, and return an indicator for each of them."""
    if not _has_indicator(table, block.rows[0]) and len(block.rows) == 1:
        read.rows.append(RowRead(block.rows[0], block.key, everywhere(table, block.key)))
        return ()
    indicators = _of_rows(table, block.rows, "dimension", "aspect")
    for row, indicator in zip(block.rows, indicators, strict=True):
        key = f"{block.key}.{indicator.code}"
        places = {**everywhere(table, key), **dict.fromkeys(tall, block.key)}
        read.rows.append(RowRead(row, key, places))
    return indicators


def _of_rows(
    table: Located, rows: Sequence[int], dimension: str, aspect: str
) -> tuple[Indicator, ...]:
    """Return an indicator per row, whose labels are merged just where the sheet has them one."""
    firsts = [table.text(row, dimension) for row in rows]
    seconds = [table.text(row, aspect) for row in rows]
    dimensions = _terms(Dimension, firsts, [not first for first in firsts])
    follow = [
        not second and before is this
        for second, (before, this) in zip(seconds[1:], pairwise(dimensions), strict=True)
    ]
    aspects = _terms(Aspect, seconds, [False, *follow])
    return tuple(
        Indicator(code=f"{number:02}", dimension=first, aspect=second, name="")
        for number, (first, second) in enumerate(zip(dimensions, aspects, strict=True), start=1)
    )


def _terms(kind: type[Kind], labels: Sequence[str], follows: Sequence[bool]) -> list[Kind]:
    """Return a term for each label; an unknown label gets one that is not its neighbour's.

    Only whether neighbours share a cell rests on it: what is shown is the sheet's own word.
    """
    members = list(kind)
    known = {plain(member.label): member for member in members}
    found: list[Kind] = []
    for place, (label, follow) in enumerate(zip(labels, follows, strict=True)):
        before = found[-1] if found else None
        if follow and before is not None:
            found.append(before)
        elif plain(label) in known:
            found.append(known[plain(label)])
        else:
            same = place > 0 and label and label == labels[place - 1]
            other = next(member for member in members if member is not before)
            found.append(before if same and before is not None else other)
    return found


# ---- the sheet of one project


@skeleton.register
def _project_sheet(rows: ProjectSheet, table: Located, known: Known) -> Skeleton:
    """Facts are known by their labels, indicators by their order below the row of their heads."""
    read = Skeleton()
    unit = unit_of(known)
    number = 1 + sum(1 for code in known.projects.values())
    code = known.projects.setdefault(table.project, f"project-{number}")
    read.units[unit] = known.name
    facts, below = _parted(table)
    read.project = replace(
        _a_project(Block(code, unit, table.project)),
        total_appropriated=_one_if_stated(table, facts, "财政资金"),
        total_other=_one_if_stated(table, facts, "其他资金"),
    )
    read.projects.append(read.project)
    read.add(SPENT & PROJECT, unit=unit, project=code)
    indicators = _of_rows(table, below, "first", "first_value") if below else ()
    goal = ProjectGoal(unit=unit, project=code, goal=" ", long_term_goal=" ", indicators=indicators)
    read.parts[GOALS] = Goals(projects=(goal,))
    form = table.form
    setting = Setting(read.book(known), form.spec, form.use, form.edition, read.project)
    _match_facts(read, table, facts, list(rows.plans(setting)))
    for row, indicator in zip(below, indicators, strict=True):
        read.rows.append(RowRead(row, indicator.code, everywhere(table, indicator.code)))
    return read


def _parted(table: Located) -> tuple[list[int], list[int]]:
    """Return the rows of facts, with that of the indicators' heads, and those below it."""
    rows = table.rows
    for place, row in enumerate(rows):
        if plain(table.text(row, "first")) == "一级指标":
            below = [each for each in rows[place + 1 :] if table.text(each, "second")]
            return rows[: place + 1], below
    return rows, []


def _one_if_stated(table: Located, rows: Iterable[int], label: str) -> Decimal | None:
    """Return an amount for a project's funds over all years where the sheet states any."""
    stated = any(
        unnumbered(table.text(row, "first")) == label and table.text(row, "first_value")
        for row in rows
    )
    return ONE if stated else None


def _match_facts(
    read: Skeleton, table: Located, rows: Iterable[int], plans: Sequence[RowPlan]
) -> None:
    sides = (("first", "first_value"), ("second", "second_value"))
    labelled = {
        (side, unnumbered(label.text)): plan
        for plan in plans
        for side, _ in sides
        if isinstance(label := plan.values.get(side), Label) and label.text
    }
    check = once(table)
    for row in rows:
        places: dict[str, str] = {}
        key = ""
        for side, value in sides:
            plan = labelled.get((side, unnumbered(table.text(row, side))))
            if plan is not None:
                place = plan.places.get(value, plan.key)
                check(row, f"{side}/{plan.key}", side)
                key = key or plan.key
                places |= {side: place, value: place}
        if key:
            read.rows.append(RowRead(row, key, places))
