"""Nothing is dropped silently: money that a table speaks of must find a column or row in it."""

from __future__ import annotations

from collections.abc import Iterable

from budget.ledger import NOTHING, Where, dimensions_of
from budget.lines import Line
from budget.money import YUAN
from budget.tables.spec import Setting


class MoneyWithoutPlace(ValueError):
    """The edition's table has no place for some lines of the book.

    ``code`` is the table's, ``lines`` are these lines; the message names the table, the first line
    with its nature and source, and the columns that there are.
    """

    def __init__(self, table: str, lines: tuple[Line, ...], columns: str, code: str = "") -> None:
        self.table = table
        self.code = code
        self.lines = lines
        super().__init__(f"{table}没有可以列示以下资金的栏目：{_told(lines)}；{columns}")


def require_place(setting: Setting, whole: Where, places: Iterable[Where]) -> None:
    """Check that every line of ``whole`` is in one of ``places``.

    Raises MoneyWithoutPlace, or only tells it where the setting takes note of such money.
    """
    placed = NOTHING
    for place in places:
        placed |= place
    dimensions = dimensions_of(whole, placed)
    asked, found = whole.test(dimensions), placed.test(dimensions)
    lost = [
        key
        for key, amount in setting.book.ledger.sums(dimensions).items()
        if amount and asked(key) and not found(key)
    ]
    if lost:
        behind = setting.book.ledger.lines(whole)
        kept = set(setting.book.ledger.lines(placed))
        homeless = tuple(line for line in behind if line not in kept)
        columns = _columns(setting)
        setting.losing(MoneyWithoutPlace(setting.spec.title, homeless, columns, setting.code))


def _columns(setting: Setting) -> str:
    titles = (setting.label(column.key, column.title) for column in setting.spec.money)
    return f"该表的金额栏只有：{'、'.join(titles)}"


def _told(lines: tuple[Line, ...]) -> str:
    first = lines[0]
    more = f"等{len(lines)}笔" if len(lines) > 1 else ""
    carried = "（上年结转）" if first.carried_over else ""
    return (
        f"单位{first.unit}第{first.sequence}笔，科目{first.function}，{first.nature.label}，"
        f"来源{first.source.label}{carried}，{YUAN.text(first.amount, grouped=True)}元{more}"
    )
