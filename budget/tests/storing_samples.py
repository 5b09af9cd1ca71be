"""The sample in the working tables, for tests of what reads it from there."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from budget.imports.code_lists import load_lists
from budget.imports.records import json_records
from budget.imports.storing import store
from budget.models import DepartmentBudget
from budget.registry import discover
from budget.remarks import Remark
from budget.tests.samples import CODES, SAMPLE, sample


def stored_sample() -> DepartmentBudget:
    """Store the sample with the codes of its year and return its budget."""
    discover(settings.PACKAGES, ("storing",))
    load_lists(CODES.parent, 2023)
    remarks = json_records(SAMPLE / "remarks.json", Remark)
    day = date.fromisoformat(sample().head.codes_on)
    return store(sample().book, remarks, edition=sample().head.edition, codes_on=day)
