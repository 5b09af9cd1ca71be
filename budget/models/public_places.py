"""Where else a release was put: its address on the government's site, and since when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from budget.models.constraints import spelled
from budget.models.releases import Frozen, Release


class PublicPlace(Frozen):
    """One address under which a release can be read elsewhere; ``at`` is when it was put there.

    ``by`` is who recorded it, None where a command did. Nothing is taken back: a later row of the
    same release says where it is now.
    """

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="places", verbose_name="发布版"
    )
    url = models.URLField("公开网址", max_length=500)
    at = models.DateTimeField("公开时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="登记人",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开网址"
        ordering = ("release", "id")
        constraints = (
            spelled(
                "publicplace",
                "url",
                "https?://[^ ]+",
                "公开网址应以 http:// 或 https:// 开头。",
            ),
        )

    def __str__(self) -> str:
        return self.url
