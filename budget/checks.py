"""What Django says at start about a machine on which documents could not be printed as published.

They are warnings: everything but PDF works without.
"""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path

from django.core.checks import CheckMessage, Warning

Finder = Callable[[str], bool]

PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0-0.dll", "libpango-1.0-0.dll")
SUBSETTER = (
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "harfbuzz-subset.dll",
    "libharfbuzz-subset-0.dll",
)


def can_load(name: str) -> bool:
    """Return whether a shared library is there."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def pango_is_there(finder: Finder = can_load, **_: object) -> list[CheckMessage]:
    """Warn where WeasyPrint could not even be imported."""
    if any(finder(name) for name in PANGO):
        return []
    return [
        Warning(
            "本机没有 Pango 库，不能生成 PDF；其他格式不受影响。",
            hint="请管理员执行：apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            id="budget.W001",
        )
    ]


def subsetter_is_there(finder: Finder = can_load, **_: object) -> list[CheckMessage]:
    """Warn where fonts would be cut down by slow code: up to 2.5 s more for each document."""
    if any(finder(name) for name in SUBSETTER):
        return []
    return [
        Warning(
            "本机没有 HarfBuzz 字体裁剪库，生成 PDF 会慢数倍。",
            hint="请管理员执行：apt-get install libharfbuzz-subset0",
            id="budget.W002",
        )
    ]


def fonts_are_there(file: str | None = None, **_: object) -> list[CheckMessage]:
    """Warn where fontconfig's file is missing: it then takes any fonts of the machine silently."""
    named = os.environ.get("FONTCONFIG_FILE", "") if file is None else file
    if named and Path(named).is_file():
        return []
    return [
        Warning(
            f"找不到字体配置文件 {named or '（未设置 FONTCONFIG_FILE）'}，PDF 的字体将不可控。",
            hint="请在项目目录执行：make fonts",
            id="budget.W003",
        )
    ]
