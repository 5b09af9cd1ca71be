"""“三公”经费 and 机关运行经费: amounts that inspections look at first.

Both rest on 一般公共预算 money (budget/questions.py), as the explanation of terms says.
"""

from __future__ import annotations

from typing import Final

from budget import questions
from budget.measures.registry import measure

THREE_PUBLICS: Final = measure("three_publics", "“三公”经费", questions.THREE_PUBLICS)
HOSPITALITY: Final = measure("hospitality", "公务接待费", questions.HOSPITALITY)
OVERSEAS_VISITS: Final = measure("overseas_visits", "因公出国（境）费", questions.OVERSEAS_VISITS)
VEHICLES: Final = measure("vehicles", "公务用车购置及运行费", questions.VEHICLES)
VEHICLE_PURCHASE: Final = measure("vehicle_purchase", "公务用车购置费", questions.VEHICLE_PURCHASE)
VEHICLE_RUNNING: Final = measure("vehicle_running", "公务用车运行费", questions.VEHICLE_RUNNING)
AGENCY_OPERATING_COSTS: Final = measure(
    "agency_operating_costs", "机关运行经费", questions.AGENCY_OPERATING_COSTS
)
