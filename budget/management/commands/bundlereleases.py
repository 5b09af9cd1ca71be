"""``manage.py bundlereleases``: what is published as a folder for a web server elsewhere.

The folder is proven against its manifest before it gets its name, and wherever somebody asks.
"""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from budget.management import base
from budget.models import Release
from budget.portal.bundling import File, NotWhole, bundle
from budget.portal.proving import faults
from budget.portal.publications import NotPublished, Publication, publication
from budget.release import DamagedContent
from budget.release.finding import Document, NoLongerPublished, current
from budget.render.errors import RenderError


class Command(base.Command):
    """Writes the folder under a temporary name and renames it when it is whole."""

    help = (
        "把已公开的预算写成一个可独立浏览的目录：网页、各表、下载文件、订阅与站点地图，"
        "附文件清单和摘要（manifest.json）。用于放到另一网络的网站上，也可直接从磁盘打开。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument(
            "--year", metavar="年度", type=base.year, help="该年度全部现行的部门和单位预算"
        )
        which.add_argument(
            "--release",
            metavar="编码 年度 [版本]",
            nargs="+",
            help="一份预算，如 --release 157 2023；不写版本则为现行版",
        )
        which.add_argument(
            "--check",
            metavar="目录",
            type=Path,
            help="逐个文件核对一个已写出的目录与其清单中的摘要，例如复制到另一网络以后",
        )
        parser.add_argument("--out", metavar="目录", type=Path, help="写到哪个目录，应当还不存在")
        parser.add_argument(
            "--base",
            metavar="网址",
            default="",
            help="目录将来的网址，写入订阅与站点地图，如 https://www.example.gov.cn/ys/",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the folder and say what it holds, or prove one that is there."""
        if options["check"]:
            self._check(options["check"])
            return
        out: Path | None = options["out"]
        if out is None:
            raise CommandError("请用 --out 写明写到哪个目录。", returncode=base.REFUSED)
        if out.exists():
            message = f"{out} 已经存在，请换一个目录，或先移走它。"
            raise CommandError(message, returncode=base.REFUSED)
        try:
            chosen = _chosen(options["year"], options["release"])
            count = _write(out, bundle(chosen, _folder(options["base"])))
        except (DamagedContent, NoLongerPublished, NotPublished, NotWhole, RenderError) as error:
            raise CommandError(str(error), returncode=base.REFUSED) from error
        except OSError as error:
            message = f"写不了 {out}：{error.strerror or error}。没有写出。"
            raise CommandError(message, returncode=base.REFUSED) from error
        self.stdout.write(f"已写出并逐个核对 {len(chosen)} 份预算、{count} 个文件：{out}")

    def _check(self, folder: Path) -> None:
        try:
            found = list(faults(folder))
        except OSError as error:
            message = f"读不了 {folder}：{error.strerror or error}。"
            raise CommandError(message, returncode=base.REFUSED) from error
        if found:
            raise CommandError("\n".join(f"{each}。" for each in found))
        self.stdout.write(f"{folder} 的每个文件都与清单中的摘要一致。")


def _chosen(year: int | None, named: list[str] | None) -> list[Publication]:
    """Return what the command is asked for, in the order of lists. Raises NotPublished."""
    if year is None:
        return [publication(*_numbers(named or []))]
    releases = list(current().filter(year=year).order_by("code", "scope"))
    if not releases:
        raise NotPublished(f"没有公开过 {year} 年的部门预算。")
    return [Publication(each, _alone(each)) for each in releases]


def _alone(release: Release) -> Document:
    """Return a document of which the folder knows one release only."""
    return Document((release,))


def _numbers(named: list[str]) -> tuple[str, int, int | None]:
    if not (2 <= len(named) <= 3 and all(word.isascii() and word.isdigit() for word in named)):
        message = "--release 后应写编码、年度和可选的版本号，如：--release 157 2023 1"
        raise CommandError(message, returncode=base.REFUSED)
    return named[0], int(named[1]), int(named[2]) if len(named) == 3 else None


def _folder(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def _write(out: Path, files: Iterable[File]) -> int:
    """Write files into a folder that has its name only when all are there; return their number."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        count = 0
        for path, content in files:
            place = draft / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            count += 1
        for fault in faults(draft):
            raise NotWhole(f"写出的目录核对不符：{fault}。没有写出，请检查磁盘。")
        draft.chmod(0o755)
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return count
