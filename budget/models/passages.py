"""What of published documents can be searched for: one row for each sentence, table and row.

The rows of a document are those of the release that holds now: ``budget.search`` writes them in
the release's own transaction, and takes them away when it is corrected or withdrawn. They hold
nothing that the release does not print, and can be made anew from it at any time.

The index over ``grams`` is the engine's own (`passage_index`), and ``grams__found`` asks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models
from django.db.models.lookups import Lookup

from budget.models.constraints import in_vocabulary, not_negative
from budget.models.fields import TermField
from budget.models.releases import Release
from budget.terms import Term

if TYPE_CHECKING:
    LookupOfText: TypeAlias = Lookup[Any]
else:
    LookupOfText = Lookup


class PassageKind(Term):
    """What a passage is, which decides where it leads."""

    NAME = "name", "名称"
    TEXT = "text", "说明"
    TABLE = "table", "表"
    ROW = "row", "表中一行"


class Passage(models.Model):
    """One passage of a published document as it is read, and as it is looked for.

    ``place`` is its place in the document, ``heading`` what it stands under. ``table`` is the code
    of its table, empty in text; ``anchor`` the id that it has on its page, empty for whole pages.
    ``grams`` are the words of `budget.search.words`.
    """

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="passages", verbose_name="发布版"
    )
    year = models.IntegerField("预算年度")
    code = models.CharField("编码", max_length=6)
    place = models.IntegerField("次序")
    kind = TermField(PassageKind, "种类")
    heading = models.TextField("所在标题", blank=True)
    table = models.CharField("表", max_length=60, blank=True)
    anchor = models.TextField("位置", blank=True)
    text = models.TextField("文字")
    grams = models.TextField("检索词")

    class Meta:
        verbose_name = verbose_name_plural = "可检索的文字"
        ordering = ("-year", "code", "place")
        constraints = (
            in_vocabulary("passage", "kind", PassageKind),
            not_negative("passage", "place"),
            models.UniqueConstraint(fields=("release", "place"), name="passage_once"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.year}年：{self.text[:20]}"


class Found(LookupOfText):
    """``grams__found``: passages that the engine's index finds for a query in its own language."""

    lookup_name = "found"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the table of FTS5, whose rows have the numbers of the passages."""
        query, params = self.process_rhs(compiler, connection)
        alias = connection.ops.quote_name(self.lhs.alias)
        found = "SELECT rowid FROM budget_passage_found WHERE budget_passage_found MATCH"
        return f"{alias}.id IN ({found} {query})", list(params)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the column of lexemes, which PostgreSQL itself keeps beside the grams."""
        query, params = self.process_rhs(compiler, connection)
        alias = connection.ops.quote_name(self.lhs.alias)
        return f"{alias}.found @@ {query}::tsquery", list(params)


Passage._meta.get_field("grams").register_lookup(Found)
