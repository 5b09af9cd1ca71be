"""python -m scripts.bundle BUILD: one file to install the site from on a server without internet.

It holds the wheels of requirements.lock for this machine's Python and system, the native libraries
as they are loaded here, fonts, style sheets for a web server in front, the source as committed, an
install script, and the digest of each file. So it is made on a machine like the server: the same
processor, the same Python (3.11 is not 3.12), the same or an older system.
"""

import ctypes
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from budget.config import native
from scripts.native import LIBRARIES, absent

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "bumen-yusuan"
OF_THE_SYSTEM = re.compile(
    r"^(ld-linux|lib(c|m|dl|rt|pthread|util|resolv|gcc_s|stdc\+\+|crypto|ssl|python3))[-.\d]"
)
"""Libraries that must be the server's own: they belong to its loader, or to its Python."""


class NotBundled(Exception):
    """Something that belongs into the bundle cannot be had here."""


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """Return what a command printed. Raises NotBundled with what it last said."""
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise NotBundled(f"{' '.join(map(str, command[:3]))}: {said[-1]}")
    return done.stdout


def version() -> str:
    """Return the commit that the source is taken from, short."""
    return run("git", "rev-parse", "--short=12", "HEAD").strip()


def wheels(into: Path) -> None:
    """Fetch the wheels of the lock, and pip's own, with which they are installed."""
    fetch = (sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check")
    binary = ("--only-binary", ":all:", "--dest", into)
    run(*fetch, *binary, "--require-hashes", "-r", "requirements.lock")
    run(*fetch, *binary, "pip")


def source(into: Path) -> None:
    """Write the committed source as a tar; what is not committed is not shipped."""
    run("git", "archive", "--format=tar", f"--output={into}", "HEAD")


def libraries(build: Path) -> list[Path]:
    """Return the files of all native libraries that making a PDF loads here. Raises NotBundled."""
    native.preload(build / "native")
    if left := absent():
        raise NotBundled(f"no native libraries here: {', '.join(left)}")
    for name in LIBRARIES:
        ctypes.CDLL(name)
    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    loaded = {Path(found) for found in re.findall(r"(/\S+\.so[.\d]*)$", maps, re.MULTILINE)}
    return sorted(each for each in loaded if _is_native(each))


def _is_native(file: Path) -> bool:
    python = (Path(sys.base_prefix), Path(sys.prefix))
    ours = not any(file.is_relative_to(each) and each != Path("/usr") for each in python)
    return ours and not OF_THE_SYSTEM.match(file.name) and ".so." in file.name


def copy_libraries(build: Path, into: Path) -> None:
    """Copy the libraries under the names by which they are asked for."""
    into.mkdir()
    for file in libraries(build):
        shutil.copy(file, into / file.name)


def fonts(build: Path, into: Path) -> None:
    """Copy the fonts as they were cut; the cache is made anew on the server."""
    if not (build / "fonts" / "fonts.json").is_file():
        raise NotBundled("no fonts here: run make fonts first")
    shutil.copytree(build / "fonts", into, ignore=shutil.ignore_patterns("cache"))


def static(archive: Path, into: Path) -> None:
    """Collect style sheets, scripts and pictures of the source, for a web server in front."""
    told = {"STATIC_ROOT": str(into), "SECRET_KEY": "not needed here", "DATABASE_URL": ""}
    with tempfile.TemporaryDirectory(prefix="bundled-source-") as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        collect = (sys.executable, "manage.py", "collectstatic", "--noinput", "-v0")
        run(*collect, cwd=Path(folder), env=told)


def sums(folder: Path) -> str:
    """Return the digests of all files below a folder, as ``sha256sum -c`` reads them."""
    return "".join(f"{_digest(file)}  {file.relative_to(folder)}\n" for file in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def fill(folder: Path, build: Path) -> None:
    """Put everything into the folder of the bundle."""
    (folder / "wheels").mkdir()
    wheels(folder / "wheels")
    source(folder / "source.tar")
    copy_libraries(build, folder / "native")
    fonts(build, folder / "fonts")
    static(folder / "source.tar", folder / "static")
    for file in sorted((ROOT / "deploy").iterdir()):
        shutil.copy(file, folder / file.name)
    (folder / "version").write_text(f"{version()}\n", encoding="utf-8")
    (folder / "python").write_text(f"{python()}\n", encoding="utf-8")
    (folder / "SHA256SUMS").write_text(sums(folder), encoding="utf-8")


def python() -> str:
    """Return the Python that the wheels are for, such as 3.11."""
    return ".".join(map(str, sys.version_info[:2]))


def make(build: Path) -> Path:
    """Return the bundle: written under a temporary name and renamed. Raises NotBundled."""
    name = f"{PROGRAM}-{version()}-{platform.system().lower()}-{platform.machine()}-py{python()}"
    place = build / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory(prefix=".bundle-", dir=build) as work:
        folder = Path(work) / name
        folder.mkdir()
        fill(folder, build)
        draft = Path(work) / "draft"
        with tarfile.open(draft, "w:gz", compresslevel=6) as tar:
            tar.add(folder, name)
        draft.rename(place)
    return place


def main(arguments: Sequence[str]) -> int:
    """Make the bundle, and say where it is and what it weighs."""
    build = Path(arguments[0]).resolve()
    try:
        made = make(build)
    except NotBundled as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 1
    print(f"bundle: {made} ({made.stat().st_size // 2**20} MB)")
    print(f"bundle: sha256 {_digest(made)}")
    if run("git", "status", "--porcelain", "--untracked-files=no").strip():
        print("bundle: what is not committed is not in it", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
