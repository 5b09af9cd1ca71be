"""One part of a budget that is filled in: a unit's, or what the department says as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from budget.models import BudgetUnit, DepartmentBudget, Project, UnitBudget
from budget.sheets.codes import CodeList, code_list
from budget.terms import CodeScheme, Scope


@dataclass(frozen=True)
class Part:
    """The part of one unit in a budget (``unit``), or the department's own (None).

    It reads once what cells are chosen among, so it lives no longer than one request.
    ``coming`` are codes of projects that the same act of saving is about to add, ``proposals`` the
    names of codes that were typed and that the list lacks.
    """

    budget: DepartmentBudget
    unit: BudgetUnit | None = None
    coming: set[str] = field(default_factory=set)
    lists: dict[CodeScheme, CodeList] = field(default_factory=dict)
    proposals: dict[tuple[CodeScheme, str], str] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """Whether a unit or the department speaks."""
        return Scope.DEPARTMENT if self.unit is None else Scope.UNIT

    @property
    def code(self) -> str:
        """The unit's code, or the department's."""
        return self.budget.department_id if self.unit is None else self.unit.code

    @property
    def name(self) -> str:
        """The unit's name, or the department's."""
        return self.budget.department.name if self.unit is None else self.unit.name

    @property
    def belonging(self) -> dict[str, object]:
        """What every row of this part holds."""
        return {"budget": self.budget, "unit": self.unit}

    @cached_property
    def unit_budget(self) -> UnitBudget:
        """The unit's entry in the budget."""
        return UnitBudget.objects.get(budget=self.budget, unit=self.unit)

    @cached_property
    def projects(self) -> dict[str, Project]:
        """The unit's projects by code."""
        found = Project.objects.filter(budget=self.budget, unit=self.unit).order_by("code")
        return {project.code: project for project in found}

    @cached_property
    def project_codes(self) -> dict[int, str]:
        """Codes of the unit's projects by database key."""
        return {project.pk: code for code, project in self.projects.items()}

    @cached_property
    def projects_elsewhere(self) -> dict[str, str]:
        """Names of the other units that have a project, by the project's code."""
        others = Project.objects.filter(budget=self.budget).exclude(unit=self.unit)
        return dict(others.values_list("code", "unit__name"))

    def forget_projects(self) -> None:
        """Read the projects anew when asked next: they were written."""
        self.__dict__.pop("projects", None)
        self.__dict__.pop("project_codes", None)

    @cached_property
    def units(self) -> dict[str, BudgetUnit]:
        """All units of the budget by code, in official order."""
        parts = UnitBudget.objects.filter(budget=self.budget).select_related("unit")
        return {
            part.unit.code: part.unit for part in parts.order_by("unit__position", "unit__code")
        }

    @cached_property
    def unit_codes(self) -> dict[int, str]:
        """Codes of the budget's units by database key."""
        return {unit.pk: code for code, unit in self.units.items()}

    def codes(self, scheme: CodeScheme) -> CodeList:
        """Return the codes valid for this budget, with those that its units propose."""
        if scheme not in self.lists:
            self.lists[scheme] = code_list(self.budget, scheme)
        return self.lists[scheme]

    def propose(self, scheme: CodeScheme, code: str, name: str) -> None:
        """Take a code that the list lacks for known, under the name that was typed."""
        self.proposals[scheme, code] = name
        self.lists[scheme] = self.codes(scheme).with_proposal(code, name)
