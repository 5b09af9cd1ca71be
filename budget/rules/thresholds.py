"""限值: the numbers that rules hold amounts against and that an edition or a bureau may set.

Each is declared once, here or in another package's file of this name. What people are told of it,
what it may be set to and which rules read it all come from the declaration.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.money import HUNDRED, ZERO
from budget.registry import Registry


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that rules read: its name in settings, and what people are told of it.

    ``default`` holds where neither edition nor bureau says otherwise. ``lowest`` and ``highest``
    are the least and the most that it may be set to, in ``unit``. ``rules`` are the codes of the
    rules that read it. ``zero`` says in Chinese what 0 means where 0 is no limit but a choice.
    ``upper`` is the name of the threshold below which this one has to stay.
    """

    name: str
    title: str
    unit: str
    default: Decimal
    lowest: Decimal
    highest: Decimal
    rules: tuple[str, ...]
    zero: str = ""
    upper: str = ""

    def told(self, value: Decimal) -> str:
        """Return a value as people read it: with its unit, or what 0 stands for.

        >>> OTHER_SHARE.told(Decimal("12.50"))
        '12.5%'
        >>> MEETINGS_PER_HEAD.told(Decimal(0))
        '0（不核对）'
        """
        number = f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
        return f"0（{self.zero}）" if self.zero and value == 0 else f"{number}{self.unit}"

    @property
    def span(self) -> str:
        """What it may be set to, as people read it."""
        return f"{self.lowest:f}—{self.highest:f}{self.unit}"


THRESHOLDS: Registry[Threshold] = Registry("限值")


def threshold(
    name: str,
    title: str,
    unit: str,
    default: Decimal,
    *rules: str,
    lowest: Decimal = ZERO,
    highest: Decimal = HUNDRED,
    zero: str = "",
    upper: str = "",
) -> Threshold:
    """Declare a threshold and return it. Raises DuplicateCode."""
    declared = Threshold(name, title, unit, default, lowest, highest, rules, zero, upper)
    return THRESHOLDS.add(name, declared)


MOST_PER_HEAD: Final = Decimal(100_000)
LONGEST: Final = Decimal(50)
MOST_PERCENT: Final = Decimal(1000)

OTHER_SHARE: Final = threshold(
    "other_share", "“其他”科目占本类支出的最高比重", "%", Decimal(20), "ECO003"
)
LARGE_CHANGE: Final = threshold(
    "large_change",
    "须写明具体原因的增减幅度",
    "%",
    Decimal(10),
    "CHG010",
    highest=MOST_PERCENT,
)
REASON_LENGTH: Final = threshold(
    "reason_length", "大幅增减的原因最少字数", "字", Decimal(6), "CHG010", highest=LONGEST
)
MEETINGS_PER_HEAD: Final = threshold(
    "meetings_per_head",
    "会议费人均标准",
    "元/人",
    ZERO,
    "EVT004",
    highest=MOST_PER_HEAD,
    zero="不核对",
)
TRAINING_PER_HEAD: Final = threshold(
    "training_per_head",
    "培训费人均标准",
    "元/人",
    ZERO,
    "EVT004",
    highest=MOST_PER_HEAD,
    zero="不核对",
)


def band(name: str, title: str, low: Decimal, high: Decimal) -> tuple[Threshold, Threshold]:
    """Declare the two ends of a usual share, in percent: ``name``_low and ``name``_high."""
    upper = f"{name}_high"
    return (
        threshold(
            f"{name}_low", f"{title}的下限", "%", low, "PLA004", highest=MOST_PERCENT, upper=upper
        ),
        threshold(upper, f"{title}的上限", "%", high, "PLA004", highest=MOST_PERCENT),
    )


OCCUPATIONAL_ANNUITY: Final = band(
    "occupational_annuity", "职业年金与基本养老保险缴费之比", Decimal(40), Decimal(60)
)
CIVIL_SERVANTS_MEDICAL: Final = band(
    "civil_servants_medical", "公务员医疗补助与基本医疗保险缴费之比", ZERO, HUNDRED
)
HOUSING_FUND: Final = band("housing_fund", "住房公积金占工资的比重", Decimal(5), Decimal(16))
TRADE_UNION: Final = band("trade_union", "工会经费占工资的比重", ZERO, Decimal(3))
WELFARE: Final = band("welfare", "福利费占工资的比重", ZERO, Decimal("3.5"))
"""住房公积金 is 5–12 % of a base narrower than all wages; 工会经费 2 % and 福利费 2.5 % of them."""
