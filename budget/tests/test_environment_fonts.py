"""Documents are set in the project's own faces, whatever fonts the machine has."""

import hashlib
import json
import logging
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from weasyprint import HTML

from scripts.fonts import cut, faces
from scripts.fonts.charset import gb2312, kept
from scripts.fonts.configuration import configuration
from scripts.fonts.manifest import manifest

pytestmark = pytest.mark.long

FONTS: Path = settings.BASE_DIR / "build" / "fonts"
HANZI = "预算公开"
RARE = "堃喆䶮"
FAMILIES = ("FandolFang", "FandolHei", "FandolKai", "FandolSong", "XiaoBiaoSong", "Noto Sans SC")


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The font set that make left, as fonts.json tells it."""
    told = json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def embedded(style: str, text: str) -> set[str]:
    """Return the names of the faces that a text in a style is printed in, as the PDF says them."""
    html = f'<html lang="zh-CN"><p style="{style}">{text}'
    page: Any = PdfReader(BytesIO(HTML(string=html).write_pdf())).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    return {font["/BaseFont"].rpartition("+")[2] for font in fonts}


def nearest(family: str, described: dict[str, Any]) -> str:
    """Return the face that a family is set in here: Fandol, or Noto where it was not to be had."""
    known = {face["family"] for face in described["faces"]}
    if family in known:
        return family
    return "Noto-Sans-SC-GB2312" if family == "FandolHei" else "Noto-Serif-SC-GB2312"


def test_gb_2312_has_its_7445_characters() -> None:
    assert len(gb2312()) == 7445


def test_what_budgets_are_written_with_is_kept_and_rare_hanzi_are_not() -> None:
    assert set(map(ord, "预0aA≥≤①★“”—…∶（）％￥㎡·〔〕《》№→")) <= kept()
    assert kept().isdisjoint(map(ord, RARE))


def test_every_recorded_face_is_there_unchanged(described: dict[str, Any]) -> None:
    for face in described["faces"]:
        content = (FONTS / "faces" / face["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == face["sha256"]


def test_the_digest_of_the_set_changes_with_any_face(tmp_path: Path) -> None:
    [face, *_] = faces.FANDOL
    file = tmp_path / "FandolFang-Regular.otf"
    file.write_bytes(b"one")
    before = manifest([face], tmp_path, None)["digest"]
    file.write_bytes(b"other")
    assert manifest([face], tmp_path, None)["digest"] != before


@pytest.mark.parametrize("family", [name for name in FAMILIES if name.startswith("Fandol")])
def test_each_family_is_set_in_its_own_face(family: str, described: dict[str, Any]) -> None:
    assert embedded(f"font-family: {family}", HANZI) == {nearest(family, described)}


def test_bold_and_title_are_set_in_the_bold_face(described: dict[str, Any]) -> None:
    here = nearest("FandolSong", described)
    bold = "FandolSong-Bold" if here == "FandolSong" else here
    assert embedded("font-family: FandolSong; font-weight: 700", HANZI) == {bold}
    assert embedded("font-family: XiaoBiaoSong; font-weight: 700", HANZI) == {bold}


@pytest.mark.parametrize("family", FAMILIES)
def test_rare_hanzi_fall_back_and_print(family: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        printed = embedded(f"font-family: {family}", RARE)
    sans = family in {"FandolHei", "Noto Sans SC"}
    assert printed == {"Noto-Sans-SC" if sans else "Noto-Serif-SC"}
    assert caplog.records == []


@pytest.mark.parametrize("family", ["DejaVu Sans", "Noto Sans CJK SC", "sans-serif", "monospace"])
def test_fonts_of_the_machine_are_never_seen(family: str, described: dict[str, Any]) -> None:
    ours = {face["family"].replace(" ", "-") for face in described["faces"]}
    assert embedded(f"font-family: '{family}'", f"{HANZI} Budget 12.50 é ≥") <= ours


def test_where_fandol_could_not_be_had_noto_takes_its_place(tmp_path: Path) -> None:
    only_noto = tmp_path / "faces"
    only_noto.mkdir()
    for face in (FONTS / "faces").glob("Noto*.otf"):
        (only_noto / face.name).symlink_to(face)
    conf = tmp_path / "fonts.conf"
    conf.write_text(configuration([only_noto], tmp_path / "cache"), encoding="utf-8")
    assert set_with(conf, "FandolFang") == "Noto-Serif-SC-GB2312"
    assert set_with(conf, "FandolHei") == "Noto-Sans-SC-GB2312"


def set_with(conf: Path, family: str) -> str:
    """Return the face of a family under another fonts.conf, which only a new process reads."""
    program = (
        "import django; django.setup();"
        "from budget.tests.test_environment_fonts import embedded, HANZI;"
        f"print(*embedded('font-family: {family}', HANZI))"
    )
    told = {"DJANGO_SETTINGS_MODULE": "budget.config.settings", "FONTCONFIG_FILE": str(conf)}
    command = [sys.executable, "-c", program]
    env = {**os.environ, **told}
    return subprocess.check_output(command, cwd=settings.BASE_DIR, env=env, text=True).strip()


def test_the_configuration_shows_its_own_folders_only(tmp_path: Path) -> None:
    own, office = tmp_path / "own", tmp_path / "a & b"
    text = configuration([office, own], tmp_path / "cache")
    root = ElementTree.fromstring(text)
    assert [folder.text for folder in root.iter("dir")] == [str(office), str(own)]
    assert [folder.text for folder in root.iter("cachedir")] == [str(tmp_path / "cache")]
    assert list(root.iter("include")) == []


def test_an_office_s_licensed_face_stands_before_the_open_one(tmp_path: Path) -> None:
    licensed = faces.Face("NotoSansSC-Regular.otf", "FZXiaoBiaoSong-B05S")
    office = tmp_path / "office"
    office.mkdir()
    source = faces.noto_folder() / licensed.file
    cut.make(licensed, source, office / "title.otf", frozenset(map(ord, HANZI)))
    conf = tmp_path / "fonts.conf"
    folders = [office, FONTS / "faces"]
    conf.write_text(configuration(folders, tmp_path / "cache"), encoding="utf-8")
    assert set_with(conf, "XiaoBiaoSong") == "FZXiaoBiaoSong-B05S"
    assert set_with(conf, "FandolKai") == "FandolKai"


def cut_in_a_process(target: Path, seed: str) -> bytes:
    """Return a small face as a process of its own makes it, with its own order of hashes."""
    program = (
        "import sys, pathlib; from scripts.fonts import cut, faces;"
        "face = faces.Face('NotoSansSC-Regular.otf', 'Small', faces.BOLD);"
        "source = faces.noto_folder() / face.file;"
        "cut.make(face, source, pathlib.Path(sys.argv[1]), frozenset(map(ord, 'AB预算公开')))"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(target)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
    )
    return target.read_bytes()


def test_a_face_is_cut_to_the_same_bytes_everywhere_and_says_its_name_and_weight(
    tmp_path: Path,
) -> None:
    first = cut_in_a_process(tmp_path / "1.otf", "1")
    assert cut_in_a_process(tmp_path / "2.otf", "2") == first
    with TTFont(BytesIO(first)) as font:
        assert set(font.getBestCmap()) == set(map(ord, "AB预算公开"))
        assert (font["name"].getDebugName(1), font["name"].getDebugName(6)) == (
            "Small",
            "Small-Bold",
        )
        assert font["OS/2"].usWeightClass == 700
        assert not set(font.keys()) & set(cut.DROPPED)
