"""The boxes in which the points of the last return are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from budget.actions import Action
from budget.models import DepartmentBudget, ReturnPoint, require
from budget.sheets.changing import locked
from budget.workflow.advancing import answer_point
from budget.workflow.holding import points_of_last_return


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A point with its box: ``was`` is the answer that was shown, ``text`` what stands there."""

    point: ReturnPoint
    was: str
    text: str

    @property
    def differs(self) -> bool:
        """True where something else was typed than was shown."""
        return _plain(self.text) != _plain(self.was)

    @property
    def has_moved(self) -> bool:
        """True where somebody else has answered meanwhile, and otherwise."""
        return self.differs and _plain(self.point.answer) not in (
            _plain(self.was),
            _plain(self.text),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of answering: how many were written; none where some had ``moved``."""

    written: int
    moved: bool


def boxes(budget: DepartmentBudget, posted: Mapping[str, str] | None = None) -> list[Box]:
    """Return the boxes of the last return's points, holding what was sent where it was sent."""
    sent = posted or {}
    return [
        Box(
            point=point,
            was=str(sent.get(f"was-{point.pk}", point.answer)),
            text=str(sent.get(f"answer-{point.pk}", point.answer)),
        )
        for point in points_of_last_return(budget)
    ]


def answer_all(budget: DepartmentBudget, by: User, posted: Mapping[str, str]) -> Answered:
    """Write down the answers that differ from what was shown, all of them or none.

    Raises what ``require`` raises, and Unsaid for an answer that was emptied.
    """
    with transaction.atomic():
        now = locked(budget)
        require(by, Action.SUBMIT, now)
        changed = [box for box in boxes(now, posted) if box.differs]
        if any(box.has_moved for box in changed):
            return Answered(written=0, moved=True)
        for box in changed:
            answer_point(box.point, by, box.text)
        return Answered(written=len(changed), moved=False)


def _plain(text: str) -> str:
    """Return a text as browsers send it back unchanged: line ends aside."""
    return text.replace("\r\n", "\n").strip()
