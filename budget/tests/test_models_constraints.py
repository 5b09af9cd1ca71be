"""What the database refuses whoever writes, asked of it by plain SQL, each constraint by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from budget.models import Project, Remark, RevenueLine, SpendingLine, UnitBudget
from budget.models.append_only import unguard
from budget.models.constraints import Belongs
from budget.terms import Nature, Source
from budget.tests.stored import (
    a_budget,
    a_line,
    a_project,
    a_unit,
    line_values,
    one_of_each,
)

pytestmark = pytest.mark.django_db

NONSENSE = {
    "_in_vocabulary": "'nonsense'",
    "_in_range": "1000000000000000",
    "_not_negative": "-1",
    "_spelled": "'2 1'",
    "_from_one": "0",
}
"""What breaks the constraints of a kind, by the end of their names, as SQL."""

BREAKS = {
    "auditentry_act_spelled": "act = 'nonsense'",
    "budgetunit_code_spelled": "code = '8011'",
    "spendingline_nature_in_vocabulary": (
        "nature = 'nonsense', upkeep = NULL, source = 'other_revenue'"
    ),
    "functioncode_valid_in_order": "valid_to = '2019-12-31'",
    "economiccode_valid_in_order": "valid_to = '2019-12-31'",
    "revenuecode_valid_in_order": "valid_to = '2019-12-31'",
    "budgetunit_code_of_department": "code = '802001'",
    "budgetyear_year_plausible": "year = 203",
    "department_merged_is_closed": "merged_into_id = code",
    "budgetunit_merged_is_closed": "merged_into_id = id",
    "grant_bounded_by_its_reach": "unit_id = NULL",
    "grant_ends_after_it_begins": "valid_from = '2030-01-02', valid_to = '2030-01-01'",
    "grant_revoked_at_a_time": "revoked_by_id = user_id",
    "proposedcode_use_instead_spelled": (
        "use_instead = '2 1', decided_at = '2030-01-01', decided_by_id = proposed_by_id"
    ),
    "proposedcode_decided_at_a_time": "use_instead = '2010301'",
    "priorfigure_precision_positive": "precision = 0",
    "rulesetting_value_of_its_kind": "value = '25'",
    "answer_reason_given": "reason = ''",
    "correction_says_what_and_why": "what = ''",
    "seal_for_a_secret": "ground = 'mistake'",
    "releasejob_attempts_limited": "attempts = 4",
    "project_ends_after_start": "starts_on = '2030-01-02', ends_on = '2030-01-01'",
    "ceiling_only_projects_named": "project = 'P1'",
    "ceilingchange_only_projects_named": "project = 'P1'",
    "excessreason_only_projects_named": "project = 'P1'",
    "excessreason_given": "reason = ''",
    "grant_capacity_of_signers": "capacity = 'head'",
    "grant_stand_in_ends": "capacity = 'stand_in', valid_to = NULL",
    "grantedamount_reason_given": "reason = ''",
    "unitverdict_reason_given": "reason = ''",
    "ceilingchange_kind_in_vocabulary": "kind = 'nonsense'",
    "spendingline_basic_is_classified": "upkeep = NULL",
    "spendingline_upkeep_is_basic": "nature = 'carryover_out'",
    "spendingline_project_is_named": "nature = 'project', upkeep = NULL",
    "spendingline_only_projects_named": "project_id = (SELECT MIN(id) FROM budget_project)",
    "spendingline_appropriation_uses": "nature = 'business', upkeep = NULL",
    "spendingline_paid_to_is_transfer": "paid_to_id = unit_id + 1",
    "spendingline_received_is_transfer": "received_from_id = unit_id + 1",
    "spendingline_other_side_is_other": (
        "source = 'grants_from_superior', received_from_id = unit_id"
    ),
}
"""What breaks the constraints that are rules of their own: the SQL after SET."""


ALSO = {
    "grant_role_in_vocabulary": "grant_bounded_by_its_reach",
    "grant_stand_in_ends": "grant_capacity_of_signers",
}
"""Constraints that no row breaks by itself, and which other one an engine may name first."""


def checks() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_app_config("budget").get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                yield model, constraint.name


def breaking(model: type[models.Model], name: str) -> str:
    """Return the SQL after SET that breaks a constraint."""
    if name in BREAKS:
        return BREAKS[name]
    [ending] = [each for each in NONSENSE if name.endswith(each)]
    field = name.removeprefix(f"{model._meta.model_name}_").removesuffix(ending)
    return f'"{field}" = {NONSENSE[ending]}'


def refused(sql: str) -> str:
    """Return what the database says when it refuses; the test fails when it does not."""
    with pytest.raises(IntegrityError) as refusal, checked(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(refusal.value)


@contextmanager
def checked() -> Iterator[None]:
    """Let the database judge at the end what it would judge on committing."""
    with transaction.atomic():
        yield
        connection.check_constraints()


@pytest.mark.parametrize(("model", "name"), list(checks()), ids=lambda value: str(value))
def test_each_check_is_kept_by_the_database(model: type[models.Model], name: str) -> None:
    row = one_of_each()[model._meta.model_name or ""]
    unguard(connection)
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None
    pk = key.get_db_prep_value(row.pk, connection)
    said = refused(f"UPDATE {table} SET {breaking(model, name)} WHERE {key.column} = '{pk}'")
    assert name in said or ALSO.get(name, name) in said


@pytest.mark.parametrize(
    "name", ["economic = NULL", "nature = 'basic', upkeep = 'personnel', economic = NULL"]
)
def test_a_basic_line_needs_its_economic_code(name: str) -> None:
    line = one_of_each()["spendingline"]
    assert "basic_is_classified" in refused(
        f"UPDATE budget_spendingline SET {name} WHERE id = {line.pk}"
    )


@pytest.mark.parametrize("source", ["general_public", "government_fund", "state_capital"])
@pytest.mark.parametrize(
    "nature",
    ["business", "grants_to_affiliates", "remittance_to_superior", "surplus_distribution"],
)
def test_no_appropriation_pays_for_what_it_may_not(source: str, nature: str) -> None:
    line = one_of_each()["spendingline"]
    assert "appropriation_uses" in refused(
        f"UPDATE budget_spendingline SET source = '{source}', nature = '{nature}', upkeep = NULL"
        f" WHERE id = {line.pk}"
    )


def test_other_money_and_closing_uses_are_accepted() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    a_line(budget, unit, nature=Nature.CARRYOVER_OUT, upkeep=None, economic=None)
    for sequence, nature in enumerate(
        (Nature.BUSINESS, Nature.GRANTS_TO_AFFILIATES, Nature.SURPLUS_DISTRIBUTION), start=2
    ):
        a_line(
            budget,
            unit,
            sequence=sequence,
            nature=nature,
            upkeep=None,
            economic=None,
            source=Source.OTHER,
        )
    connection.check_constraints()
    assert SpendingLine.objects.count() == 4


UNIQUE = {
    "budget_functioncode": "code, valid_from, name, confidence, is_active, origin, fund",
    "budget_spendingline": (
        "budget_id, unit_id, sequence, nature, upkeep, function, economic, source,"
        " carried_over, amount"
    ),
    "budget_revenueline": "budget_id, unit_id, source, carried_over, amount",
    "budget_project": (
        "budget_id, unit_id, code, name, category, purpose, introduced, overview, basis,"
        " executor, plan, period, arrangement"
    ),
    "budget_departmentbudget": (
        "department_id, year_id, round, version, state, performance, revision, disclosure_only,"
        " approval_number"
    ),
    "budget_unitbudget": "budget_id, unit_id, department_id, complete, offices",
    "budget_remark": "budget_id, unit_id, key, text",
    "budget_release": (
        "scope, code, name, year, number, edition, origin, snapshot_id, digest, content,"
        " fonts, published_at"
    ),
    "budget_vehiclecount": 'budget_id, unit_id, holding, "use", count',
}


@pytest.mark.parametrize("table", UNIQUE)
def test_the_same_row_twice_is_refused(table: str) -> None:
    one_of_each()
    columns = UNIQUE[table]
    said = refused(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}")
    assert "unique" in said.lower()


MAY_STAND_TWICE = {
    "audithead",  # one row, by its key
    "steptaken",  # what happened, as often as it did
    *("publicplace", "ceilingchange", "grantchange"),
    *("codechange", "pendingrow", "attachment"),
    *("dutysetting", "rulechange", "usedpassword"),  # what happened, as often as it did
    "unitverdict",
}


def test_every_model_says_what_must_not_stand_twice() -> None:
    for model in apps.get_app_config("budget").get_models():
        named = any(isinstance(each, UniqueConstraint) for each in model._meta.constraints)
        unique = any(field.unique and not field.primary_key for field in model._meta.fields)
        assert named or unique or model._meta.model_name in MAY_STAND_TWICE, model


def test_a_remark_of_the_department_stands_once_too() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    Remark.objects.create(budget=budget, key="mandate", text="甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.bulk_create([Remark(budget=budget, key="mandate", text="乙")])


def test_a_code_of_unknown_start_stands_once() -> None:
    columns = "code, name, confidence, is_active, origin, fund"
    values = "'201', '甲', 'high', true, '', 'general_public'"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO budget_functioncode ({columns}) VALUES ({values})")
    assert (
        "unique"
        in refused(f"INSERT INTO budget_functioncode ({columns}) VALUES ({values})").lower()
    )


def test_a_department_has_one_head() -> None:
    a_unit(is_head=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_unit("801002", is_head=True)


def test_the_project_of_a_line_is_the_unit_s_own() -> None:
    mine, other = a_unit(), a_unit("801002")
    budget = a_budget(mine, other)
    strange = a_project(budget, other)
    line = SpendingLine(
        budget=budget,
        unit=mine,
        project=strange,
        **line_values(nature=Nature.PROJECT, upkeep=None),
    )
    with pytest.raises(ValidationError, match="该项目不是本单位在本预算中的项目"):
        line.full_clean()
    with pytest.raises(IntegrityError), checked():
        SpendingLine.objects.bulk_create([line])


def test_the_project_of_a_line_is_of_the_same_budget() -> None:
    unit = a_unit()
    first, second = a_budget(unit), a_budget(unit, version=2)
    project = a_project(first, unit)
    values = line_values(nature=Nature.PROJECT, upkeep=None)
    SpendingLine.objects.create(budget=first, unit=unit, project=project, **values)
    connection.check_constraints()
    with pytest.raises(IntegrityError), checked():
        SpendingLine.objects.create(budget=second, unit=unit, project=project, **values)


@pytest.mark.parametrize("model", [SpendingLine, RevenueLine, Project])
def test_a_unit_that_takes_no_part_has_no_rows(model: type[models.Model]) -> None:
    rows = one_of_each()
    stranger = a_unit("802001")
    table = model._meta.db_table
    refused(f"UPDATE {table} SET unit_id = {stranger.pk}")
    assert UnitBudget.objects.count() == 1
    assert rows["unitbudget"] == UnitBudget.objects.get()


@pytest.mark.parametrize(
    ("column", "nature", "source"),
    [
        ("paid_to_id", "grants_to_affiliates", "other_revenue"),
        ("received_from_id", "carryover_out", "grants_from_superior"),
    ],
)
def test_the_other_side_of_a_transfer_takes_part_in_the_budget(
    column: str, nature: str, source: str
) -> None:
    line = one_of_each()["spendingline"]
    stranger = a_unit("802001")
    refused(
        f"UPDATE budget_spendingline SET {column} = {stranger.pk}, nature = '{nature}',"
        f" upkeep = NULL, source = '{source}' WHERE id = {line.pk}"
    )


def test_a_unit_of_another_department_takes_no_part() -> None:
    budget = a_budget(a_unit())
    stranger = a_unit("802001")
    with pytest.raises(IntegrityError), checked():
        UnitBudget.objects.create(budget=budget, unit=stranger)


def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_every_belonging_points_at_columns_that_are_unique_there() -> None:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, Belongs):
                target = apps.get_model(constraint.to)
                unique = [
                    {target._meta.get_field(name).attname for name in each.fields}
                    for each in target._meta.constraints
                    if isinstance(each, UniqueConstraint) and each.condition is None
                ]
                assert set(constraint.to_fields) in unique, constraint.name
