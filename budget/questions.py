"""The questions that the field asks of a ledger, by their names.

Two sides: what counts as income of the whole (``EARNED``) and what counts as a use (``SPENT``).
Everything else narrows one of them.
"""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.terms import AGENCY_TYPES, APPROPRIATIONS, Allotment, Nature, Source, Upkeep

EARNED: Final = where(earned=True)
SPENT: Final = where(spent=True)

CARRIED_OVER: Final = where(carried_over=True)
OF_THIS_YEAR: Final = where(carried_over=False)

APPROPRIATED: Final = where(source=APPROPRIATIONS)
GENERAL_PUBLIC: Final = where(source=Source.GENERAL_PUBLIC)
GOVERNMENT_FUND: Final = where(source=Source.GOVERNMENT_FUND)
STATE_CAPITAL: Final = where(source=Source.STATE_CAPITAL)
REGULAR_ALLOTMENT: Final = where(allotment=Allotment.REGULAR)

SPENDING: Final = where(nature=frozenset(nature for nature in Nature if nature.is_spending))
BASIC: Final = where(nature=Nature.BASIC)
PROJECT: Final = where(nature=Nature.PROJECT)
PERSONNEL: Final = where(upkeep=Upkeep.PERSONNEL)
OPERATING: Final = where(upkeep=Upkeep.OPERATING)
IN_AGENCIES: Final = where(unit_type=AGENCY_TYPES)

EARNED_THIS_YEAR: Final = EARNED & OF_THIS_YEAR
SPENT_THIS_YEAR: Final = SPENT & SPENDING

OVERSEAS_CODES: Final = frozenset({"30212"})
HOSPITALITY_CODES: Final = frozenset({"30217"})
VEHICLE_PURCHASE_CODES: Final = frozenset({"30913", "31013"})
VEHICLE_RUNNING_CODES: Final = frozenset({"30231"})

FROM_GENERAL_PUBLIC: Final = SPENT_THIS_YEAR & GENERAL_PUBLIC
"""The basis of “三公” and of 机关运行经费: 一般公共预算 money, this year's or carried over."""

OVERSEAS_VISITS: Final = FROM_GENERAL_PUBLIC & where(economic=OVERSEAS_CODES)
HOSPITALITY: Final = FROM_GENERAL_PUBLIC & where(economic=HOSPITALITY_CODES)
VEHICLE_PURCHASE: Final = FROM_GENERAL_PUBLIC & where(economic=VEHICLE_PURCHASE_CODES)
VEHICLE_RUNNING: Final = FROM_GENERAL_PUBLIC & where(economic=VEHICLE_RUNNING_CODES)
VEHICLES: Final = FROM_GENERAL_PUBLIC & where(
    economic=VEHICLE_PURCHASE_CODES | VEHICLE_RUNNING_CODES
)
THREE_PUBLICS: Final = FROM_GENERAL_PUBLIC & where(
    economic=OVERSEAS_CODES | HOSPITALITY_CODES | VEHICLE_PURCHASE_CODES | VEHICLE_RUNNING_CODES
)
AGENCY_OPERATING_COSTS: Final = FROM_GENERAL_PUBLIC & BASIC & OPERATING & IN_AGENCIES
