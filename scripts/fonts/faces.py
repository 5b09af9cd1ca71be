"""The faces and where each comes from.

Fandol (GPL with font exception) is nearest to the official look and the only open 仿宋 within
reach, but knows GB 2312 only: 堃, 喆 or 䶮 in a name come from Noto (OFL). Debian ships Fandol
inside a TeX package, which is unpacked, never installed; Noto comes with a Python package.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from scripts import debian

FANDOL_PACKAGE = "texlive-lang-chinese"
FANDOL_FOLDER = Path("usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
NOTO_PACKAGE = "pylopdf_fonts_zh_cn"
REGULAR, BOLD = 400, 700
SMALL = " GB2312"  # what tells the name of a small Noto from that of the whole one


@dataclass(frozen=True)
class Face:
    """One face to make: source file, family name as CSS says it, weight, and whether to cut it."""

    file: str
    family: str
    weight: int = REGULAR
    small: bool = True

    @property
    def style(self) -> str:
        """The style as names of fonts say it."""
        return "Bold" if self.weight == BOLD else "Regular"

    @property
    def postscript_name(self) -> str:
        """The name under which a PDF embeds the face; the finished file has it too."""
        return f"{self.family.replace(' ', '')}-{self.style}"


# FandolSong-Bold says weight 400 in the file that Debian ships: fontconfig then cannot tell it from
# the regular face and sets everything in one of the two.
FANDOL = (
    Face("FandolFang-Regular.otf", "FandolFang"),
    Face("FandolHei-Regular.otf", "FandolHei"),
    Face("FandolKai-Regular.otf", "FandolKai"),
    Face("FandolSong-Regular.otf", "FandolSong"),
    Face("FandolSong-Bold.otf", "FandolSong", BOLD),
)
NOTO = (
    Face("NotoSerifSC-Regular.otf", f"Noto Serif SC{SMALL}"),
    Face("NotoSansSC-Regular.otf", f"Noto Sans SC{SMALL}"),
    Face("NotoSerifSC-Regular.otf", "Noto Serif SC", small=False),
    Face("NotoSansSC-Regular.otf", "Noto Sans SC", small=False),
)


def fandol_folder(build: Path) -> Path:
    """Return the folder with Fandol's files, fetched once (49 MB). Raises debian.NotHad."""
    unpacked = build / "debian" / FANDOL_PACKAGE
    folder = unpacked / FANDOL_FOLDER
    if not all((folder / face.file).is_file() for face in FANDOL):
        print("fonts: fetching Fandol (49 MB, once)", flush=True)
        [package] = debian.fetch([FANDOL_PACKAGE], build / "debian")
        debian.unpack(package, unpacked)
    return folder


def noto_folder() -> Path:
    """Return the folder of the installed Python package that carries Noto."""
    spec = importlib.util.find_spec(NOTO_PACKAGE)
    if spec is None or spec.origin is None:
        raise debian.NotHad(f"the Python package {NOTO_PACKAGE} is not installed")
    return Path(spec.origin).parent
