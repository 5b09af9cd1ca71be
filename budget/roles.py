"""Who people are to the system: roles, and how far each goes.

Who holds which role where is stored (`budget.models.people`).
"""

from __future__ import annotations

from collections.abc import Mapping

from budget.terms import Term


class Role(Term):
    """What somebody is to the system; one person may hold several, each for its own reach."""

    COMPILER = "compiler", "单位会计"
    DEPARTMENT_FINANCE = "department_finance", "主管部门财务"
    HEAD = "head", "部门负责人"
    PUBLISHER = "publisher", "公开专员"
    DIVISION_REVIEWER = "division_reviewer", "业务科室"
    BUDGET_REVIEWER = "budget_reviewer", "预算科"
    PERFORMANCE_REVIEWER = "performance_reviewer", "绩效科"
    AUDITOR = "auditor", "审计管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"

    @property
    def reach(self) -> Reach:
        """How far the role goes."""
        return REACHES[self]


class Capacity(Term):
    """As what somebody signs for a department."""

    HEAD = "head", "部门负责人"
    DEPUTY = "deputy", "分管领导"
    STAND_IN = "stand_in", "临时代理"


class Reach(Term):
    """What a role is held for. Whoever looks after several units holds it once for each."""

    UNIT = "unit", "一个预算单位"
    DEPARTMENT = "department", "一个部门及其所属单位"
    EVERYWHERE = "everywhere", "全部部门"
    NOWHERE = "nowhere", "不涉及预算"


ADMINISTRATORS = frozenset({Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
"""三员: they run the system and never see a budget."""

DEPARTMENT_SIDE = frozenset({Role.COMPILER, Role.DEPARTMENT_FINANCE, Role.HEAD, Role.PUBLISHER})
"""Those who make a budget."""

ENTERING = frozenset({Role.COMPILER, Role.DEPARTMENT_FINANCE})
"""Those of them who fill it in."""

BUREAU_SIDE = frozenset({Role.DIVISION_REVIEWER, Role.BUDGET_REVIEWER, Role.PERFORMANCE_REVIEWER})
"""Those who judge it."""

REACHES: Mapping[Role, Reach] = {
    Role.COMPILER: Reach.UNIT,
    Role.DEPARTMENT_FINANCE: Reach.DEPARTMENT,
    Role.HEAD: Reach.DEPARTMENT,
    Role.PUBLISHER: Reach.DEPARTMENT,
    Role.DIVISION_REVIEWER: Reach.DEPARTMENT,  # once for each department assigned to the division
    Role.BUDGET_REVIEWER: Reach.EVERYWHERE,
    Role.PERFORMANCE_REVIEWER: Reach.EVERYWHERE,
    **dict.fromkeys(ADMINISTRATORS, Reach.NOWHERE),
}
