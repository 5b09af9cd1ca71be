"""fonts.conf: what fontconfig sees, which is our faces, perhaps an office's own, and nothing else.

Style sheets may name these families, and they exist on every machine that make has prepared:
FandolFang (仿宋), FandolHei (黑体), FandolKai (楷体), FandolSong (宋体, regular and bold),
XiaoBiaoSong (小标宋, the title face: ask for it in bold), Noto Serif SC, Noto Sans SC.
"""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from scripts.fonts.faces import SMALL

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"

# Family: the licensed faces that come before it where an office has put them in, and the open ones
# that follow it: for a character that it lacks, or altogether where Fandol could not be had.
CHAINS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("XiaoBiaoSong", ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S"), ("FandolSong",)),
    ("FandolFang", ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"), (SERIF,)),
    ("FandolHei", ("黑体", "SimHei"), (SANS,)),
    ("FandolKai", ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"), (SERIF,)),
    ("FandolSong", ("宋体", "SimSun"), (SERIF,)),
    ("serif", (), ("FandolSong", SERIF)),
    ("sans-serif", (), ("FandolHei", SANS)),
    ("monospace", (), ("FandolFang", SERIF)),
    (SERIF, (SERIF + SMALL,), ()),
    (SANS, (SANS + SMALL,), ()),
)

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}  <cachedir>{cache}</cachedir>
{chains}</fontconfig>
"""


def configuration(folders: Iterable[Path], cache: Path) -> str:
    """Return the text of fonts.conf for absolute folders of faces."""
    return DOCUMENT.format(
        folders="".join(f"  <dir>{escape(str(folder))}</dir>\n" for folder in folders),
        cache=escape(str(cache)),
        chains="".join(chain(*entry) for entry in CHAINS),
    )


def chain(family: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return the rule that puts families before and after one that was asked for."""
    return (
        f'  <alias binding="same">\n    <family>{family}</family>\n'
        f"{listed('prefer', before)}{listed('accept', after)}  </alias>\n"
    )


def listed(word: str, families: tuple[str, ...]) -> str:
    """Return a list of families inside their element, nothing for none."""
    if not families:
        return ""
    inner = "".join(f"<family>{family}</family>" for family in families)
    return f"    <{word}>{inner}</{word}>\n"
