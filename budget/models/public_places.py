"""Where else a release was put: its address on the government's site, and since when."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from budget.models.constraints import spelled
from budget.models.releases import Frozen, Release
from budget.terms import Origin


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

    def clean(self) -> None:
        """Refuse a time to come, and one before the release was issued. Raises ValidationError.

        What was transcribed may have stood elsewhere before it came here.
        """
        if self.at is None or self.release_id is None:
            return  # what is missing is said elsewhere
        if self.at > timezone.now():
            raise ValidationError({"at": "公开时间不能晚于现在。"})
        issued = self.release.published_at.replace(second=0, microsecond=0)  # people type minutes
        if self.release.origin is not Origin.TRANSCRIBED and self.at < issued:
            day = timezone.localtime(issued)
            message = f"公开时间不能早于这一版的发布时间（{day:%Y-%m-%d %H:%M}）。"
            raise ValidationError({"at": message})
