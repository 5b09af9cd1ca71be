"""What is frozen: snapshots of inputs, releases of documents, and the files of a release.

They are written once by ``budget.release`` and never changed: saving again, updating and deleting
are refused here.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from budget.models.constraints import in_vocabulary, not_negative, spelled
from budget.models.fields import TermField
from budget.terms import Origin, Scope

DIGEST = "[0-9a-f]{64}"
NO_DIGEST = "摘要应为64位十六进制数。"


class FrozenRow(Exception):
    """Somebody tries to change or delete what was frozen."""

    def __init__(self) -> None:
        super().__init__("快照、发布版和设定记录一经形成不可修改或删除；更正请另行办理。")


class FrozenRows(models.QuerySet[Any]):
    """A query that reads and adds, and refuses the rest."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse. Raises FrozenRow."""
        raise FrozenRow

    def delete(self) -> NoReturn:
        """Refuse. Raises FrozenRow."""
        raise FrozenRow

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Raises FrozenRow."""
        raise FrozenRow


class Frozen(models.Model):
    """A row that is written once."""

    objects = FrozenRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row. Raises FrozenRow for one that is there."""
        if not self._state.adding:
            raise FrozenRow
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Raises FrozenRow."""
        raise FrozenRow


class Snapshot(Frozen):
    """The canonical inputs of a document: book, remarks, edition and rule settings, as JSON."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    content = models.TextField("内容")
    frozen_at = models.DateTimeField("形成时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "快照"
        ordering = ("id",)
        constraints = (spelled("snapshot", "digest", DIGEST, NO_DIGEST),)

    def __str__(self) -> str:
        return self.digest[:12]


class Release(Frozen):
    """A published document: every displayed text, as canonical JSON with its digest.

    ``fonts`` is the digest of the set of fonts with which its files were made, empty where the
    fonts were not recorded. A correction names the release that it ``replaces``.
    """

    scope = TermField(Scope, "范围")
    code = models.CharField("编码", max_length=6)
    name = models.CharField("名称", max_length=100)
    year = models.IntegerField("预算年度")
    number = models.IntegerField("发布序号")
    edition = models.CharField("版式", max_length=60)
    origin = TermField(Origin, "来源")
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="releases", verbose_name="快照"
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="更正",
    )
    digest = models.CharField("摘要", max_length=64)
    content = models.TextField("内容")
    fonts = models.CharField("字体摘要", max_length=64, blank=True)
    published_at = models.DateTimeField("公开时间")

    class Meta:
        verbose_name = verbose_name_plural = "发布版"
        ordering = ("-year", "code", "-number")
        constraints = (
            in_vocabulary("release", "scope", Scope),
            in_vocabulary("release", "origin", Origin),
            spelled("release", "code", "[0-9]{3}([0-9]{3})?", "编码应为3位部门或6位单位编码。"),
            spelled("release", "digest", DIGEST, NO_DIGEST),
            spelled("release", "fonts", f"({DIGEST})?", NO_DIGEST),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="release_number_from_one",
                violation_error_message="发布序号从1开始。",
            ),
            models.UniqueConstraint(
                fields=("scope", "code", "year", "number"),
                name="release_once",
                violation_error_message="该发布序号已经存在。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.year}年 第{self.number}次发布"

    @property
    def folder(self) -> str:
        """The folder of its files under MEDIA_ROOT; no two releases share one."""
        return f"{self.code}-{self.year}-{self.number}-{self.digest[:16]}"


class ReleaseFile(Frozen):
    """A file of a release: made once, its bytes known by their digest."""

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="files", verbose_name="发布版"
    )
    format = models.CharField("格式", max_length=40)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.BigIntegerField("字节数")
    digest = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "发布文件"
        ordering = ("release", "id")
        constraints = (
            models.UniqueConstraint(fields=("release", "name"), name="releasefile_once"),
            not_negative("releasefile", "size"),
            spelled("releasefile", "digest", DIGEST, NO_DIGEST),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where it is, under MEDIA_ROOT."""
        return f"{self.release.folder}/{self.name}"
