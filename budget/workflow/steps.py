"""The table of steps: from which state an action leads where, what it asks for, what must hold.

Who may take a step is in ``budget.roles``; here is what it is. The page's buttons, the diagram in
the documentation and the tests read this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budget.roles import Action, holders
from budget.terms import Round, State, Term


class Asked(Term):
    """What a step asks a person for."""

    REASON = "reason", "理由"
    POINTS = "points", "问题清单"
    OPINION = "opinion", "意见"
    NUMBER = "number", "批复文号"
    DATE = "date", "日期"
    REVIEWER = "reviewer", "保密审查人"
    CONCLUSION = "conclusion", "保密审查结论"


class Must(Term):
    """What must hold of a budget before a step is taken."""

    WHOLE = "whole", "没有未完成的行"
    COMPLETE = "complete", "各单位都已确认填报完成"
    ANSWERED = "answered", "退回的问题都已答复"
    NO_ERRORS = "no_errors", "没有错误，需说明的提示都有说明"
    PERFORMANCE_OK = "performance_ok", "绩效目标审核通过"
    PROVEN = "proven", "金额与批复逐项相符"
    WITHIN_CEILINGS = "within_ceilings", "在控制数以内（一上超出的，已说明理由）"
    CEILINGS = "ceilings", "已录入控制数，还没有开设二上"
    GRANTED = "granted", "核定数与申报数对应"
    CONGRESS = "congress", "人民代表大会已批准预算"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. ``freezes`` says that the inputs of that moment are kept as a snapshot."""

    action: Action
    start: State
    end: State
    asks: tuple[Asked, ...] = ()
    must: tuple[Must, ...] = ()
    freezes: bool = False

    @property
    def changes_state(self) -> bool:
        """False for an opinion, which stands beside the way."""
        return self.start is not self.end


def _back(start: State) -> Step:
    return Step(
        action=Action.SEND_BACK, start=start, end=State.DRAFT, asks=(Asked.REASON, Asked.POINTS)
    )


def _performance(state: State) -> Step:
    return Step(action=Action.JUDGE_PERFORMANCE, start=state, end=state, asks=(Asked.OPINION,))


ENTERED = (
    Must.WHOLE,
    Must.COMPLETE,
    Must.ANSWERED,
    Must.WITHIN_CEILINGS,
    Must.NO_ERRORS,
)

STEPS: tuple[Step, ...] = (
    Step(action=Action.SUBMIT, start=State.DRAFT, end=State.SUBMITTED, must=ENTERED),
    Step(action=Action.WITHDRAW_SUBMISSION, start=State.SUBMITTED, end=State.DRAFT),
    _back(State.SUBMITTED),
    Step(
        action=Action.SIGN,
        start=State.SUBMITTED,
        end=State.SIGNED,
        must=(Must.NO_ERRORS,),
        freezes=True,
    ),
    Step(action=Action.RECALL, start=State.SIGNED, end=State.SUBMITTED),
    _back(State.SIGNED),
    _performance(State.SIGNED),
    Step(action=Action.PASS_FIRST_REVIEW, start=State.SIGNED, end=State.REVIEWED),
    _back(State.REVIEWED),
    _performance(State.REVIEWED),
    # The end of 一上: what it opens is the budget of 二上, as a copy.
    Step(
        action=Action.SET_CEILING,
        start=State.REVIEWED,
        end=State.REVIEWED,
        must=(Must.CEILINGS,),
        freezes=True,
    ),
    Step(
        action=Action.PASS_FINAL_REVIEW,
        start=State.REVIEWED,
        end=State.FROZEN,
        must=(Must.PERFORMANCE_OK, Must.GRANTED, Must.NO_ERRORS),
        freezes=True,
    ),
    _back(State.FROZEN),
    Step(
        action=Action.APPROVE,
        start=State.FROZEN,
        end=State.APPROVED,
        asks=(Asked.NUMBER, Asked.DATE),
        must=(Must.CONGRESS,),
        freezes=True,
    ),
    Step(
        action=Action.PREPARE_PUBLICATION,
        start=State.APPROVED,
        end=State.READY,
        asks=(Asked.REVIEWER, Asked.DATE, Asked.CONCLUSION),
        must=(Must.WHOLE, Must.NO_ERRORS),
    ),
    Step(
        action=Action.SEND_PACKAGE_BACK,
        start=State.READY,
        end=State.APPROVED,
        asks=(Asked.REASON,),
    ),
)

BY_START = {(step.action, step.start): step for step in STEPS}


SUBMISSIONS = (Round.FIRST_SUBMISSION, Round.SECOND_SUBMISSION)
"""The rounds in which departments work on a budget; the other two are the bureau's answers."""


def steps_from(state: State, round_: Round) -> Iterable[Step]:
    """Yield the steps that lead from a state in a round, in the order of the table."""
    return (step for step in STEPS if step.start is state and is_in(step, round_))


def is_in(step: Step, round_: Round) -> bool:
    """Return whether a round has a step: whether anybody may take it there."""
    return bool(holders(step.action, step.start, round_))
