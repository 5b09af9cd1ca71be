"""What the tests use beside Python: Chromium for the pages, poppler for a second look at PDF files.

As root they are installed; otherwise one line says what is left out without them.
"""

import shutil
import sys
from pathlib import Path

from scripts import debian

PACKAGES = {"chromium": "chromium", "pdftotext": "poppler-utils"}
LEFT_OUT = {
    "chromium": "tests: no Chromium, so the tests in a browser are skipped ({reason})",
    "pdftotext": "tests: no poppler-utils, so the checks that use it are skipped ({reason})",
}


def absent() -> list[str]:
    """Return the programs that this machine does not have."""
    return [program for program in PACKAGES if shutil.which(program) is None]


def provide(program: str) -> None:
    """Install one program. Raises debian.NotHad, also where nobody may install."""
    package = PACKAGES[program]
    if not debian.is_root():
        raise debian.NotHad(f"as root: apt-get install {package}")
    print(f"tests: installing {package} with apt-get", flush=True)
    debian.install([package])


def main(stamp: Path) -> int:
    """Provide what is absent; leave the stamp only when all is there."""
    for program in absent():
        try:
            provide(program)
        except debian.NotHad as error:
            print(LEFT_OUT[program].format(reason=error), file=sys.stderr)
    if not absent():
        stamp.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
