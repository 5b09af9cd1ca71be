"""一般公共预算“三公”经费支出表: one row per unit (domain §3.7)."""

from __future__ import annotations

from typing import Final

from budget import questions
from budget.ledger import where
from budget.tables.spec import Group, TableSpec, amount, table, text
from budget.tables.units import PerUnit

PURCHASE: Final = questions.VEHICLE_PURCHASE_CODES
RUNNING: Final = questions.VEHICLE_RUNNING_CODES

THREE_PUBLICS: Final = table(
    TableSpec(
        code="three-publics",
        title="“三公”经费支出表",
        columns=(
            text("name", "单位名称", width=28),
            Group(
                "three_publics",
                "“三公”经费预算数（一般公共预算拨款）",
                (
                    amount("total", "小计", sum_of=("hospitality", "overseas_visits", "vehicles")),
                    amount(
                        "hospitality", "公务接待费", where(economic=questions.HOSPITALITY_CODES)
                    ),
                    amount(
                        "overseas_visits",
                        "因公出国（境）费",
                        where(economic=questions.OVERSEAS_CODES),
                    ),
                    amount(
                        "vehicles",
                        "公务用车购置及运行费",
                        where(economic=PURCHASE | RUNNING),
                        sum_of=("vehicle_purchase", "vehicle_running"),
                    ),
                    amount("vehicle_purchase", "其中：公务用车购置", where(economic=PURCHASE)),
                    amount("vehicle_running", "其中：公务用车运行费", where(economic=RUNNING)),
                ),
            ),
        ),
        rows=PerUnit("name", questions.THREE_PUBLICS),
    )
)
