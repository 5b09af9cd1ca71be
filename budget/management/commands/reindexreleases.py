"""``manage.py reindexreleases``: write the index of what is published anew."""

from __future__ import annotations

from typing import Any

from budget import search
from budget.management import base
from budget.models import Passage, Release
from budget.release import DamagedContent, read
from budget.release.finding import current

DAMAGED = 1
"""Exit code where a release no longer is what was published; all others are indexed then."""


class Command(base.Command):
    """Indexes the release of each document that holds now, one transaction each."""

    help = (
        "为已公开的文件重建全文检索：每份文件只检索现行版，已撤回、已封存的不检索。"
        "可重复执行；检索范围与公开内容不一致、或升级后检索规则有变时使用。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Index what holds, and forget the rest."""
        wanted = current()
        Passage.objects.exclude(release__in=wanted.order_by()).delete()
        indexed = [self._indexed(each) for each in wanted.defer(None).iterator(chunk_size=20)]
        passages = Passage.objects.count()
        self.stdout.write(f"已为 {sum(indexed)} 份文件建立检索，共 {passages} 段。")
        if not all(indexed):
            raise SystemExit(DAMAGED)

    def _indexed(self, release: Release) -> bool:
        try:
            search.index(release, read(release))
        except DamagedContent as error:
            search.forget(release)
            self.stderr.write(f"{error}；没有检索。")
            return False
        return True
