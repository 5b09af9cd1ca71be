"""The permission table: each address of the site by its view's name, and who may come in.

A name that ends in ``*`` stands for all addresses of a name space. An address without an entry, or
an entry without an address, keeps the site from starting (`budget.access.checks`).
"""

from __future__ import annotations

from collections.abc import Mapping

from budget.access.entries import Entry, Holding, OnBudget, Public, SignedIn, Superuser
from budget.actions import Action
from budget.roles import ADMINISTRATORS, BUREAU_SIDE, Role

SYSTEM = Holding(frozenset({Role.SYSTEM_ADMIN}))
SECURITY = Holding(frozenset({Role.SECURITY_ADMIN}))
PEOPLE = Holding(frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}))
TRAIL = Holding(frozenset({Role.AUDITOR, Role.SECURITY_ADMIN}))
AUDIT = Holding(frozenset({Role.AUDITOR}))
ADMINISTERING = Holding(ADMINISTRATORS)
BUREAU = Holding(frozenset({Role.BUDGET_REVIEWER}))
PERFORMANCE = Holding(frozenset({Role.PERFORMANCE_REVIEWER}))
SUMMING = Holding(BUREAU_SIDE | {Role.DEPARTMENT_FINANCE})
WRITING = frozenset({Action.EDIT, Action.EDIT_TEXTS})
READING = OnBudget(Action.VIEW, earlier=True)
BEFORE_SETTLED = SignedIn(unsettled=True)

