"""The page that lists what can be printed, and the papers that are signed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import budget_of, may, person, unit_code
from budget.actions import Action
from budget.papers import approval as approvals
from budget.papers import clearance as clearances
from budget.papers.answers import told
from budget.papers.asked import printed_by
from budget.papers.clearance import clearance
from budget.papers.inside import file_answer
from budget.papers.limits import made_once
from budget.papers.sources import is_submitted
from budget.papers.submission import submission
from budget.render.forms import Form, render_form, render_letter
from budget.render.pdf import MEDIA_TYPE
from budget.render.registry import INSIDE_FORMATS
from budget.terms import State


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that can be had now: what it is called, where, and what it is good for."""

    label: str
    url: str
    told: str


@never_cache
@require_safe
def papers(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """List what this person can print or take along of a budget now."""
    context = {
        "budget": budget_of(request),
        "code": code,
        "year": year,
        "offered": list(_offered(request, code, year)),
        "unit": unit_code(request),
    }
    return render(request, "papers/papers.html", context)


FOR_COMMENT = "供内部征求意见，可以修改；每页注明未经公开，缺少的文字会标出。"
TO_READ = "与公开文件版面相同；每页有“内部预览”和您的姓名、时间。"
TO_SIGN = "一页，供填报人、财务负责人和部门负责人签字盖章；印有数据摘要。"
TO_CLEAR = "一页，供保密审查和负责人审签；印有公开文件的摘要。"
TO_HAND_OUT = "通知及所附预算表，按批复时的数据打印。"
AS_PUBLISHED = "已公开版本的文字和表格。"


def _offered(request: HttpRequest, code: str, year: int) -> Iterator[Offered]:
    state, where = budget_of(request).state, (code, year)
    if may(request, Action.PREVIEW):
        told = {"docx": FOR_COMMENT, "pdf": TO_READ}
        for each in INSIDE_FORMATS.values():
            url = reverse("papers:draft", args=(*where, each.code))
            yield Offered(f"{each.label}（{each.word}）", url, told.get(each.code, ""))
        if is_submitted(budget_of(request)):
            yield Offered("送审表（PDF）", reverse("papers:submission", args=where), TO_SIGN)
        if state in clearances.WHEN and unit_code(request) is None:
            url = reverse("papers:clearance", args=where)
            yield Offered("保密审查审批单（PDF）", url, TO_CLEAR)
    if state in approvals.WHEN and unit_code(request) is None:
        yield Offered("批复（PDF）", reverse("papers:approval", args=where), TO_HAND_OUT)
    if state is State.PUBLISHED:
        yield Offered("已公开文件（Word）", reverse("papers:published", args=where), AS_PUBLISHED)


@never_cache
@require_safe
@told
def submission_sheet(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Send the 送审表."""
    return _form(request, submission(budget_of(request), unit_code(request), printed_by(request)))


@never_cache
@require_safe
@told
def clearance_sheet(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Send the 保密审查审批单, which is one for the whole department."""
    _require_whole(request)
    return _form(request, clearance(budget_of(request), printed_by(request)))


@never_cache
@require_safe
@told
def approval_letter(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Send the 批复 with its tables."""
    _require_whole(request)
    letter = approvals.letter(budget_of(request))
    content = made_once(
        person(request).pk,
        f"approval:{code}:{year}",
        repr(letter),
        lambda: render_letter(letter.form, letter.document, letter.tables),
    )
    return file_answer(content, MEDIA_TYPE, f"{letter.form.title}.pdf")


def _require_whole(request: HttpRequest) -> None:
    if unit_code(request) is not None:
        raise Http404("这份文件以部门为单位打印")


def _form(request: HttpRequest, form: Form) -> HttpResponse:
    content = made_once(
        person(request).pk, f"form:{form.title}", repr(form), lambda: render_form(form)
    )
    return file_answer(content, MEDIA_TYPE, f"{form.title}.pdf")
