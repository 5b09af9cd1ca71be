"""A full shelf: releases of invented departments with their passages, and what asking it takes."""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction

from bench.documents import sample_disclosure
from budget.canonical import digest, disclosure_content
from budget.document import Disclosure
from budget.models import Passage, Release, Snapshot
from budget.search.asking import ask, question
from budget.search.indexing import rows
from budget.terms import Origin
from budget.tests.shelved import EVENING

YEARS: Final = 10
TOGETHER: Final = 50
ROUNDS: Final = 5
NAMES: Final = ("教育", "财政", "水利", "民政", "卫生健康", "交通运输", "农业农村", "应急管理")

QUESTIONS: Final = (
    *("三公经费", "接待", "公务接待费", "公务用车运行维护费", "支出", "项目支出", "政府采购"),
    *("绩效目标", "一般公共预算 基本支出", "2016年 培训费", "1,561.09", "机关运行经费", "会议费"),
    *("国有资产", "教育局", "某市水利局", "驻京办", "没有这个词语", "信访维稳", "招商引资"),
)
"""What people look for: words of every document, of some, of one, of none."""

WAYS: Final = ((None, "", 1), (None, "", 2), (None, "250", 1), (2018, "", 1))
"""Year, department and page of each question."""


def run(releases: int) -> None:
    """Fill, ask, print."""
    print(json.dumps({**fill(releases), **asked()}))


def asked() -> dict[str, float]:
    """Return what questions take, in seconds, by the clock and of the processors."""
    taken = [_timed(text, *way) for _ in range(ROUNDS) for way in WAYS for text in QUESTIONS]
    wall, cpu = zip(*taken, strict=True)
    return {
        "median": statistics.median(wall),
        "p95": statistics.quantiles(wall, n=20)[-1],
        "worst": max(wall),
        "cpu": statistics.quantiles(cpu, n=20)[-1],
    }


def _timed(text: str, year: int | None, department: str, page: int) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), _cpu()
    ask(question(text, year, department), page)
    return time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    """Return the CPU time of this process and of the database's that serves it, in seconds."""
    served = Path(f"/proc/{_server()}/schedstat") if connection.vendor == "postgresql" else None
    if served is None or not served.is_file():
        return time.process_time()
    return time.process_time() + int(served.read_text(encoding="ascii").split()[0]) / 1e9


@cache
def _server() -> int:
    """Return the process of PostgreSQL that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
    return found


def fill(releases: int, years: int = YEARS) -> dict[str, int]:
    """Store so many releases over some years, and say how many passages they have."""
    call_command("migrate", verbosity=0)
    snapshot, _ = Snapshot.objects.get_or_create(digest=digest(b"{}"), defaults={"content": "{}"})
    for start in range(0, releases, TOGETHER):
        documents = [
            _document(number, years) for number in range(start, min(start + TOGETHER, releases))
        ]
        with transaction.atomic():
            stored = Release.objects.bulk_create(_release(each, snapshot) for each in documents)
            passages = (
                row
                for release, document in zip(stored, documents, strict=True)
                for row in rows(release, document)
            )
            Passage.objects.bulk_create(passages, batch_size=500)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"releases": releases, "passages": Passage.objects.count()}


@cache
def _base() -> Disclosure:
    return sample_disclosure()


def _document(number: int, years: int) -> Disclosure:
    """Return the sample as that of another department and year."""
    code, year = 200 + number // years, 2014 + number % years
    name = f"某市{NAMES[number // years % len(NAMES)]}局第{number // years}分局"
    return replace(
        _base(),
        code=f"{code:03d}",
        year=year,
        name=name,
        title=f"{name}{year}年部门预算公开",
    )


def _release(document: Disclosure, snapshot: Snapshot) -> Release:
    content = disclosure_content(document)
    return Release(
        scope=document.scope,
        code=document.code,
        name=document.name,
        year=document.year,
        number=1,
        edition=document.edition,
        origin=Origin.INVENTED,
        snapshot=snapshot,
        digest=digest(content),
        content=content.decode(),
        published_at=EVENING,
    )
