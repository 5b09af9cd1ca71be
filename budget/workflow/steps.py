"""The table of steps: from which state an action leads where, what it asks for, what must hold.

Who may take a step is in ``budget.actions``; here is what it is. The page's buttons, the diagram in
the documentation and the tests read this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from budget.actions import Action, holders
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
    GROUND = "ground", "缘由"
    WHAT = "what", "更正事项"
    WHY = "why", "更正原因"
    READ = "read", "看过的文件"
    SIGNER = "signer", "签字人"
    SHEET = "sheet", "签字件"


class Must(Term):
    """What must hold of a budget before a step is taken."""

    WHOLE = "whole", "没有未完成的行"
    COMPLETE = "complete", "各单位都已确认填报完成"
    ANSWERED = "answered", "退回的问题都已答复"
    NO_ERRORS = "no_errors", "没有错误，需说明的提示都有说明"
    NO_FATAL = "no_fatal", "没有错误"
    NO_OPINION = "no_opinion", "业务科室、绩效科还没有审核意见"
    NOT_CLOSED = "not_closed", "一上还没有结束（没有开设二上）"
    PERFORMANCE_OK = "performance_ok", "绩效目标审核通过"
    ONLY_PUBLISHED = (
        "only_published",
        "没有走过编报流程，不是更正，预算科已登记只做公开（或全年只设二上）",
    )
    PROVEN = "proven", "金额与批复逐项相符"
    AS_APPROVED = "as_approved", "金额与批复时的快照完全一致"
    NO_LATER = "no_later", "没有正在办理的更正"
    NOT_ASKED = "not_asked", "没有待确认的撤回申请"
    ASKED_FOR = "asked_for", "已有撤回申请，由另一方确认"
    CORRECTS_AMOUNTS = "corrects_amounts", "是更正金额的版本"
    NEVER_SENT = "never_sent", "从未上报的第一版，没有下达控制数"
    IS_PUBLIC = "is_public", "有这一版公开的文件"
    WITHIN_CEILINGS = "within_ceilings", "在控制数以内（一上超出的，已说明理由）"
    CEILINGS = "ceilings", "已录入控制数，还没有开设二上"
    GRANTED = "granted", "核定数与申报数对应"
    CONGRESS = "congress", "人民代表大会已批准预算"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. ``freezes`` says that the inputs of that moment are kept as a snapshot.

    ``texts`` is True for a step of corrections of texts alone, False for one of all other versions,
    None for one of every version.
    """

    action: Action
    start: State
    end: State
    asks: tuple[Asked, ...] = ()
    must: tuple[Must, ...] = ()
    freezes: bool = False
    texts: bool | None = None

    @property
    def changes_state(self) -> bool:
        """False for an opinion, which stands beside the way."""
        return self.start is not self.end


def _back(start: State, *must: Must) -> Step:
    return Step(
        action=Action.SEND_BACK,
        start=start,
        end=State.DRAFT,
        asks=(Asked.REASON, Asked.POINTS),
        must=must,
    )


def _performance(state: State, *must: Must) -> Step:
    return Step(
        action=Action.JUDGE_PERFORMANCE, start=state, end=state, asks=(Asked.OPINION,), must=must
    )


ENTERED = (Must.WHOLE, Must.COMPLETE, Must.ANSWERED)


def _signing(action: Action, *asks: Asked) -> Iterator[Step]:
    """Yield the signing of the head: texts alone, once corrected, have the 批复 that they had."""
    yield Step(
        action=action,
        start=State.SUBMITTED,
        end=State.SIGNED,
        asks=asks,
        must=(Must.NO_ERRORS,),
        freezes=True,
        texts=False,
    )
    yield Step(
        action=action,
        start=State.SUBMITTED,
        end=State.APPROVED,
        asks=asks,
        must=(Must.AS_APPROVED, Must.NO_ERRORS),
        freezes=True,
        texts=True,
    )


def _publishing(action: Action, *asks: Asked) -> Step:
    return Step(
        action=action,
        start=State.READY,
        end=State.PUBLISHED,
        asks=(Asked.READ, *asks),
        must=(Must.WHOLE, Must.AS_APPROVED, Must.NO_ERRORS),
        freezes=True,
    )


def _correcting(action: Action, state: State) -> Step:
    return Step(
        action=action,
        start=state,
        end=state,
        asks=(Asked.GROUND, Asked.WHAT, Asked.WHY),
        must=(Must.NO_LATER,),
    )


def _voiding(action: Action, *must: Must, texts: bool) -> Step:
    return Step(
        action=action,
        start=State.DRAFT,
        end=State.VOID,
        asks=(Asked.REASON,),
        must=must,
        texts=texts,
    )


ON_PAPER = (Asked.SIGNER, Asked.DATE, Asked.SHEET)

