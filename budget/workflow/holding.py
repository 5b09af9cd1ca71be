"""What must hold of a budget before a step: each condition is one function to reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

from django.db.models import Count, Max
from django.utils import timezone

from budget.actions import Action
from budget.ceilings import Standing, splits
from budget.judging import Judged, judge_each
from budget.load.ceilings import read_standings
from budget.models import (
    Ceiling,
    DepartmentBudget,
    GrantChange,
    PendingRow,
    ReturnPoint,
    StepTaken,
    UnitBudget,
    YearRound,
)
from budget.models.once import once
from budget.money import YUAN
from budget.rules.answers import unanswered
from budget.rules.checking import Found
from budget.sheets.spec import SHEETS
from budget.spellings import amount_text
from budget.terms import Opinion, Round, Severity, State
from budget.workflow.ceilings import excess_reasons, why_ceilings_stand
from budget.workflow.granted import lapsed
from budget.workflow.packaging import documents
from budget.workflow.published import (
    as_approved,
    asked,
    no_later_version,
    not_asked,
    only_published,
    proven,
)
from budget.workflow.rounds import second_submission
from budget.workflow.steps import Must
from budget.workflow.voiding import corrects_amounts, never_sent
from budget.workflow.withdrawing import is_public

Condition = Callable[[DepartmentBudget], Iterator[str]]
MOST_TOLD = 5


def whole(budget: DepartmentBudget) -> Iterator[str]:
    """Nothing waits to be typed to its end."""
    rows = PendingRow.objects.filter(budget=budget).order_by("unit", "sheet")
    waiting: dict[tuple[str, str], int] = {}
    for unit, sheet in rows.values_list("unit__name", "sheet"):
        waiting[unit or "部门", sheet] = waiting.get((unit or "部门", sheet), 0) + 1
    for (unit, sheet), count in waiting.items():
        yield f"{unit}的“{SHEETS[sheet].title}”还有{count}行未填完"


def complete(budget: DepartmentBudget) -> Iterator[str]:
    """Every unit that has a budget of its own says that its part is complete."""
    parts = UnitBudget.objects.filter(budget=budget, complete=False, unit__merged=False)
    for name in parts.order_by("unit__position", "unit__code").values_list("unit__name", flat=True):
        yield f"{name}还没有确认填报完成"


def answered(budget: DepartmentBudget) -> Iterator[str]:
    """The points of the last return are answered."""
    for point in open_points(budget):
        yield f"退回的第{point.sequence}个问题还没有答复"


def open_points(budget: DepartmentBudget) -> list[ReturnPoint]:
    """Return the points of the last return that nobody has answered."""
    return [point for point in points_of_last_return(budget) if not point.answer]


def points_of_last_return(budget: DepartmentBudget) -> list[ReturnPoint]:
    """Return the points of the last return, the answered ones too."""
    return once((points_of_last_return, budget.pk), partial(_points_of_last_return, budget))


def _points_of_last_return(budget: DepartmentBudget) -> list[ReturnPoint]:
    last = StepTaken.objects.filter(budget=budget, action=Action.SEND_BACK).order_by("-id").first()
    if last is None:
        return []
    return list(last.points.order_by("sequence"))


def open_counts(budgets: Collection[int]) -> Mapping[int, int]:
    """Return how many points of its last return each of some budgets has to answer, by its key."""
    returns = StepTaken.objects.filter(budget__in=budgets, action=Action.SEND_BACK)
    last = returns.values("budget").annotate(last=Max("id")).values("last")
    waiting = ReturnPoint.objects.filter(step__in=last, answer="").values("step__budget")
    counted = waiting.annotate(count=Count("pk")).order_by()
    return dict(counted.values_list("step__budget", "count"))


def no_errors(budget: DepartmentBudget) -> Iterator[str]:
    """The rules find no error, and each warning has its reason, in every document of the budget."""
    for name, judged in _judged(budget):
        yield from _errors(name, judged)
        left = list(unanswered(judged.report, judged.answers))
        if left:
            yield f"{name}的文件有{len(left)}处提示还没有说明（{_rules_of(left)}）"


def no_fatal(budget: DepartmentBudget) -> Iterator[str]:
    """The rules find no error; what wants a reason may still want it."""
    for name, judged in _judged(budget):
        yield from _errors(name, judged)


def _judged(budget: DepartmentBudget) -> Iterator[tuple[str, Judged]]:
    """Yield each document of a budget by whose it is, with what the rules say of it."""
    names = dict(documents(budget))
    for code, judged in judge_each(budget, names):
        yield names[code], judged


def _errors(name: str, judged: Judged) -> Iterator[str]:
    errors = list(judged.report.of(Severity.ERROR))
    if errors:
        yield f"{name}的文件有{len(errors)}处错误（{_rules_of(errors)}）"


def _rules_of(found: Iterable[Found]) -> str:
    """Return the first rules that found something, each once."""
    rules = dict.fromkeys(f"{each.rule.code} {each.rule.title}" for each in found)
    told = "、".join(islice(rules, MOST_TOLD))
    return f"{told}等" if len(rules) > MOST_TOLD else told


def performance_ok(budget: DepartmentBudget) -> Iterator[str]:
    """The performance division has passed the goals."""
    if budget.performance is not Opinion.OK:
        yield f"绩效目标审核结论为“{budget.performance.label}”"


def no_opinion(budget: DepartmentBudget) -> Iterator[str]:
    """Nobody of the bureau has said or granted anything since the head signed."""
    if budget.performance is not Opinion.PENDING:
        yield "绩效科已经提出审核意见，不能撤回，请与业务科室联系退回"
    sent = StepTaken.objects.filter(budget=budget, end=State.SIGNED).exclude(start=State.SIGNED)
    last = sent.order_by("-id").first()
    if last is not None and GrantChange.objects.filter(budget=budget, at__gt=last.at).exists():
        yield "业务科室已经核定金额，不能撤回，请与业务科室联系退回"


def not_closed(budget: DepartmentBudget) -> Iterator[str]:
    """A first submission goes no further once the second was opened from it."""
    if budget.round is Round.FIRST_SUBMISSION and second_submission(budget) is not None:
        yield "二上已经开设，一上到此为止，请在二上中办理"


def within_ceilings(budget: DepartmentBudget) -> Iterator[str]:
    """No more is planned than the ceilings allow; a first submission may say why it is more."""
    found = read_standings(budget)
    over = [each for each in found if each.excess]
    first = budget.round is Round.FIRST_SUBMISSION
    explained = excess_reasons(budget) if over and first else {}
    names = unit_names(budget) if over else {}
    for each in over:
        if each.ceiling.place not in explained:
            yield _too_much(each, names) + ("，请说明理由" if first else "，请调减")
    for split in splits(each.ceiling for each in found):
        if split.left < 0:
            yield (
                f"{split.limit.label}：分解到各单位的比部门的控制数多"
                f"{amount_text(-split.left, YUAN)}元，请重新分解"
            )


def _too_much(standing: Standing, names: Mapping[str, str]) -> str:
    unit, limit = standing.ceiling.unit, standing.ceiling.limit
    return (
        f"{names[unit] if unit else '本部门'}的{limit.label}：控制数"
        f"{amount_text(standing.ceiling.amount, YUAN)}元，已安排"
        f"{amount_text(standing.used, YUAN)}元，超出{amount_text(standing.excess, YUAN)}元"
    )


def unit_names(budget: DepartmentBudget) -> Mapping[str, str]:
    """Return the names of the units that take part in a budget, by their codes."""
    parts = UnitBudget.objects.filter(budget=budget)
    return dict(parts.values_list("unit__code", "unit__name"))


def ceilings_set(budget: DepartmentBudget) -> Iterator[str]:
    """There are ceilings to hand down, and they have not been handed down yet."""
    rounds = YearRound.objects.filter(year=budget.year, round=Round.CEILING)
    if rounds.exists() and not Ceiling.objects.filter(budget=budget).exists():
        yield "还没有录入控制数"
    reason = why_ceilings_stand(budget)
    if reason:
        yield reason


def granted(budget: DepartmentBudget) -> Iterator[str]:
    """What was granted was granted of the very amounts that are asked for now."""
    count = len(lapsed(budget))
    if count:
        yield f"有{count}笔核定数所依据的申报数已经改动，请重新核定或撤销"


def congress(budget: DepartmentBudget) -> Iterator[str]:
    """The people's congress has passed the budgets of the year."""
    day = budget.year.congress_on
    if day is None:
        yield f"还没有登记{budget.year_id}年预算的人民代表大会批准日期"
    elif day > timezone.localdate():
        yield f"登记的人民代表大会批准日期{day.isoformat()}还没有到"


CONDITIONS: Mapping[Must, Condition] = {
    Must.WHOLE: whole,
    Must.COMPLETE: complete,
    Must.ANSWERED: answered,
    Must.NO_ERRORS: no_errors,
    Must.NO_FATAL: no_fatal,
    Must.NO_OPINION: no_opinion,
    Must.NOT_CLOSED: not_closed,
    Must.PERFORMANCE_OK: performance_ok,
    Must.ONLY_PUBLISHED: only_published,
    Must.PROVEN: proven,
    Must.AS_APPROVED: as_approved,
    Must.NO_LATER: no_later_version,
    Must.NOT_ASKED: not_asked,
    Must.ASKED_FOR: asked,
    Must.CORRECTS_AMOUNTS: corrects_amounts,
    Must.NEVER_SENT: never_sent,
    Must.IS_PUBLIC: is_public,
    Must.WITHIN_CEILINGS: within_ceilings,
    Must.CEILINGS: ceilings_set,
    Must.GRANTED: granted,
    Must.CONGRESS: congress,
}

SLOW = frozenset({Must.NO_ERRORS, Must.NO_FATAL})
"""What takes the rules to answer: pages ask for it when somebody wants to know."""
