"""The index: what is found is what a reading of the texts finds, on either engine, and no more."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import Settings

from budget import search
from budget.document import Disclosure
from budget.models import Passage, Release
from budget.models.append_only import unguard
from budget.release import freeze, issue, publish
from budget.search import asking
from budget.search.asking import BadQuestion, ask, question
from budget.search.words import matches, phrases
from budget.terms import Origin, Scope
from budget.tests.documents import with_tables
from budget.tests.printed import a_printed_table, amount, code, word
from budget.tests.samples import sample, sample_book, sample_disclosure
from budget.tests.shelved import a_document, a_release

pytestmark = pytest.mark.django_db


def indexed(document: Disclosure, number: int = 1) -> Release:
    release = a_release(document, number)
    search.index(release, document)
    return release


def a_table_of(*names: str) -> Disclosure:
    rows = [(code(""), word(name), amount("1.00")) for name in names]
    return with_tables(a_document(), a_printed_table(*rows))


def found(text: str, year: int | None = None, department: str = "") -> list[str]:
    """Return the first lines of what is found: names of rows, beginnings of sentences."""
    answer = ask(question(text, year, department))
    return [passage.text.split("\n")[0] for passage in answer.passages]


@pytest.fixture(scope="module")
def texts() -> tuple[Disclosure, ...]:
    return (sample_disclosure(), a_table_of("公务接待费", "接待\n公务", "𠮷田Ａ局", "公务"))


QUERIES = (
    "接待", "公务接待费", "三公经费", "出国境费", "支出", "2023年", "1,561.09", "1561.09", "201",
    "驻北京联络处", "一般公共预算 基本支出", "𠮷田", "吉田", "a局", "务接", "公务 接待",
    "没有这个词", "部门2023", "25%", "万元",
)  # fmt: skip


def test_the_index_finds_what_a_reading_of_every_text_finds(texts: tuple[Disclosure, ...]) -> None:
    for number, document in enumerate(texts):
        indexed(replace(document, code=f"30{number}"))
    stored = list(Passage.objects.all())
    expected = {
        query: {each.pk for each in stored if matches(each.text, phrases(query))}
        for query in QUERIES
    }
    assert {
        query: set(question(query).found().values_list("pk", flat=True)) for query in QUERIES
    } == expected
    counted = {query: ask(question(query)).total for query in QUERIES}
    assert counted == {query: len(keys) for query, keys in expected.items()}
    assert counted["没有这个词"] == 0 < counted["接待"]


def test_a_hit_leads_to_the_sentence_the_table_or_the_row() -> None:
    indexed(a_document())
    [sentence] = ask(question("收入1561.09万元")).passages
    assert (sentence.heading, sentence.table, sentence.anchor) == (
        "三、收支总体情况", "", "paragraph-revenue-budget",
    )  # fmt: skip
    rows = [each for each in ask(question("一般公共服务支出")).passages if each.kind == "row"]
    assert [(row.heading, row.table, row.anchor) for row in rows] == [
        ("表1　部门收支总表", "summary", "summary/r2/code"),
        ("表3　部门支出总表", "spending", "spending/r2/code"),
        ("表7　“三公”经费支出表", "three-publics", "three-publics/r2/code"),
    ]


def test_a_department_is_found_by_its_name_first() -> None:
    indexed(a_document(name="某某教育局", title="某某教育局2023年部门预算公开"))
    [named] = ask(question("教育局")).named
    assert named.release.name == "某某教育局"


def test_year_and_department_narrow_what_is_found() -> None:
    for year in (2022, 2023):
        for own in ("201", "202"):
            indexed(replace(a_table_of(f"甲乙{year}{own}"), code=own, year=year))
    indexed(replace(a_table_of("甲乙2023201001"), code="201001", year=2023, scope=Scope.UNIT))
    assert found("甲乙") == [
        "甲乙2023201", "甲乙2023201001", "甲乙2023202", "甲乙2022201", "甲乙2022202",
    ]  # fmt: skip
    assert found("甲乙", year=2022) == ["甲乙2022201", "甲乙2022202"]
    assert found("甲乙 2022年") == ["甲乙2022201", "甲乙2022202"]
    assert found("甲乙", department="201") == ["甲乙2023201", "甲乙2023201001", "甲乙2022201"]


@pytest.mark.parametrize("most", [1000, 30])
def test_pages_show_everything_once_whether_or_not_all_was_counted(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(asking, "MOST", most)
    for year in (2022, 2023, 2024):
        indexed(replace(a_table_of(*(f"甲乙{year}第{n}" for n in range(15))), year=year))
    answers = [ask(question("甲乙"), page) for page in (1, 2, 3, 99)]
    # 45 rows: 20, 20 and 5; of the newest 30 that can be leafed through: 20 and 20.
    assert [each.is_more for each in answers] == [most == 30] * 4
    assert answers[0].pages == (3 if most == 1000 else 2)
    seen = [row.pk for answer in answers[: answers[0].pages] for row in answer.passages]
    assert len(seen) == len(set(seen)) == (45 if most == 1000 else 40)
    assert answers[-1].page == answers[-1].pages


@pytest.mark.parametrize("text", ["", "，。", "费", "接待 费", "长" * 61])
def test_what_cannot_be_looked_for_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        question(text)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    "text", ['甲乙" OR "', "甲乙' | '丙丁", "甲乙*:A", "NEAR(甲乙)", "-甲乙", "甲乙)"]
)
def test_signs_of_the_engines_languages_are_no_signs_here(text: str) -> None:
    indexed(a_table_of("甲乙"))
    assert isinstance(ask(question(text + "甲乙")).total, int)


def test_only_the_release_that_holds_is_found() -> None:
    indexed(a_table_of("旧词旧词"))
    indexed(a_table_of("新词新词"), number=2)
    assert (found("旧词"), found("新词")) == ([], ["新词新词"])


def test_what_is_forgotten_is_counted_nowhere() -> None:
    release = indexed(a_table_of("甲乙"))
    search.forget(release)
    answer = ask(question("甲乙"))
    assert (answer.total, answer.named, answer.passages) == (0, (), ())


def test_indexing_again_changes_nothing() -> None:
    release = indexed(a_document())
    before = list(Passage.objects.order_by("place").values_list("place", "text", "anchor"))
    search.index(release, a_document())
    after = list(Passage.objects.order_by("place").values_list("place", "text", "anchor"))
    assert after == before


def test_a_very_long_text_is_found_to_its_end() -> None:
    indexed(a_table_of("很长" * 10_000 + "末尾的词"))
    assert ask(question("末尾的词")).total == 1


def test_the_command_indexes_what_holds_and_tells_what_is_damaged() -> None:
    a_release(a_table_of("旧词旧词"))
    a_release(a_table_of("新词新词"), number=2)
    damaged = a_release(a_document(code="201"))
    unguard(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budget_release SET content = '{}' WHERE id = %s", [damaged.pk])
    said, complained = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("reindexreleases", stdout=said, stderr=complained)
    assert "已为 1 份文件建立检索" in said.getvalue()
    assert "已损坏；没有检索" in complained.getvalue()
    assert (found("旧词"), found("新词")) == ([], ["新词新词"])


def test_publishing_writes_the_index_in_its_transaction(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = sample_disclosure()
    snapshot = freeze(sample_book(), sample().remarks, "changsha-2023")

    def publish_then_fail() -> None:
        with transaction.atomic():
            publish(snapshot, document, number=1, origin=Origin.TRANSCRIBED, formats=())
            assert ask(question("三公经费")).total == 3
            raise RuntimeError("after publishing")

    with pytest.raises(RuntimeError, match="after publishing"):
        publish_then_fail()
    assert not Passage.objects.exists()
    issue(snapshot, document, number=1, origin=Origin.TRANSCRIBED)
    assert ask(question("三公经费")).total == 3
