"""python -m scripts.fonts BUILD: make build/fonts. Needs no root.

OFFICE_FONTS may name a folder with an office's own licensed TTF or OTF faces (方正小标宋,
仿宋_GB2312, 黑体, 楷体, 宋体): they then stand before the open ones.
"""

import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from scripts import debian
from scripts.fonts import cut, faces
from scripts.fonts.charset import kept
from scripts.fonts.configuration import configuration
from scripts.fonts.faces import Face
from scripts.fonts.manifest import manifest, written

PROCESSES = 2
NO_FANDOL = (
    "fonts: no Fandol ({reason}): everything is set in Noto, without 仿宋, 楷体 and bold.\n"
    "fonts: on Debian or Ubuntu with package lists, run: rm -r build/fonts && make fonts"
)


def sources(build: Path) -> list[tuple[Face, Path]]:
    """Return the faces that can be made here, each with its source file."""
    noto = faces.noto_folder()
    found = [(face, noto / face.file) for face in faces.NOTO]
    try:
        fandol = faces.fandol_folder(build)
    except debian.NotHad as error:
        print(NO_FANDOL.format(reason=error), file=sys.stderr)
        return found
    return [(face, fandol / face.file) for face in faces.FANDOL] + found


def make_all(wanted: list[tuple[Face, Path]], folder: Path) -> None:
    """Make the faces in two processes, saying how far it is."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    charset = frozenset(kept())
    with ProcessPoolExecutor(PROCESSES) as pool:
        running = [
            pool.submit(cut.make, face, source, folder / f"{face.postscript_name}.otf", charset)
            for face, source in wanted
        ]
        for number, done in enumerate(as_completed(running), start=1):
            done.result()
            print(f"fonts: {number} of {len(wanted)} faces", flush=True)


def main(build: Path, own: Path | None) -> int:
    """Make the faces, fonts.conf, and last fonts.json: where it stands, the set is complete."""
    root = build.resolve() / "fonts"
    wanted = sources(build)
    make_all(wanted, root / "faces")
    folders = [folder for folder in (own, root / "faces") if folder]
    (root / "fonts.conf").write_text(configuration(folders, root / "cache"), encoding="utf-8")
    description = manifest([face for face, _ in wanted], root / "faces", own)
    (root / "fonts.json").write_text(written(description), encoding="utf-8")
    return 0


def office_folder(name: str) -> Path | None:
    """Return the folder that OFFICE_FONTS names, None where it names none."""
    if not name:
        return None
    folder = Path(name).resolve()
    if not folder.is_dir():
        sys.exit(f"fonts: OFFICE_FONTS names no folder: {folder}")
    return folder


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), office_folder(os.environ.get("OFFICE_FONTS", ""))))
