"""What may be done to a budget, by whom, in which state of which round: the table of permissions.

Data, and the few questions that are asked of it. That a request is allowed is judged by
`budget.models.permits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from budget.roles import BUREAU_SIDE, ENTERING, Role
from budget.terms import Round, State, Term


class Action(Term):
    """What can be done to a budget by whoever has a role in it."""

    VIEW = "view", "查看全部内容"
    VIEW_STATUS = "view_status", "查看进度与合计"
    VIEW_PERFORMANCE = "view_performance", "查看绩效部分"
    EDIT = "edit", "填报"
    EDIT_TEXTS = "edit_texts", "填写文字与不含金额的登记"
    IMPORT = "import", "导入文件"
    SNAP = "snap", "尾差归整"
    VALIDATE = "validate", "审核校验"
    COMPLETE_UNIT = "complete_unit", "确认本单位填报完成"
    RETURN_UNIT = "return_unit", "退回所属单位"
    SPLIT_CEILING = "split_ceiling", "分解控制数"
    RECORD_APPROVAL = "record_approval", "登记批复（只做公开）"
    SUBMIT = "submit", "上报"
    WITHDRAW_SUBMISSION = "withdraw_submission", "撤回上报"
    SEND_BACK = "send_back", "退回修改"
    SIGN = "sign", "审签并报送"
    RECORD_SIGNATURE = "record_signature", "登记纸质审签"
    RECALL = "recall", "撤回报送"
    PASS_FIRST_REVIEW = "pass_first_review", "初审通过"
    JUDGE_PERFORMANCE = "judge_performance", "审核绩效目标"
    PASS_FINAL_REVIEW = "pass_final_review", "审定"
    GRANT_AMOUNT = "grant_amount", "核定金额"
    SET_CEILING = "set_ceiling", "下达控制数"
    APPROVE = "approve", "批复"
    REVOKE_APPROVAL = "revoke_approval", "撤销批复"
    COMMENT = "comment", "批注"
    PREVIEW = "preview", "内部预览与下载"
    PREPARE_PUBLICATION = "prepare_publication", "准备公开"
    SEND_PACKAGE_BACK = "send_package_back", "退回公开材料"
    PUBLISH = "publish", "签发公开"
    RECORD_RELEASE = "record_release", "登记纸质签发"
    WITHDRAW = "withdraw", "申请撤回公开"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal", "确认撤回公开"
    DROP_WITHDRAWAL = "drop_withdrawal", "不撤回"
    CORRECT_TEXTS = "correct_texts", "更正文字"
    CORRECT_AMOUNTS = "correct_amounts", "更正金额"
    DROP_TEXTS = "drop_texts", "放弃更正文字"
    DROP_AMOUNTS = "drop_amounts", "放弃更正金额"
    READ_TIMELINE = "read_timeline", "查看履历"
    DELETE = "delete", "删除草稿"


Roles = frozenset[Role]
Row = Mapping[State, Roles]


def _roles(*names: Role) -> Roles:
    return frozenset(names)


def _row(*cells: tuple[tuple[State, ...], Roles]) -> Row:
    """Return one line of the table from (states, roles) cells; elsewhere nobody may."""
    return {state: roles for states, roles in cells for state in states}


MAKING = ENTERING | {Role.HEAD}
DIVISION, BUDGET = _roles(Role.DIVISION_REVIEWER), _roles(Role.BUDGET_REVIEWER)
PERFORMANCE = _roles(Role.PERFORMANCE_REVIEWER)
COMPILER, FINANCE = _roles(Role.COMPILER), _roles(Role.DEPARTMENT_FINANCE)
HEAD, PUBLISHER = _roles(Role.HEAD), _roles(Role.PUBLISHER)
ALL = MAKING | BUREAU_SIDE | PUBLISHER

OPEN, DRAFT, SUBMITTED = (State.OPEN,), (State.DRAFT,), (State.SUBMITTED,)
SIGNED, REVIEWED, FROZEN = (State.SIGNED,), (State.REVIEWED,), (State.FROZEN,)
APPROVED, READY, PUBLISHED = (State.APPROVED,), (State.READY,), (State.PUBLISHED,)
WITHDRAWN = (State.WITHDRAWN,)
WITH_DEPARTMENT = DRAFT + SUBMITTED
WITH_BUREAU = SIGNED + REVIEWED + FROZEN
SETTLED = APPROVED + READY + PUBLISHED + WITHDRAWN

PERMISSIONS: Mapping[Action, Row] = {
    Action.VIEW: _row(
        (OPEN, MAKING | BUDGET),
        (WITH_DEPARTMENT, MAKING),
        (WITH_BUREAU, MAKING | DIVISION | BUDGET),
        (SETTLED, ALL),
    ),
    Action.VIEW_STATUS: _row(
        (OPEN, MAKING | DIVISION | BUDGET),
        (WITH_DEPARTMENT + WITH_BUREAU, MAKING | BUREAU_SIDE),
        (SETTLED, ALL),
    ),
    Action.VIEW_PERFORMANCE: _row(
        (WITH_DEPARTMENT, MAKING), (WITH_BUREAU, MAKING | BUREAU_SIDE), (SETTLED, ALL)
    ),
    # The first change opens the draft: OPEN becomes DRAFT.
    Action.EDIT: _row((OPEN + DRAFT, COMPILER)),
    # After 批复 every amount is locked; words may still be mended until the package is made.
    Action.EDIT_TEXTS: _row((OPEN + DRAFT + APPROVED, ENTERING)),
    Action.IMPORT: _row((OPEN + DRAFT, COMPILER)),
    Action.SNAP: _row((DRAFT, COMPILER)),
    Action.VALIDATE: _row(
        (DRAFT, ENTERING),
        (SUBMITTED, MAKING),
        (SIGNED, HEAD | DIVISION | PERFORMANCE),
        (REVIEWED, BUREAU_SIDE),
        (FROZEN, BUDGET),
        (APPROVED, ENTERING | BUDGET),
        (READY, HEAD | PUBLISHER),
    ),
    Action.COMPLETE_UNIT: _row((DRAFT, COMPILER)),
    Action.RETURN_UNIT: _row((DRAFT, FINANCE)),
    Action.SPLIT_CEILING: _row((OPEN + DRAFT, FINANCE)),
    # 只做公开: the 批复 was given elsewhere, and the ledger is proven equal to it here.
    Action.RECORD_APPROVAL: _row((OPEN + DRAFT, ENTERING)),
    Action.SUBMIT: _row((DRAFT, ENTERING)),
    Action.WITHDRAW_SUBMISSION: _row((SUBMITTED, ENTERING)),
    Action.SEND_BACK: _row(
        (SUBMITTED, HEAD), (SIGNED, DIVISION), (REVIEWED, BUDGET), (FROZEN, BUDGET)
    ),
    Action.SIGN: _row((SUBMITTED, HEAD)),
    Action.RECORD_SIGNATURE: _row((SUBMITTED, FINANCE)),
    Action.RECALL: _row((SIGNED, HEAD)),
    Action.PASS_FIRST_REVIEW: _row((SIGNED, DIVISION)),
    Action.JUDGE_PERFORMANCE: _row((SIGNED + REVIEWED, PERFORMANCE)),
    Action.PASS_FINAL_REVIEW: _row((REVIEWED, BUDGET)),
    # 核定数 beside the 申报数: whose turn it is to review sets it.
    Action.GRANT_AMOUNT: _row((SIGNED, DIVISION), (REVIEWED, BUDGET)),
    Action.SET_CEILING: _row((OPEN + DRAFT, BUDGET)),
    Action.APPROVE: _row((FROZEN, BUDGET)),
    Action.REVOKE_APPROVAL: _row((APPROVED, BUDGET)),
    Action.COMMENT: _row(
        (SUBMITTED, MAKING),
        (SIGNED, HEAD | DIVISION | PERFORMANCE),
        (REVIEWED, BUREAU_SIDE),
        (FROZEN, BUDGET),
        (READY, HEAD | PUBLISHER),
    ),
    Action.PREVIEW: _row(
        (WITH_DEPARTMENT, MAKING),
        (WITH_BUREAU, MAKING | DIVISION | BUDGET),
        (APPROVED + READY, MAKING | DIVISION | BUDGET | PUBLISHER),
        (WITHDRAWN, HEAD | BUDGET | PUBLISHER),
    ),
    Action.PREPARE_PUBLICATION: _row((APPROVED, PUBLISHER)),
    Action.SEND_PACKAGE_BACK: _row((READY, HEAD)),
    Action.PUBLISH: _row((READY, HEAD)),
    Action.RECORD_RELEASE: _row((READY, FINANCE)),
    # One side asks, the other confirms: which side asked is known from the step.
    Action.WITHDRAW: _row((PUBLISHED, BUDGET | HEAD)),
    Action.CONFIRM_WITHDRAWAL: _row((PUBLISHED, BUDGET | HEAD)),
    Action.DROP_WITHDRAWAL: _row((PUBLISHED, BUDGET | HEAD)),
    Action.CORRECT_TEXTS: _row((PUBLISHED + WITHDRAWN, ENTERING)),
    Action.CORRECT_AMOUNTS: _row((PUBLISHED + WITHDRAWN, BUDGET)),
    # Whoever may begin a correction may give it up while it is with the department.
    Action.DROP_TEXTS: _row((DRAFT, ENTERING)),
    Action.DROP_AMOUNTS: _row((DRAFT, BUDGET)),
    Action.READ_TIMELINE: _row(
        (OPEN, MAKING | BUDGET),
        (WITH_DEPARTMENT, MAKING),
        (WITH_BUREAU, MAKING | DIVISION | BUDGET),
        (SETTLED, ALL),
    ),
    Action.DELETE: _row((DRAFT, COMPILER)),
}
"""Action × state → roles; a cell that is not there is nobody's.

