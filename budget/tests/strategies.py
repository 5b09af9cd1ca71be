"""Random books that keep the field's rules, for tests of what must hold in every book.

Appropriated money is used for basic, project and 结转下年 only; basic lines say upkeep and
economic class, project lines name a project of their unit; a transfer between units of the
department is a line on each side, of one amount and function. Everything else is free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, cast

from hypothesis import strategies as st

from budget.book import (
    BudgetBook,
    Catalogue,
    Department,
    OfUnits,
    PriorFigure,
    Project,
    Unit,
)
from budget.lines import Line
from budget.remarks import Remarks
from budget.terms import (
    APPROPRIATION_USES,
    Allotment,
    Nature,
    ProjectCategory,
    Scope,
    Source,
    UnitType,
    Upkeep,
)
from budget.tests.samples import sample_book

FEN: Final = Decimal("0.01")
HUNDRED_YUAN: Final = Decimal(100)
"""The grain at which amounts print in 万元 without loss."""

DEPARTMENT: Final = Department(code="901", name="某市某局")
MOST_UNITS: Final = 4

FUNCTION_NAMES: Final = {
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "2010350": "事业运行",
    "20502": "普通教育",
    "2050204": "高中教育",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "21208": "国有土地使用权出让收入安排的支出",
    "2120803": "城市建设支出",
    "22301": "解决历史遗留问题及改革成本支出",
    "2230105": "国有企业退休人员社会化管理补助支出",
    "22960": "彩票公益金安排的支出",
    "2296003": "用于体育事业的彩票公益金支出",
}
ECONOMIC_NAMES: Final = {
    "301": "工资福利支出",
    "30101": "基本工资",
    "30199": "其他工资福利支出",
    "302": "商品和服务支出",
    "30201": "办公费",
    "30212": "因公出国（境）费用",
    "30217": "公务接待费",
    "30231": "公务用车运行维护费",
    "30239": "其他交通费用",
    "303": "对个人和家庭的补助",
    "30302": "退休费",
    "309": "资本性支出（基本建设）",
    "30913": "公务用车购置",
    "310": "资本性支出",
    "31013": "公务用车购置",
}
ORDINARY: Final = ("2010301", "2010302", "2010350", "2050204", "2080505")
FUNCTIONS: Final = {
    **dict.fromkeys(Source, ORDINARY),
    Source.GOVERNMENT_FUND: ("2120803", "2296003"),
    Source.STATE_CAPITAL: ("2230105",),
}
ANY_USE: Final = tuple(Nature)
PLAIN_USES: Final = (Nature.BASIC, Nature.PROJECT)
OWN_USES: Final = tuple(nature for nature in Nature if not nature.is_transfer_out)
APPROPRIATED_USES: Final = tuple(nature for nature in Nature if nature in APPROPRIATION_USES)
SPENT_ON: Final = tuple(code for code in ECONOMIC_NAMES if len(code) == 5)
SOURCES: Final = (*(Source.GENERAL_PUBLIC,) * 6, *Source)
"""Every source, and oftener the one that most tables are about."""


@dataclass(frozen=True, slots=True)
class Grain:
    """How fine amounts are, in yuan."""

    yuan: Decimal

    @property
    def amounts(self) -> st.SearchStrategy[Decimal]:
        """Amounts above zero, most of them small, some as large as a ministry's."""
        return st.one_of(st.integers(1, 999), st.integers(1, 10**11)).map(self._times)

    def _times(self, number: int) -> Decimal:
        return number * self.yuan


@cache
def _catalogue() -> Catalogue:
    names = sample_book().catalogue.function
    categories = {code: name for code, name in names.items() if len(code) == 3}
    return Catalogue({**categories, **FUNCTION_NAMES}, ECONOMIC_NAMES)


def _project_codes(unit: str) -> tuple[str, ...]:
    return tuple(f"{unit}-{number:02}" for number in (1, 2))


@st.composite
def _uses(draw: st.DrawFn, unit: str, nature: Nature) -> Line:
    """A line's side of use; source, function and amount come later."""
    upkeep = economic = project = None
    if nature is Nature.BASIC:
        upkeep = draw(st.sampled_from(Upkeep))
        economic = draw(st.sampled_from(SPENT_ON))
    elif nature is Nature.PROJECT:
        project = draw(st.sampled_from(_project_codes(unit)))
        economic = draw(st.none() | st.sampled_from(SPENT_ON))
    return Line(
        unit=unit,
        sequence=0,
        nature=nature,
        function="",
        source=Source.OTHER,
        amount=Decimal(0),
        upkeep=upkeep,
        project=project,
        economic=economic,
    )


@st.composite
def lines(draw: st.DrawFn, unit: str, grain: Grain, *, plain: bool = False) -> Line:
    """A line that faces no other unit of the department; see books for ``plain``."""
    source = draw(st.sampled_from(SOURCES))
    uses = APPROPRIATED_USES if source.is_appropriation else ANY_USE
    nature = draw(st.sampled_from(PLAIN_USES if plain else uses))
    allotment = draw(st.none() | st.sampled_from(Allotment)) if source.is_appropriation else None
    return replace(
        draw(_uses(unit, nature)),
        source=source,
        function=draw(st.sampled_from(FUNCTIONS[source])),
        carried_over=not plain and draw(st.booleans()),
        allotment=allotment,
        amount=draw(grain.amounts),
    )


