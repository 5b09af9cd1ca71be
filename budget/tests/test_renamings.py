"""Names that codes had before: read from the list and from the database, up to the book's year."""

from __future__ import annotations

from datetime import date

import pytest

from budget.book import Renaming
from budget.imports.code_names import catalogue
from budget.load import load_book
from budget.models import CodeChange
from budget.terms import CodeScheme
from budget.tests.samples import CODES, sample_book
from budget.tests.stored import YEAR, a_budget, a_unit


def test_the_sample_knows_the_names_of_earlier_years() -> None:
    renamings = sample_book().catalogue.renamings
    assert Renaming("210", "医疗卫生与计划生育支出", "卫生健康支出") in renamings
    assert Renaming("30310", "生产补贴", "个人农业生产补贴") in renamings


def test_a_renaming_counts_from_its_year_on() -> None:
    # 215 was renamed in 2020, 22402 in 2022.
    of_2021 = catalogue(CODES, date(2021, 1, 1), functions=(), economics=()).renamings
    codes = {each.code for each in of_2021}
    assert "215" in codes
    assert "22402" not in codes


def test_doubtful_changes_and_those_of_other_kinds_are_left_out() -> None:
    codes = {each.code for each in sample_book().catalogue.renamings}
    # 2050702 is of low confidence, 216 was given a new meaning, 503 is a government code.
    assert not codes & {"2050702", "216", "503"}


@pytest.mark.django_db
def test_the_database_gives_active_renamings_up_to_the_books_year() -> None:
    a_budget(a_unit())
    for code, year, active in (("201", None, True), ("202", YEAR, True), ("203", YEAR, False)):
        _change(code, year, is_active=active)
    _change("204", YEAR + 1)
    _change("205", YEAR, change="reuse")
    _change("501", YEAR, scheme=CodeScheme.GOVERNMENT_ECONOMIC)
    assert load_book("801", YEAR).catalogue.renamings == (
        Renaming("201", "旧名", "新名"),
        Renaming("202", "旧名", "新名"),
    )


def _change(code: str, year: int | None, **changes: object) -> None:
    fields: dict[str, object] = {"scheme": CodeScheme.FUNCTION, "change": "rename", **changes}
    CodeChange.objects.create(
        code=code, effective_year=year, old_name="旧名", new_name="新名", **fields
    )