ROUTES: Mapping[str, Entry] = {
    # ---- the public ----------------------------------------------------------------------------
    "portal:home": Public(),
    "portal:icon": Public(),
    "portal:disclosure": Public(),
    "portal:download": Public(),
    "portal:table": Public(),
    "portal:download_table": Public(),
    "portal:search": Public(),
    "portal:year": Public(),
    "portal:department": Public(),
    "portal:department_feed": Public(),
    "portal:versions": Public(),
    "portal:changes": Public(),
    "portal:feed": Public(),
    "portal:sitemap": Public(),
    "portal:robots": Public(),
    "health:alive": Public(),
    "health:ready": Public(),
    # ---- the public's programs -----------------------------------------------------------------
    "api:departments": Public(),
    "api:releases": Public(),
    "api:codes": Public(),
    "api:versions": Public(),
    "api:release": Public(),
    "api:tables": Public(),
    "api:table": Public(),
    "api:cell": Public(),
    "api:paragraphs": Public(),
    "api:paragraph": Public(),
    "api:figures": Public(),
    "api:figure": Public(),
    "api:charts": Public(),
    "api:schema": Public(),
    "api:docs": Public(),
    "api:nowhere": Public(),
    # ---- getting in and out --------------------------------------------------------------------
    "account_login": Public(),
    "account_logout": Public(),
    "account_inactive": Public(),
    "mfa_authenticate": Public(),
    "account_reauthenticate": BEFORE_SETTLED,
    "account_change_password": BEFORE_SETTLED,
    "mfa_index": BEFORE_SETTLED,
    "mfa_reauthenticate": BEFORE_SETTLED,
    "mfa_activate_totp": BEFORE_SETTLED,
    "mfa_deactivate_totp": SignedIn(),
    "mfa_view_recovery_codes": BEFORE_SETTLED,
    "mfa_generate_recovery_codes": SignedIn(),
    "mfa_download_recovery_codes": BEFORE_SETTLED,
    "usersessions_list": SignedIn(),
    # ---- people --------------------------------------------------------------------------------
    "people:own": SignedIn(),
    "people:accounts": PEOPLE,
    "people:account": PEOPLE,
    "people:create": SYSTEM,
    "people:disable": SYSTEM,
    "people:enable": SYSTEM,
    "people:approve": SECURITY,
    "people:grant": SECURITY,
    "people:revoke": SECURITY,
    "people:reset_password": SECURITY,
    "people:reset_second_factor": SECURITY,
    "people:unlock": SECURITY,
    "people:end_sessions": SECURITY,
    "people:duties": SECURITY,
    # ---- entry ---------------------------------------------------------------------------------
    "entry:home": SignedIn(),
    "entry:overview": READING,
    "entry:codes": OnBudget(Action.VIEW),
    "entry:preview": READING,
    "entry:behind": READING,
    "entry:sheet": OnBudget(Action.VIEW, writes=WRITING, earlier=True),
    "entry:save": OnBudget(Action.EDIT, writes=WRITING),
    "entry:paste": OnBudget(Action.VIEW, writes=WRITING),
    "entry:paste_confirm": OnBudget(Action.EDIT, writes=WRITING),
    "entry:undo": OnBudget(Action.EDIT, writes=WRITING),
    "entry:answer": OnBudget(Action.EDIT_TEXTS),
    "entry:workbook": OnBudget(Action.VIEW, writes=frozenset({Action.IMPORT})),
    "entry:workbook_filled": READING,
    "entry:workbook_empty": OnBudget(Action.VIEW),
    "entry:workbook_confirm": OnBudget(Action.IMPORT),
    "entry:begin": OnBudget(Action.VIEW, writes=WRITING),
    "entry:approval": OnBudget(Action.VIEW),
    "entry:approval_record": OnBudget(Action.RECORD_APPROVAL),
    "entry:approval_forget": OnBudget(Action.RECORD_APPROVAL),
    "entry:approval_settle": OnBudget(Action.RECORD_APPROVAL),
    "entry:files": OnBudget(Action.VIEW, writes=frozenset({Action.EDIT}), earlier=True),
    "entry:file": READING,
    "entry:file_delete": OnBudget(Action.EDIT),
    "entry:ceilings": READING,
    "entry:split_ceilings": OnBudget(Action.VIEW),
    "entry:explain_excess": OnBudget(Action.VIEW),
    "entry:complete": OnBudget(Action.COMPLETE_UNIT),
    "entry:return": OnBudget(Action.RETURN_UNIT),
    "entry:accept": OnBudget(Action.RETURN_UNIT),
    # ---- the way of a budget: whoever writes asks again, under the lock ------------------------
    "flow:desk": SignedIn(),
    "flow:budget": OnBudget(Action.VIEW_STATUS, earlier=True),
    "flow:take": OnBudget(Action.VIEW_STATUS),
    "flow:answer": OnBudget(Action.VIEW_STATUS),
    "flow:amounts": READING,
    "flow:version": OnBudget(Action.VIEW_STATUS, earlier=True),
    "flow:take_version": OnBudget(Action.VIEW_STATUS, earlier=True),
    "flow:first_version": OnBudget(Action.VIEW_STATUS, earlier=True),
    "flow:take_first_version": OnBudget(Action.VIEW_STATUS, earlier=True),
    "flow:files": READING,
    "flow:files_again": READING,
    "flow:places": READING,
    # ---- the budget division -------------------------------------------------------------------
    "bureau:years": BUREAU,
    "bureau:new_year": BUREAU,
    "bureau:year": BUREAU,
    "bureau:change_year": BUREAU,
    "bureau:open_year": BUREAU,
    "bureau:only_published": BUREAU,
    "bureau:rules": BUREAU,
    "bureau:ceilings": BUREAU,
    "bureau:import_ceilings": BUREAU,
    "bureau:confirm_ceilings": BUREAU,
    "bureau:department_ceilings": BUREAU,
    "bureau:departments": BUREAU,
    "bureau:new_department": BUREAU,
    "bureau:department": BUREAU,
    "bureau:change_department": BUREAU,
    "bureau:close_department": BUREAU,
    "bureau:resume_department": BUREAU,
    "bureau:new_unit": BUREAU,
    "bureau:unit": BUREAU,
    "bureau:close_unit": BUREAU,
    "bureau:resume_unit": BUREAU,
    "bureau:export": BUREAU,
    "bureau:upload": BUREAU,
    "bureau:confirm": BUREAU,
    "bureau:proposals": BUREAU,
    "bureau:proposal": BUREAU,
    "bureau:take_proposal": BUREAU,
    "bureau:codes": BUREAU,
    "bureau:new_code": BUREAU,
    "bureau:next_list": BUREAU,
    "bureau:confirm_list": BUREAU,
    "bureau:code": BUREAU,
    "indicators:choose": OnBudget(Action.VIEW, writes=frozenset({Action.EDIT})),
    # ---- the library of indicators -------------------------------------------------------------
    "indicators:library": PERFORMANCE,
    "indicators:new": PERFORMANCE,
    "indicators:change": PERFORMANCE,
    # ---- findings ------------------------------------------------------------------------------
    "review:findings": OnBudget(Action.VALIDATE),
    "review:report": OnBudget(Action.VALIDATE),
    "review:draft": OnBudget(Action.VIEW),
    # ---- the review desk -----------------------------------------------------------------------
    "desk:budget": READING,
    "desk:sums": SUMMING,
    "desk:sums_file": SUMMING,
    "desk:lines": Holding(BUREAU_SIDE),
    "desk:units": READING,
    "desk:consolidation": READING,
    # ---- papers --------------------------------------------------------------------------------
    "papers:papers": READING,
    "papers:draft": OnBudget(Action.PREVIEW, earlier=True),
    "papers:published": READING,
    "papers:submission": OnBudget(Action.PREVIEW, earlier=True),
    "papers:clearance": OnBudget(Action.PREVIEW, earlier=True),
    "papers:approval": READING,
    "papers:approvals": BUREAU,
    "papers:archive": BUREAU,
    # ---- the audit trail -----------------------------------------------------------------------
    "trail:entries": TRAIL,
    "trail:entry": TRAIL,
    "trail:verify": AUDIT,
    "trail:export": AUDIT,
    # ---- help ----------------------------------------------------------------------------------
    "help:guide": SignedIn(),
    "help:review": SignedIn(),
    "help:publishing": SignedIn(),
    "help:administrators": ADMINISTERING,
    "help:operations": ADMINISTERING,
    # ---- the plain administration pages, where they are installed ------------------------------
    "admin:*": Superuser(),
}

OPTIONAL = frozenset({"admin:*"})
"""Entries whose addresses a setting may leave out."""


def entry_for(view_name: str, routes: Mapping[str, Entry] = ROUTES) -> Entry | None:
    """Return the entry of an address by its view's name, None where there is none."""
    space, colon, _ = view_name.partition(":")
    return routes.get(view_name) or (routes.get(f"{space}:*") if colon else None)
