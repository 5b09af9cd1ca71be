"""One's own page: what one may do here, and the ways to password, second factor and sessions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budget.access.admitted import person
from budget.access.second_factor import has_second_factor
from budget.access.signing_in import PREVIOUS
from budget.models import Account, Grant

DUTIES = {
    "compiler": "填报本单位预算的每一部分，确认填报完成。",
    "department_finance": "汇总所属单位的预算，退回或接收，填写部门文字，上报。",
    "head": "审签并报送本部门预算，签发公开。",
    "publisher": "办理保密审查，准备公开材料。",
    "division_reviewer": "初审所归口部门的预算。",
    "budget_reviewer": "下达控制数，审定并批复各部门预算，开立预算年度。",
    "performance_reviewer": "审核各部门的绩效目标。",
    "auditor": "查阅、导出审计记录；不接触预算内容。",
    "system_admin": "建立和停用账户，维护系统；不接触预算内容。",
    "security_admin": "批准账户，授予和收回角色；不接触预算内容。",
}


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show the person's roles in words."""
    pk = person(request).pk
    grants = Grant.objects.in_force().filter(user_id=pk).select_related("unit", "department")
    context = {
        "account": Account.objects.filter(user_id=pk).first(),
        "duties": [(given, DUTIES[given.role.value]) for given in grants],
        "second_factor": has_second_factor(pk),
        "previous": request.session.get(PREVIOUS),
    }
    return render(request, "people/own.html", context)