Reading what is published needs no role and is not here: those pages are everybody's.
"""

NOWHERE: Row = {}

IN_ROUND: Mapping[Round, Mapping[Action, Row]] = {
    # 一上 ends with the bureau's review: its answer are the ceilings, which open 二上.
    Round.FIRST_SUBMISSION: {
        Action.SET_CEILING: _row((OPEN + DRAFT + REVIEWED, BUDGET)),
        Action.SEND_BACK: _row((SUBMITTED, HEAD), (SIGNED, DIVISION), (REVIEWED, BUDGET)),
        **dict.fromkeys(
            (
                Action.RECORD_APPROVAL,
                Action.PASS_FINAL_REVIEW,
                Action.APPROVE,
                Action.REVOKE_APPROVAL,
                Action.PREPARE_PUBLICATION,
                Action.SEND_PACKAGE_BACK,
                Action.PUBLISH,
                Action.RECORD_RELEASE,
                Action.WITHDRAW,
                Action.CONFIRM_WITHDRAWAL,
                Action.DROP_WITHDRAWAL,
                Action.CORRECT_TEXTS,
                Action.CORRECT_AMOUNTS,
                Action.DROP_TEXTS,
                Action.DROP_AMOUNTS,
            ),
            NOWHERE,
        ),
    },
}
"""What is otherwise in a round than in the table: 二上 is as the table says."""


def _line(action: Action, round_: Round) -> Row:
    return IN_ROUND.get(round_, {}).get(action, PERMISSIONS[action])


def holders(action: Action, state: State, round_: Round = Round.SECOND_SUBMISSION) -> Roles:
    """Return the roles that may do something in a state of a round."""
    return _line(action, round_).get(state, frozenset())


def may(
    roles: Iterable[Role], action: Action, state: State, round_: Round = Round.SECOND_SUBMISSION
) -> bool:
    """Return whether somebody with these roles in a budget may do something to it now."""
    return not holders(action, state, round_).isdisjoint(roles)


def may_ever(
    roles: Iterable[Role], action: Action, round_: Round = Round.SECOND_SUBMISSION
) -> bool:
    """Return whether he could do it in some state of a round."""
    return not frozenset(chain.from_iterable(_line(action, round_).values())).isdisjoint(roles)


def may_see(roles: Iterable[Role], state: State) -> bool:
    """Return whether a budget in this state exists at all for somebody with these roles."""
    return may(roles, Action.VIEW_STATUS, state)


def states_for(
    roles: Iterable[Role], action: Action, round_: Round = Round.SECOND_SUBMISSION
) -> tuple[State, ...]:
    """Return the states of a round in which he may do something, in the order of the way."""
    held = frozenset(roles)
    return tuple(state for state in State if may(held, action, state, round_))
