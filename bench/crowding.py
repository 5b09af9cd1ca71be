"""A busy day's database: releases on the shelf, departments at work, people who are signed in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from bench.documents import sample
from bench.shelving import fill
from budget.canonical import Inputs, inputs_content, read_inputs
from budget.imports.code_lists import load_lists
from budget.imports.records import json_records
from budget.imports.storing import store
from budget.models import DepartmentBudget, Release, SpendingLine
from budget.registry import discover
from budget.remarks import Remark
from budget.roles import Role
from budget.terms import Nature, State
from budget.tests.people import someone_with
from budget.tests.samples import CODES, SAMPLE

RELEASES: Final = 100
TYPING, REVIEWED = 25, 15
"""So many departments are being filled in, and so many lie with the bureau."""

FIRST_CODE: Final = 501
ROWS: Final = 12
"""The lines whose amounts an accountant changes."""

Told = dict[str, Any]


def crowd() -> Told:
    """Fill the database and return who may come with which session, and what he works on."""
    fill(RELEASES, years=1)
    discover(settings.PACKAGES, ("storing",))
    load_lists(CODES.parent, sample().book.year)
    codes = [f"{FIRST_CODE + number}" for number in range(TYPING + REVIEWED)]
    with transaction.atomic():
        budgets = [_department(code) for code in codes]
        DepartmentBudget.objects.filter(pk__in=[each.pk for each in budgets[TYPING:]]).update(
            state=State.REVIEWED
        )
        told: Told = {
            "accountants": list(map(_accountant, budgets[:TYPING])),
            "reviewers": [_reviewer(number, each) for number, each in enumerate(budgets[TYPING:])],
        }
    told["pages"] = [
        f"/{code}/{year}/" for code, year in Release.objects.values_list("code", "year")
    ]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return told


def _department(code: str) -> DepartmentBudget:
    """Store the sample as another department."""
    was = sample().book.department.code
    given = Inputs(book=sample().book, remarks=sample().remarks, edition=sample().head.edition)
    content = inputs_content(given).decode()
    named = re.sub(rf'"{was}(?=\d{{3}}\b|")', f'"{code}', content)  # its own code, and its units'
    book = read_inputs(named.encode()).book
    remarks = [
        replace(each, unit=each.unit and each.unit.replace(was, code, 1))
        for each in json_records(SAMPLE / "remarks.json", Remark)
    ]
    day = date.fromisoformat(sample().head.codes_on)
    return store(book, remarks, edition=sample().head.edition, codes_on=day)


def _accountant(budget: DepartmentBudget) -> Told:
    lines = SpendingLine.objects.filter(budget=budget, nature=Nature.BASIC).order_by("pk")
    unit = lines[0].unit
    user = someone_with(Role.COMPILER, unit.code)
    rows = [[str(each.pk), f"{each.amount:,.2f}"] for each in lines.filter(unit=unit)[:ROWS]]
    return {"session": _session(user), "at": f"/entry/{unit.code}/{budget.year_id}/", "rows": rows}


def _reviewer(number: int, budget: DepartmentBudget) -> Told:
    user = someone_with(Role.BUDGET_REVIEWER, "", f"reviewer {number}")
    return {"session": _session(user), "at": f"{budget.department_id}/{budget.year_id}/"}


def _session(user: User) -> str:
    """Return the key of a session in which somebody is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return str(client.session.session_key)
