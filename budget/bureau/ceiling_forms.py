"""What the form of a department's ceilings says: amounts changed, lines added, one reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict

from budget.ceilings import KINDS, SOURCES, WHOLE, Ceiling, Limit, Place, key_of, place_of
from budget.money import YUAN
from budget.spellings import Unreadable, amount, amount_text
from budget.workflow.ceilings import Wanted
from budget.workflow.limits import amount_seen

BLANK_LINES: Final = 4
NO_AMOUNT: Final = "请填写控制数"
TWICE: Final = "同一项控制数填写了两次"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form as it was sent: its names in the form, its words, and what is wrong."""

    key: str
    unit: str = WHOLE
    source: str = ""
    kind: str = ""
    project: str = ""
    typed: str = ""
    was: str = ""
    fault: str = ""

    @property
    def place(self) -> Place:
        """The ceiling that it is about; source and kind are chosen."""
        limit = Limit(SOURCES[self.source], KINDS[self.kind], self.project)
        return (None if self.unit in ("", WHOLE) else self.unit), limit


def stored_lines(ceilings: Iterable[Ceiling]) -> Iterator[Line]:
    """Yield the lines of what is stored."""
    for each in ceilings:
        text = amount_text(each.amount, YUAN)
        yield Line(
            key=key_of(each.place),
            unit=each.unit or WHOLE,
            source=each.limit.source.value,
            kind=each.limit.kind.value,
            project=each.limit.project,
            typed=text,
            was=text,
        )


def sent_lines(posted: QueryDict) -> Iterator[Line]:
    """Yield the lines of a form that say anything, stored ones first."""
    for name in posted:
        place = place_of(name.removeprefix("now:")) if name.startswith("now:") else None
        if place is not None:
            unit, limit = place
            key = key_of(place)
            yield Line(
                key=key,
                unit=unit or WHOLE,
                source=limit.source.value,
                kind=limit.kind.value,
                project=limit.project,
                typed=str(posted[name]).strip(),
                was=str(posted.get(f"was:{key}", "")),
            )
    for number in range(1, BLANK_LINES + 1):
        told = {
            each: str(posted.get(f"{each}:{number}", "")).strip()
            for each in ("unit", "source", "kind", "project", "typed")
        }
        if told["typed"] or told["source"] or told["kind"] or told["project"]:
            yield Line(key=f"new:{number}", **told)


def wanted(lines: Iterable[Line]) -> tuple[list[Wanted], dict[str, str]]:
    """Return what the lines want, and by their keys what cannot be read of them."""
    found: dict[Place, Wanted] = {}
    faults: dict[str, str] = {}
    for line in lines:
        try:
            each = _wanted(line)
        except Unreadable as error:
            faults[line.key] = str(error)
            continue
        if each.place in found:
            faults[line.key] = TWICE
        found[each.place] = each
    return list(found.values()), faults


def _wanted(line: Line) -> Wanted:
    """Return what a line wants. Raises Unreadable."""
    if line.source not in SOURCES:
        raise Unreadable("请选择资金来源")
    if line.kind not in KINDS:
        raise Unreadable("请选择类别")
    now = amount(line.typed, YUAN)
    if now is None and line.key.startswith("new:"):
        raise Unreadable(NO_AMOUNT)
    return Wanted(*line.place, amount_seen(line.was), now)


def with_faults(lines: Iterable[Line], faults: Mapping[str, str]) -> list[Line]:
    """Return lines with what is wrong with each."""
    return [replace(each, fault=faults.get(each.key, "")) for each in lines]
