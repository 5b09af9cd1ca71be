"""Which duties one person does not have together: roles that he holds, acts on one budget.

Words used here: a *holding* is a role with the department it is held for, a *duty profile* says how
strictly duties are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budget.actions import Action
from budget.roles import ADMINISTRATORS, BUREAU_SIDE, DEPARTMENT_SIDE, Role
from budget.terms import Term

# ---- roles that exclude each other -------------------------------------------------------------


class DutyProfile(Term):
    """How strictly duties are kept apart in an installation.

    Whatever the profile, nobody judges what he typed himself (`NOT_ON_OWN_WORK`): holding two roles
    never means acting in both on one budget.
    """

    SMALL = "small", "小单位"
    STANDARD = "standard", "标准"
    STRICT = "strict", "三员"


@dataclass(frozen=True)
class Holding:
    """A role and the department that it is held for: its code, None where it has no bounds."""

    role: Role
    department: str | None = None

    def meets(self, other: Holding) -> bool:
        """Return whether the two can concern the same department."""
        return None in (self.department, other.department) or self.department == other.department


@dataclass(frozen=True)
class Exclusion:
    """Nobody holds a role of ``one`` beside a role of ``other``, with the reason in Chinese.

    ``same_department`` limits it to roles that are held for one department.
    """

    one: frozenset[Role]
    other: frozenset[Role]
    reason: str
    same_department: bool = False

    def forbids(self, first: Holding, second: Holding) -> bool:
        """Return whether the two holdings may not be one person's."""
        crossed = (first.role in self.one and second.role in self.other) or (
            second.role in self.one and first.role in self.other
        )
        apart = first.role is not second.role
        return crossed and apart and (not self.same_department or first.meets(second))


FLOOR = (
    Exclusion(
        ADMINISTRATORS,
        frozenset(Role),
        "系统管理员、安全管理员、审计管理员须由不同的人担任，且不得兼任其他任何角色",
    ),
    Exclusion(
        DEPARTMENT_SIDE,
        BUREAU_SIDE,
        "编制预算的一方与财政部门审核的一方不能由同一人担任",
    ),
)
"""What holds in every profile."""

SIGNER_APART = Exclusion(
    frozenset({Role.HEAD}),
    DEPARTMENT_SIDE,
    "同一部门中，审签的负责人不能兼任编制、汇总或公开的人员",
    same_department=True,
)
ONE_DUTY_EACH = (
    Exclusion(
        DEPARTMENT_SIDE,
        DEPARTMENT_SIDE,
        "同一部门中，每人只能担任一种角色（三员方案）",
        same_department=True,
    ),
    Exclusion(BUREAU_SIDE, BUREAU_SIDE, "财政部门中，每人只能担任一种审核角色（三员方案）"),
)

EXCLUSIONS: Mapping[DutyProfile, tuple[Exclusion, ...]] = {
    DutyProfile.SMALL: FLOOR,
    DutyProfile.STANDARD: (*FLOOR, SIGNER_APART),
    DutyProfile.STRICT: (*FLOOR, SIGNER_APART, *ONE_DUTY_EACH),
}


def why_excluded(profile: DutyProfile, held: Iterable[Holding], wanted: Holding) -> str | None:
    """Return in Chinese why somebody may not get a role beside those he holds; None if he may.

    >>> why_excluded(DutyProfile.SMALL, [Holding(Role.COMPILER, "157")], Holding(Role.HEAD, "157"))
    >>> why_excluded(DutyProfile.STANDARD, [Holding(Role.HEAD, "1")], Holding(Role.COMPILER, "1"))
    '与已有的“部门负责人”冲突：同一部门中，审签的负责人不能兼任编制、汇总或公开的人员'
    """
    for holding in held:
        for exclusion in EXCLUSIONS[profile]:
            if exclusion.forbids(holding, wanted):
                return f"与已有的“{holding.role.label}”冲突：{exclusion.reason}"
    return None


# ---- acts that want different persons ----------------------------------------------------------


NOT_ON_OWN_WORK = frozenset(
    {
        Action.SEND_BACK,
        Action.SIGN,
        Action.PASS_FIRST_REVIEW,
        Action.JUDGE_PERFORMANCE,
        Action.GRANT_AMOUNT,
        Action.PASS_FINAL_REVIEW,
        Action.APPROVE,
        Action.REVOKE_APPROVAL,
        Action.PUBLISH,
    }
)
"""What nobody does to a version that he edited; he may submit it and prepare its publication.

He may also record what another has signed on paper: the sheet is kept beside it.
"""

DIFFERENT_PERSONS = (
    frozenset({Action.PASS_FIRST_REVIEW, Action.PASS_FINAL_REVIEW, Action.APPROVE}),
    # Taking back a 审定 needs another than who gave it.
    frozenset({Action.PASS_FINAL_REVIEW, Action.SEND_BACK}),
    frozenset({Action.APPROVE, Action.REVOKE_APPROVAL}),
    # Recorded on a document from elsewhere, a 批复 has been seen by nobody else here.
    frozenset({Action.RECORD_APPROVAL, Action.SIGN}),
    frozenset({Action.RECORD_APPROVAL, Action.PUBLISH}),
    frozenset({Action.PREPARE_PUBLICATION, Action.PUBLISH, Action.RECORD_RELEASE}),
    frozenset({Action.WITHDRAW, Action.CONFIRM_WITHDRAWAL}),
)
"""Acts that must be done by different persons, whatever their roles, while they stand."""
