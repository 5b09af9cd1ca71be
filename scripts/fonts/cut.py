"""Cut one face down to the characters of a charset, the same bytes on every machine.

Layout features go too: budget documents are set in one direction and one language, and a shaper
without features to try is faster.
"""

import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from scripts.fonts.faces import BOLD, Face

DROPPED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx")
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
TYPOGRAPHIC = (16, 17)
WINDOWS_UNICODE_ENGLISH = (3, 1, 0x409)
SELECTION_BOLD, SELECTION_REGULAR = 1 << 5, 1 << 6


def options() -> Options:
    """Return what the subsetter keeps and drops."""
    chosen = Options()
    chosen.layout_features = []
    chosen.drop_tables = [*chosen.drop_tables, *DROPPED]
    chosen.notdef_outline = True
    chosen.name_IDs = ["*"]
    chosen.recalc_timestamp = False
    return chosen


def make(face: Face, source: Path, target: Path, charset: frozenset[int]) -> None:
    """Write one finished face to `target`; a file that stands there is complete.

    A face that is kept whole is copied as it is: its names are right.
    """
    partial = target.with_suffix(".part")
    if face.small:
        cut_down(face, source, partial, charset)
    else:
        shutil.copyfile(source, partial)
    partial.replace(target)


def cut_down(face: Face, source: Path, target: Path, charset: frozenset[int]) -> None:
    """Write the subset of a face; its dates stay those of the source."""
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = Subsetter(options())
        subsetter.populate(unicodes=charset)
        subsetter.subset(font)
        rename(font, face)
        weigh(font, face)
        font.save(target)


def rename(font: TTFont, face: Face) -> None:
    """Give the face its family, style and PostScript name, in one language."""
    names = font["name"]
    said = {
        FAMILY: face.family,
        STYLE: face.style,
        UNIQUE: face.postscript_name,
        FULL: f"{face.family} {face.style}",
        POSTSCRIPT: face.postscript_name,
    }
    replaced = {*said, *TYPOGRAPHIC}
    names.names = [record for record in names.names if record.nameID not in replaced]
    for number, text in said.items():
        names.setName(text, number, *WINDOWS_UNICODE_ENGLISH)
    font["CFF "].cff.fontNames = [face.postscript_name]


def weigh(font: TTFont, face: Face) -> None:
    """Set the weight in all three places that are looked at."""
    bold = face.weight == BOLD
    font["OS/2"].usWeightClass = face.weight
    font["OS/2"].fsSelection = SELECTION_BOLD if bold else SELECTION_REGULAR
    font["head"].macStyle = int(bold)
