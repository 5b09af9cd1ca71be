"""“三公”经费和机关运行经费预算表: one line for the document."""

from __future__ import annotations

from typing import Final

from budget import questions
from budget.tables.one_line import OneLine
from budget.tables.spec import Group, TableSpec, amount, table

THREE_PUBLICS_AND_AGENCY_COSTS: Final = table(
    TableSpec(
        code="three-publics-and-agency-costs",
        title="“三公”经费和机关运行经费预算表",
        columns=(
            Group(
                "three_publics",
                "“三公”经费预算数",
                (
                    amount(
                        "total",
                        "合计",
                        questions.THREE_PUBLICS,
                        sum_of=("overseas_visits", "hospitality", "vehicles"),
                    ),
                    amount("overseas_visits", "因公出国（境）费", questions.OVERSEAS_VISITS),
                    amount("hospitality", "公务接待费", questions.HOSPITALITY),
                    Group(
                        "vehicles_group",
                        "公务用车购置及运行费",
                        (
                            amount(
                                "vehicles",
                                "小计",
                                questions.VEHICLES,
                                sum_of=("vehicle_purchase", "vehicle_running"),
                            ),
                            amount("vehicle_purchase", "购置费", questions.VEHICLE_PURCHASE),
                            amount("vehicle_running", "运行费", questions.VEHICLE_RUNNING),
                        ),
                    ),
                ),
            ),
            amount(
                "agency_operating_costs",
                "机关运行经费预算数",
                questions.AGENCY_OPERATING_COSTS,
                width=16,
            ),
        ),
        rows=OneLine(questions.SPENT),
    )
)
