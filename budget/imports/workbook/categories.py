"""Names of 类, which two-sided tables print without their codes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from budget.codes import level
from budget.imports.code_lists import UnknownListYear, latest_year
from budget.imports.code_names import ListedCode
from budget.imports.records import csv_records
from budget.terms import Level


def category_names(directory: Path, year: int) -> dict[str, str]:
    """Return the name of each 类 by code from the list that holds in a year; {} without one."""
    try:
        found = latest_year(directory, until=year)
    except UnknownListYear:
        return {}
    listed = csv_records(directory / str(found) / "function_codes.csv", ListedCode)
    day = date(year, 1, 1)
    return {
        each.code: each.name
        for each in listed
        if level(each.code) is Level.CATEGORY and each.holds_on(day)
    }
