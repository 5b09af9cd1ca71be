"""Which characters the small faces keep: what nearly every budget document is written with."""

LATIN = range(0x20, 0x7F)
LATIN_1 = range(0xA0, 0x100)
PUNCTUATION = range(0x2010, 0x2060)
SPACES = range(0x2000, 0x200B)
EXTRAS = "€™←↑→↓⇒∑∞≈≠≤≥≡√∶◆◇★☆①⑩⑪⑳㎡㎥㎞㎏℃‰"


def gb2312() -> set[int]:
    """Return the 7,445 characters of GB 2312: 6,763 hanzi and 682 signs."""
    return decoded("gb2312", range(0xA1, 0xFF), range(0xA1, 0xFF))


def gbk_signs() -> set[int]:
    """Return the sign rows that GBK adds around GB 2312 (small roman numerals, 〇, ㈱, ﹐ ...)."""
    return decoded("gbk", range(0xA1, 0xAA), range(0x40, 0xFF))


def decoded(encoding: str, firsts: range, seconds: range) -> set[int]:
    """Return the code points of all two-byte sequences that an encoding knows."""
    found = set()
    for first in firsts:
        for second in seconds:
            try:
                found.add(ord(bytes((first, second)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return found


def kept() -> set[int]:
    """Return all code points that a small face keeps, as far as its source has them."""
    return {
        *gb2312(),
        *gbk_signs(),
        *LATIN,
        *LATIN_1,
        *PUNCTUATION,
        *SPACES,
        *map(ord, EXTRAS),
    }