@st.composite
def transfers(draw: st.DrawFn, units: tuple[str, ...], grain: Grain) -> tuple[Line, Line]:
    """A transfer between two units: what one pays, and what the other does with it."""
    payer, payee = draw(st.permutations(units))[:2]
    nature, received = draw(
        st.sampled_from(
            [
                (Nature.GRANTS_TO_AFFILIATES, Source.GRANTS_FROM_SUPERIOR),
                (Nature.REMITTANCE_TO_SUPERIOR, Source.REMITTANCES_FROM_AFFILIATES),
            ]
        )
    )
    own = draw(st.sampled_from([Source.OTHER, Source.PUBLIC_SERVICE, Source.BUSINESS]))
    use = draw(st.sampled_from(OWN_USES))
    function, amount = draw(st.sampled_from(ORDINARY)), draw(grain.amounts)
    paid = replace(draw(_uses(payer, nature)), source=own, paid_to=payee)
    spent = replace(draw(_uses(payee, use)), source=received, received_from=payer)
    return (
        replace(paid, function=function, amount=amount),
        replace(spent, function=function, amount=amount),
    )


@st.composite
def books(
    draw: st.DrawFn,
    *,
    grain: Decimal = HUNDRED_YUAN,
    fewest_units: int = 1,
    most_lines: int = 12,
    plain: bool = False,
) -> BudgetBook:
    """A department's book of one to four units of any type, with up to so many lines.

    Up to three more pairs of lines are transfers among its units. Last year's figures are known
    for some measures. Parts that packages add are there and empty. A ``plain`` book has basic and
    project spending only, nothing carried over and no transfers; some of its projects are
    introduced.
    """
    fine = Grain(grain)
    units = draw(_units(fewest_units))
    codes = tuple(unit.code for unit in units)
    own = draw(
        st.lists(
            st.sampled_from(codes).flatmap(lambda unit: lines(unit, fine, plain=plain)),
            max_size=most_lines,
        )
    )
    with_transfers = len(codes) > 1 and not plain
    pairs = draw(st.lists(transfers(codes, fine), max_size=3)) if with_transfers else []
    return BudgetBook(
        year=2031,
        scope=Scope.DEPARTMENT,
        department=DEPARTMENT,
        units=units,
        catalogue=_catalogue(),
        lines=numbered([*own, *(line for pair in pairs for line in pair)]),
        projects=tuple(
            replace(_project(unit, code), introduced=plain and draw(st.booleans()))
            for unit in codes
            for code in _project_codes(unit)
        ),
        prior=draw(_prior_figures(fine)),
        parts=empty_parts(),
    )


@st.composite
def _units(draw: st.DrawFn, fewest: int) -> tuple[Unit, ...]:
    types = draw(st.lists(st.sampled_from(UnitType), min_size=fewest, max_size=MOST_UNITS))
    return tuple(
        Unit(
            code=f"901{number:03}",
            name=f"某市某局第{number}单位",
            type=unit_type,
            is_head=number == 1,
            offices=("办公室",),
        )
        for number, unit_type in enumerate(types, start=1)
    )


def _project(unit: str, code: str) -> Project:
    return Project(
        code=code, unit=unit, name=f"项目{code}", category=ProjectCategory.OTHER_OPERATION
    )


PRIOR_MEASURES: Final = (
    "revenue_total",
    "spending_total",
    "agency_operating_costs",
    "three_publics",
    "hospitality",
    "vehicles",
    "vehicle_purchase",
    "government_fund_spending",
    "appropriation",
    "all_public_service_revenue",
    "appropriation_spending",
    "state_capital_spending",
)


@st.composite
def _prior_figures(draw: st.DrawFn, grain: Grain) -> tuple[PriorFigure, ...]:
    known = draw(st.sets(st.sampled_from(PRIOR_MEASURES)))
    amounts = st.one_of(st.just(Decimal(0)), grain.amounts)
    return tuple(
        PriorFigure(measure=name, amount=draw(amounts), precision=grain.yuan, origin="上年预算")
        for name in PRIOR_MEASURES
        if name in known
    )


def numbered(unnumbered: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with sequences that count from 1 in each unit."""
    last: dict[str, int] = {}
    done = []
    for line in unnumbered:
        last[line.unit] = last.get(line.unit, 0) + 1
        done.append(replace(line, sequence=last[line.unit]))
    return tuple(done)


@cache
def empty_parts() -> dict[str, object]:
    """Return what other packages add to a book, with nothing in it."""
    parts = sample_book().parts
    return {name: cast(OfUnits, part).of_unit("") for name, part in parts.items()}


REMARKS: Final = Remarks(
    {
        "mandate": "负责全市某项工作\n承办交办的其他事项",
        "revenue_change": "人员增加",
        "spending_change": "人员增加",
        "agency_operating_costs_change": "人员增加",
        "three_publics_change": "厉行节约",
        "government_fund_change": "项目增加",
        "government_fund_purpose": "城市建设",
    }
)
"""Remarks with which a random book can be composed."""
