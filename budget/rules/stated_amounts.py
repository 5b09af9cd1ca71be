"""What authors say in their own sentences that a measure amounts to: 公务接待费增加到5万元.

An amount by which something grows or shrinks is none that it amounts to; nor is last year's, or
that of a part. An amount may be a bound (不超过5万元) or rounded (约5万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.terms import Term

UNITS: Final = {"亿元": 8, "万元": 4, "元": 0, "万": 4}
HAN: Final = "零〇一二两三四五六七八九十百千"
_NUMBER: Final = rf"\d[\d,]*(?:\.\d+)?|[{HAN}]+"
_UNIT: Final = r"亿元|万元|元|万(?=[，。；、,;）)]|$)"
AMOUNT: Final = re.compile(rf"(?<![\d.,{HAN}])(?P<number>{_NUMBER})\s*(?P<unit>{_UNIT})")
_OTHER: Final = rf"(?:{_NUMBER})\s*(?:{_UNIT})"

NAMES: Final = {
    "公务接待费": ("hospitality",),
    "因公出国（境）费": ("overseas_visits",),
    "因公出国（境）费用": ("overseas_visits",),
    "因公出国(境)费": ("overseas_visits",),
    "公务用车购置费": ("vehicle_purchase",),
    "公务用车运行费": ("vehicle_running",),
    "公务用车运行维护费": ("vehicle_running",),
    "公务用车购置及运行费": ("vehicles",),
    "公务用车购置及运行维护费": ("vehicles",),
    "“三公”经费": ("three_publics",),
    "三公经费": ("three_publics",),
    "机关运行经费": ("agency_operating_costs",),
    "会议费": ("meetings", "meetings_basic", "meetings_project"),
    "培训费": ("training", "training_basic", "training_project"),
    "收入总计": ("revenue_total",),
    "支出总计": ("spending_total",),
}
"""What measures are called in sentences, and which of them the name may mean."""
WHOLES: Final = {
    "收入预算": ("revenue_total", "current_revenue"),
    "总收入": ("revenue_total", "current_revenue"),
    "收入总额": ("revenue_total", "current_revenue"),
    "支出预算": ("spending_total", "current_spending"),
    "总支出": ("spending_total", "current_spending"),
    "支出总额": ("spending_total", "current_spending"),
    "基本支出": ("basic_spending", "general_public_basic", "government_fund_basic"),
    "项目支出": ("project_spending", "general_public_project", "government_fund_project"),
}
"""Names that with a word before them mean a part (事业收入预算), and the whole only without one."""
ALONE: Final = re.compile(r"(?:^|[，。；：、（“\s年的使是因由]|年度|本?部门|本?单位|预计|安排)$")
CHANGED: Final = (
    "(?:增加|增长|提高|上升|上调|调增|扩大|减少|压减|压缩|下降|降低|下调|"
    "核减|调减|削减|缩减|精简|调整|变更)"
)
SPOKEN: Final = (
    r"(?:年初|预算数|预算|经费|总额|总量|总数|总规模|规模|金额|数额|资金|合计|共计|总计|支出|收入|安排|"
    r"核定|全年|本年|今年|共|仅|只|为|是|有|了|约|大约|近|接近|[：:\s])*"
)
FROM: Final = rf"(?:[由从][^，。；、]{{0,8}}?{_OTHER}[，,]?)?"
BY: Final = (
    rf"(?:(?:较|比)[^，。；\d]{{0,6}})?(?:{CHANGED}了?{_OTHER}(?:[（(][^）)]*[）)])?[，,]?)?"
)
REACHED: Final = (
    rf"(?:{CHANGED}后?(?:到|至|为|成)|[增减升降压调涨]到|[增减升降压调涨]至|[降升变]为|达到?|控制在|控制到|压到|"
    r"保持在|维持在|稳定在|仍为|后为|为|至|到)"
)
BOUND: Final = r"(?P<bound>不超过|不高于|不突破|不多于|至多|上限为|不低于|不少于|至少)?"
TAIL: Final = re.compile(r"\s*(?:人民币)?\s*(以内|之内|以下|以上|左右|上下|/|／|每|(?:的|×)\s*\d)")
AFTER_OTHERS: Final = re.compile(
    r"(?:上年|去年|上一年|前年|往年|每年|历年|原|新增|增加|减少|压减|压缩|核减|每|人均|月均|"
    r"所属|下属|机关|中心|学校|[院馆站队所校园](?:的)?|决算|执行)[^，。；]{0,6}$"
)
OF_A_YEAR: Final = re.compile(r"(?P<year>\d{4})\s*年度?[^，。；]{0,8}$")
JOINT: Final = re.compile(r"(?<![元万])(?:、|和|及|与)$")
"""Names before this one share the amount behind it: 公务接待费、会议费共5万元."""
PART: Final = re.compile(r"其中[：:，,]?[^，。；]{0,6}$")


class Bound(Term):
    """How an amount is meant."""

    EXACT = "exact", "等于"
    ABOUT = "about", "约为"
    AT_MOST = "at_most", "不超过"
    AT_LEAST = "at_least", "不低于"


AT_MOST: Final = frozenset(
    {"不超过", "不高于", "不突破", "不多于", "至多", "上限为", "以内", "之内", "以下"}
)
AT_LEAST: Final = frozenset({"不低于", "不少于", "至少", "以上"})
ABOUT: Final = re.compile(r"约|近|左右|上下")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence says: the words, the measures that may be meant, the amount in yuan.

    ``step`` is one unit of the last digit that was written, in yuan.
    """

    text: str
    codes: tuple[str, ...]
    yuan: Decimal
    step: Decimal
    bound: Bound

    def fits(self, yuan: Decimal, half: Decimal) -> bool:
        """True where a printed amount, ± half a printed unit, is what the words say."""
        if self.bound is Bound.AT_MOST:
            return yuan - half <= self.yuan
        if self.bound is Bound.AT_LEAST:
            return yuan + half >= self.yuan
        slack = half + (self.step / 2 if self.bound is Bound.ABOUT else 0)
        return abs(yuan - self.yuan) <= slack


