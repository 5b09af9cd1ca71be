"""Where a budget stands for one person: the steps that he may take, and what is in their way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from budget.flow.forms import StepForm
from budget.models import DepartmentBudget, roles_on
from budget.roles import Action, Role, holders, may
from budget.terms import Opinion
from budget.workflow.holding import CONDITIONS, SLOW, hands_in
from budget.workflow.steps import Step, steps_from

TAKING_BACK = frozenset({Action.WITHDRAW_SUBMISSION, Action.RECALL})
"""What a person may do though nothing waits for him."""

PERSONALLY = frozenset({Action.SIGN, Action.APPROVE})
"""Before these a person shows again that it is he."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A step that a person's roles let him take now.

    ``hindered`` says why it must be another person. ``missing`` is what does not hold, as far as
    it was asked: with ``asks_rules`` the rules were not.
    """

    step: Step
    form: StepForm
    hindered: str
    missing: tuple[str, ...]
    asks_rules: bool

    @property
    def is_checked(self) -> bool:
        """True where everything was asked for, and nothing is missing."""
        return bool(self.step.must) and not self.asks_rules and not self.missing

    @property
    def is_onward(self) -> bool:
        """True where the step leads on."""
        return is_onward(self.step)

    @property
    def personally(self) -> bool:
        """True where the person is asked to show that it is he."""
        return self.step.action in PERSONALLY


def possible(
    user: User,
    budget: DepartmentBudget,
    *,
    checked: str = "",
    typed: Mapping[str, Mapping[str, Any]] | None = None,
    sent: StepForm | None = None,
) -> list[Possible]:
    """Return the steps that somebody may take with a budget now, those that lead on first.

    ``checked`` is the word of an action for which the rules are asked as well; ``typed`` is what
    forms begin with, by their action's word; ``sent`` is a form that was sent, to be shown again.
    """
    roles = roles_on(user, budget)
    hands = hands_in(user, [budget.pk])[budget.pk]
    found = []
    for step in steps_from(budget.state, budget.round):
        if may(roles, step.action, budget.state, budget.round):
            word = step.action.value
            again = sent is not None and sent.step.action is step.action
            begun = {"revision": budget.revision, **(typed or {}).get(word, {})}
            found.append(
                Possible(
                    step=step,
                    form=sent if again and sent else StepForm(step, initial=begun),
                    hindered=hands.hinder(step.action),
                    missing=tuple(_missing(step, budget, rules=checked == word)),
                    asks_rules=checked != word and not SLOW.isdisjoint(step.must),
                )
            )
    return sorted(found, key=lambda each: not is_onward(each.step))


def is_onward(step: Step) -> bool:
    """Return whether a step leads on, neither back nor aside."""
    aside = {Action.SEND_BACK, Action.SEND_PACKAGE_BACK, Action.JUDGE_PERFORMANCE}
    return step.action not in TAKING_BACK | aside


def _missing(step: Step, budget: DepartmentBudget, *, rules: bool) -> Iterable[str]:
    for must in step.must:
        if rules or must not in SLOW:
            yield from CONDITIONS[must](budget)


def awaited(step: Step, budget: DepartmentBudget) -> bool:
    """Return whether a budget waits for a step: not for taking back, nor for a second opinion."""
    if step.action in TAKING_BACK:
        return False
    judged = budget.performance is not Opinion.PENDING
    return not (step.action is Action.JUDGE_PERFORMANCE and judged)


def next_hands(budget: DepartmentBudget) -> list[tuple[str, str]]:
    """Return the steps that a budget waits for, each with the roles that take it.

    That it may be sent back instead goes without saying.
    """
    return [
        (step.action.label, "、".join(role.label for role in Role if role in _who(step, budget)))
        for step in steps_from(budget.state, budget.round)
        if awaited(step, budget) and step.action is not Action.SEND_BACK
    ]


def _who(step: Step, budget: DepartmentBudget) -> frozenset[Role]:
    return holders(step.action, step.start, budget.round)
