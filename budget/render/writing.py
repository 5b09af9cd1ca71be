"""Files to disk, all of them or none."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from budget.render.registry import Files


class UnusableFolder(OSError):
    """Files cannot be put where they should go. The message is a Chinese sentence."""


def write_all(files: Files, folder: Path) -> list[Path]:
    """Write files into a folder, made if need be, and return their paths.

    Each is written whole beside its place before any takes its name, so that a failure leaves the
    folder as it was. Raises UnusableFolder.
    """
    targets = [folder / name for name in files]
    try:
        with _made(folder):
            _refuse_folders(targets)
            _write(files, folder)
    except UnusableFolder:
        raise
    except OSError as error:
        raise UnusableFolder(f"无法把文件写入 {folder}：{why(error)}") from error
    return targets


REASONS: Final = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个目录，不是文件",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EDQUOT: "超出磁盘限额",
    errno.EIO: "磁盘读写出错",
}


def why(error: OSError) -> str:
    """Return in Chinese why the system refused; a rarer reason by its number alone."""
    return REASONS.get(error.errno or 0, f"系统错误（编号 {error.errno}）")


def _refuse_folders(targets: list[Path]) -> None:
    for target in targets:
        if target.is_dir():
            raise UnusableFolder(f"{target} 是一个目录，不能用作文件名，请移走后重试")


def _write(files: Files, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder) as name:
        beside = Path(name)
        for file_name, content in files.items():
            (beside / file_name).write_bytes(content)
        for file_name in files:
            (beside / file_name).replace(folder / file_name)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Have the folder there; take away again what was made of it when the work fails."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):  # not there, or somebody else put something in
                path.rmdir()
        raise