def _pattern(name: str) -> re.Pattern[str]:
    change = rf"(?:{FROM}{BY}{REACHED}{SPOKEN})?"
    return re.compile(rf"{re.escape(name)}(?P<way>{SPOKEN}{change}){BOUND}\s*{AMOUNT.pattern}")


PATTERNS: Final = {
    name: (_pattern(name), codes, name in WHOLES) for name, codes in {**NAMES, **WHOLES}.items()
}


def stated_amounts(text: str, own_year: int) -> Iterator[Stated]:
    """Yield what a text says that measures amount to in the budget's own year.

    >>> [each.yuan for each in stated_amounts("公务接待费由3万元增加到5万元", 2023)]
    [Decimal('5E+4')]
    """
    for name, (pattern, codes, needs_no_word_before) in PATTERNS.items():
        if name in text:
            for found in pattern.finditer(text):
                before = text[: found.start()]
                if needs_no_word_before and not ALONE.search(before):
                    continue
                if not _is_of_others(before, own_year):
                    yield _stated(found, codes, TAIL.match(text, found.end()))


def _is_of_others(before: str, own_year: int) -> bool:
    """True where the words before speak of another year, of a change, of a part or of more."""
    of_a_year = OF_A_YEAR.search(before)
    if of_a_year and int(of_a_year["year"]) != own_year:
        return True
    shared = (AFTER_OTHERS, PART, JOINT)
    return any(pattern.search(before) for pattern in shared)


def _stated(found: re.Match[str], codes: tuple[str, ...], tail: re.Match[str] | None) -> Stated:
    step = Decimal(1).scaleb(UNITS[found["unit"]])
    if "." in found["number"]:
        step = step.scaleb(-len(found["number"].split(".")[1]))
    behind = tail.group(1) if tail else ""
    return Stated(
        found.group(),
        codes,
        yuan_of(found),
        step,
        _bound(f"{found['way']}", found["bound"] or behind, behind),
    )


def _bound(way: str, word: str, behind: str) -> Bound:
    if word in AT_MOST:
        return Bound.AT_MOST
    if word in AT_LEAST:
        return Bound.AT_LEAST
    return Bound.ABOUT if ABOUT.search(way) or behind in ("左右", "上下") else Bound.EXACT


def yuan_of(found: re.Match[str]) -> Decimal:
    """Return the yuan of a match of AMOUNT."""
    number = found["number"].replace(",", "")
    value = Decimal(number) if number[0].isdigit() else Decimal(han_value(number))
    return value.scaleb(UNITS[found["unit"]])


def han_value(words: str) -> int:
    """Return a number below ten thousand that is written in Chinese.

    >>> han_value("五"), han_value("十二"), han_value("一百二十"), han_value("两千零五")
    (5, 12, 120, 2005)
    """
    total = digit = 0
    for sign in words:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".find(sign.replace("〇", "零").replace("两", "二"))
    return total + digit
