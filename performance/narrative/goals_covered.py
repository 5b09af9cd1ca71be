"""绩效目标 with the number of units and projects that have them, and their money."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.ledger import where
from budget.narrative.phrases import amount, count, own
from budget.narrative.registry import Piece, Run, Voice, paragraph
from budget.questions import PROJECT, SPENT
from budget.remarks import Remarks
from performance.goals import ProjectGoal
from performance.parts import goals_of


@paragraph("goals-covered")
def goals_covered(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say how many units and projects have goals and how much money stands under them.

    That may be less than 项目支出: not every project needs a goal.
    """
    goals = with_indicators(book)
    yield f"{book.year}年度，"
    yield from (own, "编报绩效目标的单位", count("goal_units", len({goal.unit for goal in goals})))
    yield from ("个，项目", count("goal_projects", len(goals)), "个，涉及项目预算资金")
    yield from (_money, "。")


def with_indicators(book: BudgetBook) -> tuple[ProjectGoal, ...]:
    """Return the goals of projects that say something."""
    return tuple(goal for goal in goals_of(book).projects if goal.goal or goal.indicators)


def _money(voice: Voice) -> Iterator[Run]:
    projects = tuple(goal.project for goal in with_indicators(voice.book))
    asked = SPENT & PROJECT & where(project=projects)
    yield from amount(voice, "goal_money", voice.book.ledger.amount(asked), asked)
