"""The page of docs/ on the way of a budget, written from the table of steps."""

from __future__ import annotations

from collections.abc import Iterator

from budget.actions import Action, holders
from budget.documentation import GENERATED
from budget.duties import DIFFERENT_PERSONS, NOT_ON_OWN_WORK
from budget.roles import Role
from budget.terms import State
from budget.workflow.steps import STEPS, SUBMISSIONS, Step, is_in

ONLY = {None: "", True: "（文字更正）", False: ""}
"""What is said of a step that only some versions have."""

NOT_BUILT = frozenset({Action.COMMENT, Action.SNAP})
"""What the table of permissions has, and no page yet."""


def workflow_page() -> str:
    """Return the page: a diagram of the states, and a table of the steps."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from ("# 办理流程", "", GENERATED, "")
    yield "一个部门预算的一个版本从编制到公开、撤回、更正的路。每一步都在同一个事务中锁定预算，"
    yield "核对权限、状态、看过的改动序号和下列要求，写入流程记录和审计记录。"
    yield "一上止于预算科审核中：下达控制数，即以一上为底开设二上的版本（已下达控制数）；"
    yield "二上第一次录入时转为编制中。下表“轮次”一栏写明各步骤属于哪一轮。"
    yield "更正不改动已公开的版本：另开一个版本，从编制中走起；只更正文字的，金额与原批复"
    yield "完全一致，负责人审签后直接转为已批复；更正金额的，走完全程，重新批复。"
    yield from ("", "```mermaid", "stateDiagram-v2")
    yield from (f'    state "{state.label}" as {state.value}' for state in _states())
    for each in STEPS:
        yield f"    {each.start.value} --> {each.end.value}: {each.action.label}"
    yield from ("```", "", "| 原状态 | 步骤 | 轮次 | 谁 | 新状态 | 须填写 | 须符合 | 留快照 |")
    yield "|---|---|---|---|---|---|---|---|"
    yield from map(_row, STEPS)
    yield from ("", "## 由不同的人办理", "")
    yield f"录入过这个版本的人不能办理：{_named(NOT_ON_OWN_WORK)}。"
    for acts in DIFFERENT_PERSONS:
        yield f"下列各项须由不同的人办理：{_named(acts)}。"
    yield "“录入”包括填报、导入、说明提示、答复退回的问题、说明超控制数的原因、登记批复和批复文件。"
    yield from ("", "## 日期", "")
    yield "批复日期不早于人民代表大会批准预算的日期，不晚于今天；只做公开而没有登记批准日期的，"
    yield "不早于上一年1月1日。已有批复的年度，批准日期不能清空，也不能晚于最早的批复日期。"
    yield "保密审查日期不早于批复日期，不晚于今天。"
    yield from ("", "## 尚未开通", "")
    yield f"权限表中的{_named(NOT_BUILT)}还没有开通：现在没有办理的页面，也没有人能办理。"


def _states() -> list[State]:
    used = {state for step in STEPS for state in (step.start, step.end)}
    return [state for state in State if state in used]


def _row(step: Step) -> str:
    rounds = [each for each in SUBMISSIONS if is_in(step, each)]
    held = holders(step.action, step.start, rounds[0])
    cells = (
        step.start.label,
        f"{step.action.label}{ONLY[step.texts]}",
        "、".join(each.label for each in rounds),
        "、".join(role.label for role in Role if role in held),
        step.end.label if step.changes_state else "（不变）",
        "、".join(asked.label for asked in step.asks) or "—",
        "；".join(must.label for must in step.must) or "—",
        "是" if step.freezes else "—",
    )
    return f"| {' | '.join(cells)} |"


def _named(actions: frozenset[Action]) -> str:
    return "、".join(action.label for action in Action if action in actions)
