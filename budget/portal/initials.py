"""The initial letter by which a Chinese name is looked up."""

from __future__ import annotations

from bisect import bisect_right

OTHER = "#"
"""What rare characters, and what is no Chinese, stands under; it sorts before the letters."""

# GB 2312 orders its first level, the 3,755 common characters, by reading: the first of each letter.
FIRST = (
    ("A", "啊"), ("B", "芭"), ("C", "擦"), ("D", "搭"), ("E", "蛾"), ("F", "发"), ("G", "噶"),
    ("H", "哈"), ("J", "击"), ("K", "喀"), ("L", "垃"), ("M", "妈"), ("N", "拿"), ("O", "哦"),
    ("P", "啪"), ("Q", "期"), ("R", "然"), ("S", "撒"), ("T", "塌"), ("W", "挖"), ("X", "昔"),
    ("Y", "压"), ("Z", "匝"),
)  # fmt: skip
STARTS = [character.encode("gb2312") for _, character in FIRST]
END = "座".encode("gb2312")


def initial(name: str) -> str:
    """Return the letter of a name's first character, "#" where that is not a common one.

    >>> initial("教育局"), initial("北京"), initial("鄢陵"), initial("")
    ('J', 'B', '#', '#')
    """
    code = name[:1].encode("gb2312", errors="replace")
    place = bisect_right(STARTS, code) - 1
    return FIRST[place][0] if place >= 0 and len(code) == 2 and code <= END else OTHER
