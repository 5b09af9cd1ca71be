"""``manage.py recordplace``: where else a release can be read, and since when."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from budget.management import base
from budget.models import PublicPlace
from budget.release import record_place
from budget.release.finding import NeverPublished, NoLongerPublished, document


class Command(base.Command):
    """Records an address of a release elsewhere; nothing that was recorded is changed."""

    help = "登记一份已公开的预算在其他网站上的网址和公开时间，公开页面上随即显示。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what the command takes."""
        parser.add_argument("code", metavar="编码", help="部门编码（如 157）或单位编码")
        parser.add_argument("year", metavar="年度", type=base.year, help="预算年度，如 2023")
        parser.add_argument("url", metavar="网址", help="以 http:// 或 https:// 开头")
        parser.add_argument("--number", metavar="版本", type=int, help="不写则为现行版")
        parser.add_argument("--at", metavar="时间", help="如 2023-02-10T09:00；不写则为现在")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record it, and say so."""
        try:
            release = document(options["code"], options["year"]).version(options["number"])
            place = PublicPlace(release=release, url=options["url"], at=_time(options["at"]))
            place.full_clean()
        except (NeverPublished, NoLongerPublished) as error:
            raise CommandError(str(error), returncode=base.REFUSED) from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages), returncode=base.REFUSED) from error
        done = "已登记" if record_place(place) else "早已登记"
        self.stdout.write(f"{done}“{release}”的公开网址：{place.url}")


def _time(text: str | None) -> datetime:
    """Return a time as typed, by the clock of China. Raises CommandError."""
    if text is None:
        return timezone.now()
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        message = f"“{text}”不是有效的时间，应写作 2023-02-10T09:00。"
        raise CommandError(message, returncode=base.REFUSED)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