STEPS: tuple[Step, ...] = (
    # 只做公开: what is proven equal to a 批复 given elsewhere is approved.
    *(
        Step(
            action=Action.RECORD_APPROVAL,
            start=state,
            end=State.APPROVED,
            must=(
                Must.ONLY_PUBLISHED,
                Must.WHOLE,
                Must.COMPLETE,
                Must.PROVEN,
                Must.NO_FATAL,
            ),
            freezes=True,
        )
        for state in (State.OPEN, State.DRAFT)
    ),
    Step(
        action=Action.SUBMIT,
        start=State.DRAFT,
        end=State.SUBMITTED,
        must=(*ENTERED, Must.WITHIN_CEILINGS, Must.NO_ERRORS),
        texts=False,
    ),
    Step(
        action=Action.SUBMIT,
        start=State.DRAFT,
        end=State.SUBMITTED,
        # Its amounts are those of the 批复, whatever the ceilings were.
        must=(Must.AS_APPROVED, *ENTERED, Must.NO_ERRORS),
        texts=True,
    ),
    Step(action=Action.WITHDRAW_SUBMISSION, start=State.SUBMITTED, end=State.DRAFT),
    _back(State.SUBMITTED),
    *_signing(Action.SIGN),
    *_signing(Action.RECORD_SIGNATURE, *ON_PAPER),
    Step(action=Action.RECALL, start=State.SIGNED, end=State.SUBMITTED, must=(Must.NO_OPINION,)),
    _back(State.SIGNED),
    _performance(State.SIGNED),
    Step(action=Action.PASS_FIRST_REVIEW, start=State.SIGNED, end=State.REVIEWED),
    _back(State.REVIEWED, Must.NOT_CLOSED),
    _performance(State.REVIEWED, Must.NOT_CLOSED),
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
        # What a cut makes doubtful the department explains after the 批复, before publishing.
        must=(Must.PERFORMANCE_OK, Must.GRANTED, Must.NO_FATAL),
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
    # Nothing of the version is published yet: its amounts are opened again. Texts alone, corrected,
    # have the 批复 of another version.
    Step(
        action=Action.REVOKE_APPROVAL,
        start=State.APPROVED,
        end=State.DRAFT,
        asks=(Asked.REASON,),
        texts=False,
    ),
    Step(
        action=Action.PREPARE_PUBLICATION,
        start=State.APPROVED,
        end=State.READY,
        asks=(Asked.REVIEWER, Asked.DATE, Asked.CONCLUSION),
        must=(Must.WHOLE, Must.AS_APPROVED, Must.NO_ERRORS),
    ),
    Step(
        action=Action.SEND_PACKAGE_BACK,
        start=State.READY,
        end=State.APPROVED,
        asks=(Asked.REASON,),
    ),
    _publishing(Action.PUBLISH),
    _publishing(Action.RECORD_RELEASE, *ON_PAPER),
    Step(
        action=Action.WITHDRAW,
        start=State.PUBLISHED,
        end=State.PUBLISHED,
        asks=(Asked.GROUND, Asked.REASON),
        must=(Must.NOT_ASKED, Must.IS_PUBLIC),
    ),
    Step(
        action=Action.CONFIRM_WITHDRAWAL,
        start=State.PUBLISHED,
        end=State.WITHDRAWN,
        must=(Must.ASKED_FOR, Must.IS_PUBLIC),
    ),
    Step(
        action=Action.DROP_WITHDRAWAL,
        start=State.PUBLISHED,
        end=State.PUBLISHED,
        asks=(Asked.REASON,),
        must=(Must.ASKED_FOR,),
    ),
    *(
        _correcting(action, state)
        for action in (Action.CORRECT_TEXTS, Action.CORRECT_AMOUNTS)
        for state in (State.PUBLISHED, State.WITHDRAWN)
    ),
    # What is void stays on record; the version before it is the latest again.
    _voiding(Action.DROP_TEXTS, texts=True),
    _voiding(Action.DROP_AMOUNTS, Must.CORRECTS_AMOUNTS, texts=False),
    _voiding(Action.DELETE, Must.NEVER_SENT, texts=False),
)

BY_START = {(step.action, step.start): step for step in STEPS if step.texts is not True}
IN_TEXTS = {(step.action, step.start): step for step in STEPS if step.texts is not False}


def step_for(action: Action, state: State, *, texts: bool = False) -> Step | None:
    """Return the step that an action is in a state; ``texts`` says that texts are corrected."""
    return (IN_TEXTS if texts else BY_START).get((action, state))


SUBMISSIONS = (Round.FIRST_SUBMISSION, Round.SECOND_SUBMISSION)
"""The rounds in which departments work on a budget; the other two are the bureau's answers."""


def steps_from(state: State, round_: Round, *, texts: bool = False) -> Iterable[Step]:
    """Yield the steps that lead from a state in a round, in the order of the table."""
    there = (IN_TEXTS if texts else BY_START).values()
    return (step for step in there if step.start is state and is_in(step, round_))


def is_in(step: Step, round_: Round) -> bool:
    """Return whether a round has a step: whether anybody may take it there."""
    return bool(holders(step.action, step.start, round_))
