"""The way of one department of the city: every act is somebody's who may do it on the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils import timezone

from budget.actions import Action
from budget.ceilings import Limit
from budget.load import read_book
from budget.load.granting import line_row
from budget.models import BudgetUnit, DepartmentBudget, Remark, SpendingLine, require
from budget.money import YUAN, ZERO
from budget.roles import Role
from budget.sheets.changes import Change, Outcome
from budget.sheets.changing import Act, apply
from budget.sheets.completing import complete
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS
from budget.spellings import amount_text
from budget.terms import CeilingKind, Ground, Opinion, Source
from budget.workflow import ceilings, granting
from budget.workflow.advancing import advance, answer_point
from budget.workflow.holding import points_of_last_return
from budget.workflow.packaging import package
from budget.workflow.rounds import second_submission
from budget.workflow.saying import Said

People = Mapping[Role, Sequence[User]]
"""Who holds each role; of the budget division there are two."""

LIMITED: Final = (CeilingKind.PERSONNEL, CeilingKind.OPERATING, CeilingKind.PROJECT)
STEP: Final = Decimal(10000)


class NotTyped(ValueError):
    """What a person of the city types is refused; the message says why in Chinese."""


@dataclass
class Road:
    """A department's budget, and the people who take it along."""

    budget: DepartmentBudget
    people: People

    def now(self) -> DepartmentBudget:
        """Return the budget as it is stored now."""
        return DepartmentBudget.objects.select_related("year", "department").get(pk=self.budget.pk)

    def who(self, role: Role, number: int = 0) -> User:
        """Return who holds a role, the first by default."""
        return self.people[role][number]

    def take(self, action: Action, by: Role | User, **said: Any) -> None:
        """Take one step, as somebody or as the first who holds a role."""
        now, person = self.now(), self.who(by) if isinstance(by, Role) else by
        advance(now, action, person, revision=now.revision, said=Said(**said))

    # ---- with the department

    def type_amount(self, economic: str, amount: Decimal) -> None:
        """Type another amount, in yuan, into the line of basic spending on an economic class."""
        line = self._line(economic)
        was = amount_text(line.amount, YUAN)
        self._type("basic", line.unit, Change(str(line.pk), "amount", was, str(amount)))

    def type_text(self, key: str, now: str) -> None:
        """Type another text in place of the one that the department says."""
        was = Remark.objects.get(budget=self.budget, unit=None, key=key).text
        self._type("texts", self._head(), Change(key, "text", was, now))

    def _line(self, economic: str) -> SpendingLine:
        lines = SpendingLine.objects.filter(budget=self.budget, economic=economic, project=None)
        return lines.select_related("unit").order_by("unit__position", "sequence")[0]

    def _head(self) -> BudgetUnit:
        part = self.budget.unit_budgets.select_related("unit").get(unit__is_head=True)
        return part.unit

    def _type(self, sheet: str, unit: BudgetUnit, change: Change) -> None:
        by, spec = self.who(Role.COMPILER), SHEETS[sheet]
        guard = self._guard(by, spec.writes, unit)
        answer = apply(Part(self.now(), unit), spec, [change], Act(uuid4(), by, guard))
        wrong = [each.message for each in answer.cells if each.outcome is not Outcome.SAVED]
        if wrong:
            raise NotTyped("；".join(wrong))

    def complete(self) -> None:
        """Let every unit say that its part is entered."""
        by = self.who(Role.COMPILER)
        for part in self.budget.unit_budgets.select_related("unit"):
            guard = self._guard(by, Action.COMPLETE_UNIT, part.unit)
            complete(Part(self.now(), part.unit), by=by, guard=guard)

    def _guard(
        self, by: User, action: Action, unit: BudgetUnit
    ) -> Callable[[DepartmentBudget], None]:
        return partial(_require, by, action, unit)

    def submit(self) -> None:
        """Send the budget to the head."""
        self.take(Action.SUBMIT, Role.COMPILER)

    def send_off(self) -> None:
        """Send the budget to the bureau."""
        self.submit()
        self.take(Action.SIGN, Role.HEAD)

    def answer(self, number: int, words: str) -> None:
        """Answer a point of the last return, counted from 1."""
        point = points_of_last_return(self.now())[number - 1]
        answer_point(point, self.who(Role.COMPILER), words)

    def explain(self, kind: CeilingKind, reason: str) -> None:
        """Say why a first submission asks for more than a ceiling of the department."""
        place = (None, Limit(Source.GENERAL_PUBLIC, kind))
        ceilings.explain_excess(self.now(), place, reason, self.who(Role.COMPILER))

    # ---- with the bureau

    def limit(self, short: CeilingKind | None = None) -> None:
        """Set ceilings of the whole department: what it plans, rounded up, or less of one kind.

        Ceilings are whole 万元; what is short is so by at least one.
        """
        by, book = self.who(Role.BUDGET_REVIEWER), read_book(self.now())
        limits = [Limit(Source.GENERAL_PUBLIC, kind) for kind in LIMITED]
        wanted = []
        for each in limits:
            used = sum((line.amount for line in book.lines if each.counts(line)), ZERO)
            steps = used // STEP + (-1 if each.kind is short else 1)
            wanted.append(ceilings.Wanted(None, each, None, steps * STEP))
        ceilings.set_ceilings(self.now(), wanted, by)

    def grant(self, economic: str, share: int, reason: str) -> None:
        """Let the bureau grant some per cent of what is asked for on an economic class."""
        line = self._line(economic)
        amount = (line.amount * share / 100).quantize(Decimal(1))
        place = (line.unit_id, line_row(line.sequence))
        wanted = granting.Wanted(place, line.amount, None, amount, reason)
        granting.grant(self.now(), [wanted], self.who(Role.DIVISION_REVIEWER))

    def to_second_round(self) -> None:
        """Answer a first submission with its ceilings, and go on with the second."""
        self.take(Action.SET_CEILING, Role.BUDGET_REVIEWER)
        second = second_submission(self.budget)
        assert second is not None  # the step has opened it
        self.budget = second

    def settle(self) -> None:
        """Let the bureau pass all its reviews, the performance division's too."""
        self.take(Action.PASS_FIRST_REVIEW, Role.DIVISION_REVIEWER)
        self.take(Action.JUDGE_PERFORMANCE, Role.PERFORMANCE_REVIEWER, opinion=Opinion.OK)
        self.take(Action.PASS_FINAL_REVIEW, Role.BUDGET_REVIEWER)

    def approve(self) -> None:
        """Give the 批复, today, under a number that is made of the department's code."""
        today = timezone.localdate()
        number = f"示财预〔{today.year}〕{self.budget.department_id}号"
        second = self.who(Role.BUDGET_REVIEWER, 1)
        self.take(Action.APPROVE, second, number=number, date=today)

    # ---- to the public

    def prepare(self) -> None:
        """Record the secrecy review, and put the documents before the head."""
        self.take(
            Action.PREPARE_PUBLICATION,
            Role.PUBLISHER,
            reviewer="刘洋",
            date=timezone.localdate(),
            conclusion="不涉及国家秘密、工作秘密和个人信息，可以公开",
        )

    def publish(self) -> None:
        """Let the head publish the documents as they are."""
        self.take(Action.PUBLISH, Role.HEAD, read=package(self.now()).digest)

    def correct(self, key: str, now: str, *, what: str, why: str) -> None:
        """Correct one text of what is public, up to the release that takes its place."""
        self.take(
            Action.CORRECT_TEXTS,
            Role.DEPARTMENT_FINANCE,
            ground=Ground.MISTAKE,
            what=what,
            why=why,
        )
        self.budget = DepartmentBudget.objects.get(copied_from=self.budget)
        self.type_text(key, now)
        self.send_off()
        self.prepare()
        self.publish()


def _require(by: User, action: Action, unit: BudgetUnit, budget: DepartmentBudget) -> None:
    require(by, action, budget, unit)
