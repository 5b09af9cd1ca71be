"""The native libraries that PDF output needs: Pango and its kin, which no Python package brings.

As root they are installed. Otherwise their .deb files are unpacked into build/native, from where
`budget.config.native` loads them. Where neither works the site still runs, without PDF.
"""

import ctypes
import sys
from pathlib import Path

from budget.config import native
from scripts import debian

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libfontconfig.so.1",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
)
ADVICE = (
    "native: no PDF can be made here without Pango ({reason}).\n"
    f"native: have an administrator run: apt-get install {' '.join(PACKAGES)}"
)


def absent() -> list[str]:
    """Return the libraries that this process cannot load."""
    return [name for name in LIBRARIES if not loads(name)]


def loads(name: str) -> bool:
    """Return whether a shared library is there with all that it needs itself."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def provide(build: Path) -> None:
    """Install the libraries or unpack them into build/native. Raises debian.NotHad."""
    if debian.is_root():
        print("native: installing Pango with apt-get", flush=True)
        debian.install(PACKAGES)
        return
    print("native: not root, unpacking Pango into build/native", flush=True)
    cache = build / "debian"
    libraries = [name for name in debian.missing(PACKAGES, cache) if name.startswith("lib")]
    for file in debian.fetch(libraries, cache):
        debian.unpack(file, build / "native")
    native.preload(build / "native")


def main(build: Path, stamp: Path) -> int:
    """Provide what is absent; leave the stamp only when all is there."""
    native.preload(build / "native")
    try:
        if absent():
            provide(build)
    except debian.NotHad as error:
        print(ADVICE.format(reason=error), file=sys.stderr)
        return 0
    if left := absent():
        print(ADVICE.format(reason=f"still absent: {', '.join(left)}"), file=sys.stderr)
        return 0
    stamp.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
