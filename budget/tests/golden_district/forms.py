"""What each table of a form is made of, typed by hand from the descriptions of the forms.

``SHEETS`` maps the code of a table to its expected body. Labels are those of the place: the second
rank of the district is numbered 1. with a blank, that of the other two places 1、. What those two
differ in is said by ``Style``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from budget.tests.golden_district.adding import (
    APPROPRIATIONS,
    GENERAL_PUBLIC,
    MEASURES,
    Body,
    Test,
    added,
    anything,
    both,
    code_names,
    of,
)
from budget.tests.golden_district.sheets import (
    Across,
    Entry,
    Half,
    Sheet,
    Style,
    Value,
    sides,
    tree,
)

HAN: Final = "一二三四五六七八九十"
BASIC: Final = of(nature="basic")
PROJECT: Final = of(nature="project")
PERSONNEL: Final = of(upkeep="personnel")
OPERATING: Final = of(upkeep="operating")
BY_FUND: Final = [of(source=fund) for fund in APPROPRIATIONS]
THREE_FUNDS: Final[Across] = {0: (1, 2, 3)}
TWO_PARTS: Final[Across] = {0: (1, 2)}
APPROPRIATED: Final = MEASURES["appropriation"]


def nothing(record: object) -> bool:
    """The test of what these departments do not have: money carried over, other natures."""
    return False


def _only(body: Body, test: Test) -> list[dict[str, str]]:
    return [line for line in body.lines if test(line)]


def _categories(body: Body, test: Test) -> list[str]:
    return sorted({line["function"][:3] for line in _only(body, test)})


def _of_category(code: str) -> Test:
    return lambda record: record["function"].startswith(code)


# The district's nine tables.


def accounts_by_function(body: Body, style: Style) -> Sheet:
    """All income by source against all spending by 类."""
    return _accounts(body, [anything], {})


def accounts_by_function_of_unit(body: Body, style: Style) -> Sheet:
    """The same, spending split into people, running costs and projects."""
    split = [anything, both(BASIC, PERSONNEL), both(BASIC, OPERATING), PROJECT]
    return _accounts(body, split, {0: (1, 2, 3)})


def _accounts(body: Body, tests: list[Test], across: Across) -> Sheet:
    funds = ("1. 一般公共预算", "2. 政府性基金预算", "3. 国有资本经营预算")
    own = ("二、事业收入", "三、事业单位经营收入", "四、其他收入")
    kept = ("all_public_service_revenue", "business_revenue", "all_other_revenue")
    income = [
        Entry("一、财政拨款收入", APPROPRIATED, funds),
        *(Entry(label, test) for label, test in zip(funds, BY_FUND, strict=True)),
        *(Entry(label, MEASURES[code]) for label, code in zip(own, kept, strict=True)),
    ]
    uses = _numbered_categories(body, anything)
    left, right = _paired(
        income,
        uses,
        Entry("收入总计", anything, ("一、财政拨款收入", *own)),
        Entry("支出总计", anything, tuple(entry.label for entry in uses)),
    )
    return sides(body.lines, left, right, tests, across)


def _numbered_categories(body: Body, test: Test) -> list[Entry]:
    names = code_names("function_codes")
    return [
        Entry(f"{HAN[place]}、{names[code]}", both(test, _of_category(code)))
        for place, code in enumerate(_categories(body, test))
    ]


def _paired(
    income: list[Entry], uses: list[Entry], last_left: Entry, last_right: Entry
) -> tuple[Half, Half]:
    pairs = [*zip_longest(income, uses), (last_left, last_right)]
    return tuple(left for left, _ in pairs), tuple(right for _, right in pairs)


def revenue_by_source(body: Body, style: Style) -> Sheet:
    """Income by function in four sources."""
    codes = ("appropriation", "all_public_service_revenue", "business_revenue", "all_other_revenue")
    tests = [anything, *(MEASURES[code] for code in codes)]
    return tree(body.lines, "function", tests, {0: (1, 2, 3, 4)}, style)


def spending_by_nature(body: Body, style: Style) -> Sheet:
    """All spending by function, basic and project."""
    return tree(body.lines, "function", [anything, BASIC, PROJECT], TWO_PARTS, style)


def appropriation_accounts(body: Body, style: Style) -> Sheet:
    """Each fund against the 类 that it pays for."""
    labels = ("一、一般公共预算资金", "二、政府性基金", "三、国有资本经营预算")
    income = [Entry(label, test) for label, test in zip(labels, BY_FUND, strict=True)]
    uses = _numbered_categories(body, APPROPRIATED)
    left, right = _paired(
        income,
        uses,
        Entry("收入总计", APPROPRIATED, labels),
        Entry("支出总计", APPROPRIATED, tuple(entry.label for entry in uses)),
    )
    return sides(_only(body, APPROPRIATED), left, right, [anything, *BY_FUND], THREE_FUNDS)


def _of_fund(fund: str) -> Callable[[Body, Style], Sheet]:
    def sheet(body: Body, style: Style) -> Sheet:
        lines = _only(body, of(source=fund))
        return tree(lines, "function", [anything, BASIC, PROJECT], TWO_PARTS, style)

    return sheet


def basic_by_section(body: Body, style: Style) -> Sheet:
    """General public basic spending by 类 and 款 in columns of their own."""
    lines = _only(body, both(GENERAL_PUBLIC, BASIC))
    return tree(lines, "economic_parts", [anything, PERSONNEL, OPERATING], TWO_PARTS, style)


def three_publics_and_agency_costs(body: Body, style: Style) -> Sheet:
    """One line: total, overseas, reception, vehicles (bought, run), 机关运行经费."""
    codes = ("three_publics", "overseas_visits", "hospitality", "vehicles", "vehicle_purchase")
    tests = [MEASURES[code] for code in (*codes, "vehicle_running", "agency_operating_costs")]
    row = _amounts(body, tests)
    return Sheet([[*row]], [((0, 0), [(0, 1), (0, 2), (0, 3)]), ((0, 3), [(0, 4), (0, 5)])])


# The eight tables of the national procedure, which Changsha prints too.


def summary(body: Body, style: Style) -> Sheet:
    """Income by source against uses by nature."""
    income = [
        Entry("一、本级财政拨款收入", APPROPRIATED),
        Entry("二、财政专户管理事业收入", of(source="special_account")),
        Entry("三、事业单位经营服务收入", of(source="business_revenue")),
        Entry("四、上级补助收入", nothing),
        Entry(f"五、{style.other_revenue}", of(source="other_revenue")),
        Entry("六、事业收入", of(source="public_service_revenue")),
    ]
    uses = [
        Entry("一、基本支出", BASIC),
        Entry("二、项目支出", PROJECT),
        Entry("三、事业单位经营支出", nothing),
        Entry("四、对附属单位补助支出", nothing),
        Entry("五、上缴上级支出", nothing),
    ]
    current, every = style.summary_totals[:2], style.summary_totals[2:]
    left: Half = (
        *income,
        Entry(current[0], anything, tuple(entry.label for entry in income)),
        Entry("七、上年结转", nothing),
        None,
        Entry(every[0], anything, (current[0], "七、上年结转")),
    )
    right: Half = (
        *uses,
        None,
        Entry(current[1], anything, tuple(entry.label for entry in uses)),
        Entry("六、结余分配", nothing),
        Entry("七、结转下年", nothing),
        Entry(every[1], anything, (current[1], "六、结余分配", "七、结转下年")),
    )
    return sides(body.lines, left, right, [anything], {})


def revenue(body: Body, style: Style) -> Sheet:
    """Income by function in seven sources, of them 经费拨款 of which."""
    regular = of(allotment="regular_appropriation")
    tests = [
        anything,
        APPROPRIATED,
        both(APPROPRIATED, regular),
        of(source="special_account"),
        of(source="business_revenue"),
        nothing,
        of(source="other_revenue"),
        of(source="public_service_revenue"),
        nothing,
    ]
    return tree(body.lines, "function", tests, {0: (1, 3, 4, 5, 6, 7, 8)}, style)


def spending(body: Body, style: Style) -> Sheet:
    """Spending by function in five natures, of which these departments have two."""
    tests = [anything, BASIC, PROJECT, nothing, nothing, nothing]
    return tree(body.lines, "function", tests, {0: (1, 2, 3, 4, 5)}, style)


def appropriation_summary(body: Body, style: Style) -> Sheet:
    """Funds against the 类 that the place fixes, then those with money that it forgets."""
    names = code_names("function_codes")
    used = _categories(body, APPROPRIATED)
    codes = [*style.categories, *(code for code in used if code not in style.categories)]
    labels = (
        *("1、一般公共预算拨款收入", "2、政府性基金预算拨款收入"),
        "3、国有资本经营预算拨款收入",
    )
    income = [Entry(label, test) for label, test in zip(labels, BY_FUND, strict=True)]
    uses = [
        Entry(f"{number}、{names[code]}", _of_category(code))
        for number, code in enumerate(codes, start=1)
    ]
    middle = list(zip_longest(income, uses))
    left: Half = (
        Entry("一、本年收入", anything, labels),
        *(mine for mine, _ in middle),
        Entry("二、上年结转", nothing),
        Entry(style.appropriation_totals[0], anything, ("一、本年收入", "二、上年结转")),
    )
    right: Half = (
        Entry("一、本年支出", anything, tuple(entry.label for entry in uses)),
        *(other for _, other in middle),
        Entry("二、结转下年", nothing),
        Entry(style.appropriation_totals[1], anything, ("一、本年支出", "二、结转下年")),
    )
    return sides(_only(body, APPROPRIATED), left, right, [anything, *BY_FUND], THREE_FUNDS)


def basic_by_economic_code(body: Body, style: Style) -> Sheet:
    """General public basic spending by economic code."""
    lines = _only(body, both(GENERAL_PUBLIC, BASIC))
    return tree(lines, "economic", [anything, PERSONNEL, OPERATING], TWO_PARTS, style)


def three_publics(body: Body, style: Style) -> Sheet:
    """合计 and a row per unit: total, reception, overseas, vehicles, bought, run."""
    codes = ("three_publics", "hospitality", "overseas_visits", "vehicles", "vehicle_purchase")
    tests = [MEASURES[code] for code in (*codes, "vehicle_running")]
    rows: list[list[Value]] = [["合计", *_amounts(body, tests)]]
    for unit in body.units:
        own = [both(test, of(unit=unit["code"])) for test in tests]
        rows.append([unit["name"], *_amounts(body, own)])
    down = [((0, c), [(row, c) for row in range(1, len(rows))]) for c in range(1, 7)]
    across = [((row, 1), [(row, 2), (row, 3), (row, 4)]) for row in range(len(rows))]
    vehicles = [((row, 4), [(row, 5), (row, 6)]) for row in range(len(rows))]
    return Sheet(rows, [*down, *across, *vehicles])


def _amounts(body: Body, tests: list[Test]) -> list[Decimal]:
    return [added(body.lines, test) for test in tests]


SHEETS: Final[dict[str, Callable[[Body, Style], Sheet]]] = {
    "accounts-by-function": accounts_by_function,
    "accounts-by-function-of-unit": accounts_by_function_of_unit,
    "revenue-by-source": revenue_by_source,
    "spending-by-nature": spending_by_nature,
    "appropriation-accounts": appropriation_accounts,
    "state-capital-spending": _of_fund("state_capital"),
    "general-public-basic-by-section": basic_by_section,
    "three-publics-and-agency-costs": three_publics_and_agency_costs,
    "summary": summary,
    "revenue": revenue,
    "spending": spending,
    "appropriation-summary": appropriation_summary,
    "general-public-spending": _of_fund("general_public"),
    "general-public-basic": basic_by_economic_code,
    "three-publics": three_publics,
    "government-fund-spending": _of_fund("government_fund"),
}
