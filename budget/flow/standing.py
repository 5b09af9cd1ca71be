"""Where a budget stands for one person: the steps that he may take, and what is in their way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from budget.actions import Action, holders, may
from budget.book import UnknownCode
from budget.document import UnfinishedDocument
from budget.flow.forms import StepForm
from budget.models import DepartmentBudget, Release, roles_on
from budget.remarks import MissingRemark
from budget.roles import Role
from budget.tables.coverage import MoneyWithoutPlace
from budget.terms import Opinion
from budget.workflow.hands import hands_in
from budget.workflow.holding import CONDITIONS, SLOW
from budget.workflow.packaging import Package, Packaged, package
from budget.workflow.published import SIDES, corrects_texts, hinder_one_side, open_request
from budget.workflow.steps import Asked, Step, steps_from
from budget.workflow.withdrawing import still_public

TAKING_BACK = frozenset({Action.WITHDRAW_SUBMISSION, Action.RECALL})
AFTERWARDS = frozenset(
    {
        Action.REVOKE_APPROVAL,
        Action.WITHDRAW,
        Action.CONFIRM_WITHDRAWAL,
        Action.DROP_WITHDRAWAL,
        Action.CORRECT_TEXTS,
        Action.CORRECT_AMOUNTS,
    }
)
VOIDING: Mapping[Action, str] = {
    Action.DROP_TEXTS: "放弃后，这一版连同其中的改动不再可见，也不能恢复（只留在记录中）；"
    "已公开的那一版不变，以后可以另行更正。",
    Action.DROP_AMOUNTS: "放弃后，这一版连同部门已改的内容不再可见，也不能恢复（只留在记录中）；"
    "已公开的那一版不变，以后可以另行更正。",
    Action.DELETE: "删除后，已录入的全部内容不再可见，也不能恢复（只留在记录中）；"
    "要重新编制，须由预算科重新开设。",
}
"""What makes a version void, each with what comes of it."""

ON_PAPER = frozenset({Action.RECORD_SIGNATURE, Action.RECORD_RELEASE})
AT_WILL = TAKING_BACK | AFTERWARDS | ON_PAPER | VOIDING.keys() | {Action.RECORD_APPROVAL}
"""What a person may do though nothing waits for him."""

WITHDRAWING = frozenset({Action.WITHDRAW, Action.CONFIRM_WITHDRAWAL})
ANSWERING = frozenset({Action.CONFIRM_WITHDRAWAL, Action.DROP_WITHDRAWAL})
"""What there is to do while somebody has asked for a withdrawal."""

FOLDED = (AFTERWARDS | ON_PAPER | VOIDING.keys()) - ANSWERING

PERSONALLY = ON_PAPER | {
    Action.SIGN,
    Action.APPROVE,
    Action.REVOKE_APPROVAL,
    Action.PUBLISH,
    Action.CONFIRM_WITHDRAWAL,
}
"""Before these a person shows again that it is he."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A step that a person's roles let him take now.

    ``hindered`` says why it must be another person. ``missing`` is what does not hold, as far as
    it was asked: with ``asks_rules`` the rules were not. ``documents`` are those that publishing
    would publish; ``still_public`` those of later versions that a withdrawal leaves to readers.
    ``is_begun`` says that something was typed into its form, ``is_confirmed`` that the person has
    just shown that it is he, to take it.
    """

    step: Step
    form: StepForm
    hindered: str
    missing: tuple[str, ...]
    asks_rules: bool
    documents: tuple[Packaged, ...] = ()
    still_public: tuple[Release, ...] = ()
    is_begun: bool = False
    is_confirmed: bool = False

    @property
    def is_folded(self) -> bool:
        """True for what is seldom done: its form is there once somebody opens it."""
        return self.step.action in FOLDED and not self.is_begun

    @property
    def is_checked(self) -> bool:
        """True where everything was asked for that takes a look, and nothing is missing."""
        looked = not SLOW.isdisjoint(self.step.must)
        return looked and not self.asks_rules and not self.missing

    @property
    def is_onward(self) -> bool:
        """True where the step leads on."""
        return is_onward(self.step)

    @property
    def consequence(self) -> str:
        """What comes of a step that cannot be taken back, "" for all others."""
        return VOIDING.get(self.step.action, "")

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
    for step in _offered(budget, checked):
        if may(roles, step.action, budget.state, budget.round):
            word = step.action.value
            again = sent is not None and sent.step.action is step.action
            documents, unformed = _documents(step, budget)
            begun = {
                "revision": budget.revision,
                "read": Package(documents).digest if documents else "",
                **(typed or {}).get(word, {}),
            }
            found.append(
                Possible(
                    step=step,
                    form=sent if again and sent else StepForm(step, budget, initial=begun),
                    hindered=hands.hinder(step.action)
                    or hinder_one_side(user, step.action, budget),
                    missing=(*unformed, *_missing(step, budget, rules=checked == word)),
                    asks_rules=checked != word and not SLOW.isdisjoint(step.must),
                    documents=documents,
                    still_public=_still_public(step, budget),
                    is_begun=again or word in (typed or {}) or checked == word,
                    is_confirmed=word in (typed or {}),
                )
            )
    return sorted(found, key=lambda each: not is_onward(each.step))


def _offered(budget: DepartmentBudget, asked_for: str) -> Iterator[Step]:
    """Yield the steps that the page offers; that a 批复 is recorded has a page of its own.

    What makes a version void is offered where it can be done, or was asked for and refused.
    """
    request = open_request(budget)
    left_out = {Action.RECORD_APPROVAL}
    left_out |= ANSWERING if request is None else {Action.WITHDRAW}
    texts = corrects_texts(budget)
    for step in steps_from(budget.state, budget.round, texts=texts):
        if step.action in left_out:
            continue
        seldom = step.action in VOIDING and step.action.value != asked_for
        if not (seldom and any(_missing(step, budget, rules=False))):
            yield step


def _still_public(step: Step, budget: DepartmentBudget) -> tuple[Release, ...]:
    return tuple(still_public(budget)) if step.action in WITHDRAWING else ()


def _documents(
    step: Step, budget: DepartmentBudget
) -> tuple[tuple[Packaged, ...], tuple[str, ...]]:
    """Return the documents that a step publishes, and in Chinese why they cannot be formed."""
    if Asked.READ not in step.asks:
        return (), ()
    try:
        return package(budget).documents, ()
    except (MoneyWithoutPlace, UnfinishedDocument, UnknownCode, MissingRemark) as error:
        return (), (f"公开文件还不能形成：{error}",)


def read_now(step: Step, budget: DepartmentBudget) -> str:
    """Return the digest of the documents that the page of a step shows, "" where it shows none."""
    documents, _ = _documents(step, budget)
    return Package(documents).digest if documents else ""


def is_onward(step: Step) -> bool:
    """Return whether a step leads on, neither back nor aside."""
    aside = {
        Action.SEND_BACK,
        Action.SEND_PACKAGE_BACK,
        Action.JUDGE_PERFORMANCE,
        Action.DROP_WITHDRAWAL,
    }
    return step.action not in TAKING_BACK | FOLDED | aside


def _missing(step: Step, budget: DepartmentBudget, *, rules: bool) -> Iterable[str]:
    for must in step.must:
        if rules or must not in SLOW:
            yield from CONDITIONS[must](budget)


def awaited(step: Step, budget: DepartmentBudget) -> bool:
    """Return whether a budget waits for a step: not for taking back, nor for a second opinion.

    That a withdrawal is asked for, and by whom, is known to ``open_request`` alone.
    """
    if step.action in AT_WILL:
        return False
    judged = budget.performance is not Opinion.PENDING
    return not (step.action is Action.JUDGE_PERFORMANCE and judged)


def next_hands(budget: DepartmentBudget) -> list[tuple[str, str]]:
    """Return the steps that a budget waits for, each with the roles that take it.

    That it may be sent back instead goes without saying.
    """
    request = open_request(budget)
    if request is not None:
        other = [side.label for side in SIDES if side.value != request.said.get("side")]
        return [(Action.CONFIRM_WITHDRAWAL.label, "、".join(other))]
    return [
        (step.action.label, "、".join(role.label for role in Role if role in _who(step, budget)))
        for step in steps_from(budget.state, budget.round)
        if awaited(step, budget) and step.action not in (Action.SEND_BACK, Action.SEND_PACKAGE_BACK)
    ]


def _who(step: Step, budget: DepartmentBudget) -> frozenset[Role]:
    return holders(step.action, step.start, budget.round)
