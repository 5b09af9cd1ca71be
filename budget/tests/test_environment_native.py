"""Libraries of our own are loaded in an order that satisfies them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from budget.config.native import preload
from scripts import debian, native

needs_compiler = pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler here")


def library(folder: Path, name: str, source: str, *needs: str) -> None:
    """Compile a small shared library that needs others of the same folder."""
    linked = [f"-l:{need}" for need in needs]
    named = ["-o", name, f"-Wl,-soname,{name}", "-Wl,--no-as-needed"]
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-x", "c", "-", "-x", "none", "-L.", *linked, *named],
        input=source.encode(),
        cwd=folder,
        check=True,
    )


def test_a_folder_that_is_not_there_is_nothing_to_load(tmp_path: Path) -> None:
    assert preload(tmp_path / "none") == []


@needs_compiler
def test_a_library_waits_for_the_one_it_needs(tmp_path: Path) -> None:
    library(tmp_path, "libzbase.so.1", "int base(void){return 7;}")
    library(
        tmp_path,
        "libaupper.so.1",
        "int base(void);int upper(void){return base();}",
        "libzbase.so.1",
    )
    told = (
        "import ctypes, pathlib; from budget.config.native import preload;"
        f"left = preload(pathlib.Path({str(tmp_path)!r}));"
        "print(left, ctypes.CDLL('libaupper.so.1').upper())"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 7"


def test_a_file_that_is_no_library_is_returned(tmp_path: Path) -> None:
    broken = tmp_path / "libbroken.so.1"
    broken.write_text("not a library", encoding="utf-8")
    assert preload(tmp_path) == [broken]


def test_where_nothing_can_be_provided_a_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(build: Path) -> None:
        raise debian.NotHad("no apt-get")

    monkeypatch.setattr(native, "absent", lambda: ["libpango-1.0.so.0"])
    monkeypatch.setattr(native, "provide", refuse)
    stamp = tmp_path / "stamp"
    assert native.main(tmp_path, stamp) == 0
    assert "apt-get install libpango-1.0-0" in capsys.readouterr().err
    assert not stamp.exists()


def test_a_package_that_does_not_exist_is_not_had(tmp_path: Path) -> None:
    if shutil.which("apt-get") is None:
        with pytest.raises(debian.NotHad, match="not on this machine"):
            debian.run(("apt-get", "--version"))
    else:
        with pytest.raises(debian.NotHad, match="apt-get failed"):
            debian.run(("apt-get", "no-such-command"))
