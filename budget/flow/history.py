"""The way of a budget so far, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from budget.actions import Action
from budget.flow.forms import OPINIONS
from budget.models import Account, DepartmentBudget, Grant, ReturnPoint, StepTaken
from budget.numerals import day, minute
from budget.terms import Ground, State
from budget.workflow.capacities import acted_as, grants_of, signed_as

Told = Mapping[str, Any]
NAMELESS = "（未登记姓名的人员）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of a return, and what was answered to it by whom."""

    number: int
    text: str
    answer: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step: its sentence, the digest of what was kept of the moment, the points it listed."""

    sentence: str
    digest: str
    points: tuple[Point, ...]


def _returned(told: Told) -> str:
    return f"退回：{bare(told['reason'])}，列出{len(told['points'])}个问题"


def _prepared(told: Told) -> str:
    checked = f"{told['reviewer']}于{_day(told['date'])}做了保密审查"
    return f"提交公开材料：{checked}，结论为“{bare(told['conclusion'])}”"


def _on_paper(did: str) -> Callable[[Told], str]:
    return lambda told: (
        f"登记{told['signer']}{signed_as(told)}于{_day(told['date'])}在纸上{did}，签字件已存档"
    )


def _asked_to_withdraw(told: Told) -> str:
    return f"申请撤回公开：{Ground(told['ground']).label}，{bare(told['reason'])}"  # type: ignore[call-arg]


def _corrected(kind: str) -> Callable[[Told], str]:
    return lambda told: (
        f"开始{kind}：{bare(told['what'])}；"
        f"原因（{Ground(told['ground']).label}）：{bare(told['why'])}"  # type: ignore[call-arg]
    )


SENTENCES: Mapping[Action, Callable[[Told], str]] = {
    Action.SUBMIT: lambda _: "上报，请负责人审签",
    Action.WITHDRAW_SUBMISSION: lambda _: "撤回上报",
    Action.SEND_BACK: _returned,
    Action.SIGN: lambda _: "审签，报送财政部门",
    Action.RECALL: lambda _: "撤回报送",
    Action.PASS_FIRST_REVIEW: lambda _: "初审通过",
    Action.JUDGE_PERFORMANCE: lambda told: f"审核绩效目标：{OPINIONS[told['opinion']].label}",
    Action.PASS_FINAL_REVIEW: lambda _: "审定",
    Action.SET_CEILING: lambda _: "下达控制数，开设二上",
    Action.APPROVE: lambda told: f"批复：{told['number']}，批复日期{_day(told['date'])}",
    Action.REVOKE_APPROVAL: lambda told: f"撤销批复：{bare(told['reason'])}",
    Action.PREPARE_PUBLICATION: _prepared,
    Action.RECORD_APPROVAL: lambda _: "核对账目与批复无差异，转为已批复",
    Action.RECORD_SIGNATURE: _on_paper("审签"),
    Action.PUBLISH: lambda told: f"签发公开，所签文件的摘要为 {told['read']}",
    Action.RECORD_RELEASE: _on_paper("签发公开"),
    Action.WITHDRAW: _asked_to_withdraw,
    Action.CONFIRM_WITHDRAWAL: lambda _: "确认撤回公开",
    Action.DROP_WITHDRAWAL: lambda told: f"不撤回：{bare(told['reason'])}",
    Action.CORRECT_TEXTS: _corrected("更正文字"),
    Action.CORRECT_AMOUNTS: _corrected("更正金额"),
    Action.DROP_TEXTS: lambda told: f"放弃更正文字：{bare(told['reason'])}",
    Action.DROP_AMOUNTS: lambda told: f"放弃更正金额：{bare(told['reason'])}",
    Action.DELETE: lambda told: f"删除草稿：{bare(told['reason'])}",
    Action.SEND_PACKAGE_BACK: lambda told: f"退回公开材料：{bare(told['reason'])}",
}
"""What a step's sentence says after who took it."""

OF_TEXTS: Mapping[Action, Callable[[Told], str]] = {
    Action.SIGN: lambda _: "审签文字更正，金额与原批复一致，转为已批复",
    Action.RECORD_SIGNATURE: lambda told: f"{_on_paper('审签')(told)}，转为已批复",
}
"""What it says of the steps that lead straight to 已批复: a correction of texts does not go back to
the bureau."""


def history(budget: DepartmentBudget) -> list[Entry]:
    """Return the steps of a version, the last first; the number of queries is always the same."""
    return [entry for _, entry in told_of([budget])[budget.pk]]


def told_of(budgets: Collection[DepartmentBudget]) -> Mapping[int, list[tuple[datetime, Entry]]]:
    """Return when each step of some versions was taken, and its entry, by the version's key.

    The last is first; the number of queries is always the same.
    """
    points = Prefetch("points", ReturnPoint.objects.order_by("sequence"))
    steps = StepTaken.objects.filter(budget__in=budgets).select_related("snapshot", "budget")
    taken = list(steps.order_by("-id").prefetch_related(points))
    people = {each.by_id for each in taken}
    people |= {point.answered_by_id for each in taken for point in each.points.all()}
    names = dict(Account.objects.filter(user__in=people).values_list("user_id", "name"))
    grants = grants_of(people)
    found: dict[int, list[tuple[datetime, Entry]]] = {each.pk: [] for each in budgets}
    for each in taken:
        found[each.budget_id].append((each.at, _entry(each, names, grants)))
    return found


def _entry(taken: StepTaken, names: Mapping[int, str], grants: Iterable[Grant]) -> Entry:
    name, role = names.get(taken.by_id, NAMELESS), acted_as(taken, grants)
    who = f"{name}（{role}）" if role else name
    straight = taken.end is State.APPROVED and taken.action in OF_TEXTS
    did = (OF_TEXTS if straight else SENTENCES)[taken.action](taken.said)
    return Entry(
        sentence=f"{moment(taken.at)}，{who}{did}。",
        digest=taken.snapshot.digest if taken.snapshot else "",
        points=tuple(_point(each, names) for each in taken.points.all()),
    )


def _point(point: ReturnPoint, names: Mapping[int, str]) -> Point:
    by = names.get(point.answered_by_id or 0, NAMELESS) if point.answer else ""
    return Point(number=point.sequence, text=point.text, answer=point.answer, by=by)


def moment(at: datetime) -> str:
    """Return a moment as the history says it."""
    return minute(timezone.localtime(at))


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))


def bare(text: str) -> str:
    """Return a text without the full stop that the sentence sets itself."""
    return text.rstrip("。.；; \n")
