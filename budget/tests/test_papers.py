"""Paper inside the house: sheets that are signed, the 批复, marked drafts, and who gets them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import docx
import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from budget.actions import Action
from budget.models import (
    Department,
    DepartmentBudget,
    Issue,
    Release,
    Remark,
    SpendingLine,
    StepTaken,
    Withdrawal,
)
from budget.papers import limits
from budget.papers.approval import letter
from budget.papers.asked import NotPrintable, Unprintable
from budget.papers.clearance import clearance
from budget.papers.everybody import InTurn, packed
from budget.papers.printing import NotPrinted, Printer
from budget.papers.submission import submission
from budget.render import docx as word_files
from budget.render.forms import render_form, render_letter
from budget.render.registry import INSIDE_FORMATS, Marking
from budget.roles import Role
from budget.terms import Ground, State
from budget.tests.clean import CODE, UNIT_CODE, YEAR, a_clean_budget
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.shelved import a_document, a_release
from budget.tests.stored import moved, past_the_lock
from budget.tests.storing_samples import stored_sample
from budget.workflow.advancing import advance
from budget.workflow.packaging import package
from budget.workflow.saying import Said

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]
WHERE = f"/papers/{CODE}/{YEAR}/"
DAY = date(2023, 2, 3)


@pytest.fixture(autouse=True)
def nothing_made_before() -> None:
    cache.clear()


@pytest.fixture
def budget() -> DepartmentBudget:
    return a_clean_budget()


def signed(budget: DepartmentBudget) -> StepTaken:
    """Let the head sign a budget that was sent to him."""
    head = someone_with(Role.HEAD, CODE)
    return advance(budget, Action.SIGN, head, revision=budget.revision)


def an_approved(budget: DepartmentBudget) -> DepartmentBudget:
    """Let the bureau approve a budget."""
    frozen = moved(budget, State.FROZEN)
    said = Said(number="财预〔2023〕12号", date=DAY)
    bureau = someone_with(Role.BUDGET_REVIEWER)
    advance(frozen, Action.APPROVE, bureau, revision=frozen.revision, said=said)
    return DepartmentBudget.objects.get(pk=budget.pk)


def double(budget: DepartmentBudget) -> None:
    """Change amounts past every lock, as no page could."""
    for line in SpendingLine.objects.filter(unit__department_id=budget.department_id):
        with past_the_lock(line.budget):
            SpendingLine.objects.filter(pk=line.pk).update(amount=line.amount * 2)


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page, without the ends of its lines."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [page.extract_text().replace("\n", "") for page in pages]


def name_of_file(answer: Any) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("''")[2])


class TestSubmission:
    """送审表."""

    def test_what_is_printed_before_signing_has_the_digest_that_signing_keeps(
        self, budget: DepartmentBudget
    ) -> None:
        sent = moved(budget, State.SUBMITTED)
        before = submission(sent, None, "某人").shown["form"]
        step = signed(sent)
        assert step.snapshot is not None
        assert before.digest == step.snapshot.digest
        assert before.source == "当前数据"
        after = submission(moved(budget, State.SIGNED), None, "某人").shown["form"]
        assert after.digest == step.snapshot.digest
        assert after.source == "审签时留存的数据快照"
        assert after.taken.startswith("审签报送：姓名head-900（部门负责人），")

    def test_a_step_that_was_taken_back_is_not_on_it(self, budget: DepartmentBudget) -> None:
        sent = moved(budget, State.SUBMITTED)
        step = signed(sent)
        back = moved(budget, State.SIGNED)
        advance(back, Action.RECALL, step.by, revision=back.revision)
        printed = submission(moved(budget, State.SUBMITTED), None, "某人").shown["form"]
        assert (printed.taken, printed.source) == ("", "当前数据")

    def test_what_is_changed_later_is_not_on_it(self, budget: DepartmentBudget) -> None:
        sent = moved(budget, State.SUBMITTED)
        signed(sent)
        double(budget)
        printed = submission(moved(budget, State.REVIEWED), None, "某人").shown["form"]
        # Wages of 100 and running costs of 20, in 万元.
        assert printed.amounts[0].now == "120.00"

    def test_it_states_both_years_as_published(self) -> None:
        printed = submission(stored_sample(), None, "某人").shown["form"]
        found = {each.label: each for each in printed.amounts}
        # The published text: 收入预算1561.09万元，较去年增加162.77万元，上升11.64%; 三公 10.66.
        total = found["收入总计"]
        assert (total.now, total.before, total.change, total.percent) == (
            *("1,561.09", "1,398.32"),
            *("162.77", "11.64"),
        )
        assert found["“三公”经费"].now == "10.66"
        assert found["基本支出"].now == "656.38"
        assert found["基本支出"].before == "—"

    def test_a_clean_budget_has_nothing_to_explain(self, budget: DepartmentBudget) -> None:
        printed = submission(budget, None, "某人").shown["form"]
        assert printed.findings.startswith("错误0项；需说明0项，已说明0项；")

    def test_a_draft_is_marked_and_what_was_sent_is_not(self, budget: DepartmentBudget) -> None:
        assert submission(budget, None, "某人").marking == Marking("草稿")
        assert not submission(moved(budget, State.SUBMITTED), None, "某人").marking.word

    def test_a_budget_that_nobody_signed_has_none(self, budget: DepartmentBudget) -> None:
        with pytest.raises(Unprintable, match="没有经过审签报送"):
            submission(moved(budget, State.APPROVED), None, "某人")

    @pytest.mark.one_engine
    def test_it_is_one_page_with_places_to_sign(self) -> None:
        [page] = texts(render_form(submission(stored_sample(), None, "某人 2023年1月5日 09:00")))
        for words in ("2023年部门预算送审表", "财务负责人审核", "部门负责人审签", "公章"):
            assert words in page
        assert "打印：某人 2023年1月5日 09:00" in page


class TestClearance:
    """保密审查审批单."""

    def test_it_names_the_digests_of_what_is_published(self, budget: DepartmentBudget) -> None:
        approved = an_approved(budget)
        printed = clearance(approved, "某人").shown["form"]
        assert printed.digests == [f"某局：{package(approved).documents[0].digest}"]
        # Twenty days after 3 February.
        assert (printed.number, printed.due) == ("财预〔2023〕12号", "2023年2月23日前")
        assert printed.reviewer == ""

    def test_it_says_who_reviewed_once_that_is_recorded(self, budget: DepartmentBudget) -> None:
        approved = an_approved(budget)
        said = Said(reviewer="李某", date=date(2023, 2, 6), conclusion="不涉密，可以公开")
        publisher = someone_with(Role.PUBLISHER, CODE)
        advance(
            approved,
            Action.PREPARE_PUBLICATION,
            publisher,
            revision=approved.revision,
            said=said,
        )
        printed = clearance(moved(budget, State.READY), "某人").shown["form"]
        assert (printed.reviewer, printed.reviewed_on, printed.opinion) == (
            *("李某", "2023年2月6日"),
            "不涉密，可以公开",
        )

    def test_there_is_none_before_the_budget_is_approved(self, budget: DepartmentBudget) -> None:
        with pytest.raises(NotPrintable, match="在“已批复”、“待签发公开”时才可以打印"):
            clearance(budget, "某人")

    def test_there_is_none_of_what_is_not_written_in_full(self, budget: DepartmentBudget) -> None:
        approved = an_approved(budget)
        Remark.objects.filter(budget=budget, key="mandate").delete()
        with pytest.raises(Unprintable, match="公开文件还没有编完，不能打印审批单：【待填："):
            clearance(approved, "某人")

    @pytest.mark.one_engine
    def test_it_is_one_page(self, budget: DepartmentBudget) -> None:
        signed(moved(budget, State.SUBMITTED))
        form = clearance(an_approved(budget), "某人")
        shown = replace(form.shown["form"], digests=["某部门所属某事业单位：" + "f" * 64] * 5)
        [page] = texts(render_form(replace(form, shown={"form": shown})))
        assert "姓名head-900（部门负责人），" in page
        assert "不涉及国家秘密" in page
        assert "主要负责人审签" in page


class TestApproval:
    """批复."""

    def test_it_says_what_was_approved_whatever_came_after(self, budget: DepartmentBudget) -> None:
        approved = an_approved(budget)
        step = StepTaken.objects.get(budget=budget, action=Action.APPROVE)
        double(budget)
        printed = letter(approved)
        said = printed.form.shown["form"]
        assert (said.issuer, said.number, said.day) == (
            *("长沙市财政局", "财预〔2023〕12号"),
            "2023年2月3日",
        )
        assert step.snapshot is not None
        assert said.digest == step.snapshot.digest
        # Wages of 100 and running costs of 20, in 万元.
        assert dict(said.paragraphs)["二、支出预算。"] == (
            "核定支出总计120.00万元，其中：基本支出120.00万元，项目支出0.00万元；"
            "“三公”经费0.00万元。"
        )
        summary = printed.document.tables_by_code["summary"]
        assert summary.cells["summary/spending_total/spending"].text == "120.00"
        assert said.listed == [table.title for table in printed.document.tables]

    def test_there_is_none_before(self, budget: DepartmentBudget) -> None:
        with pytest.raises(NotPrintable, match="没有批复"):
            letter(moved(budget, State.FROZEN))

    @pytest.mark.one_engine
    def test_its_tables_are_behind_it_and_pages_are_counted_through(
        self, budget: DepartmentBudget
    ) -> None:
        an_approved(budget)
        finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, CODE))
        answer = finance.get(f"{WHERE}approval.pdf")
        pages = texts(answer.content)
        assert "长沙市财政局关于批复2023年部门预算的通知" in pages[0]
        assert any("2023年部门收支总体情况表" in page for page in pages)
        assert all(f"— {number} —" in page for number, page in enumerate(pages, start=1))
        assert name_of_file(answer) == "关于批复2023年部门预算的通知（某局）.pdf"


class TestDrafts:
    """Word files and previews by HTTP."""

    @pytest.fixture
    def finance(self, budget: DepartmentBudget) -> Client:
        return signed_in(someone_with(Role.DEPARTMENT_FINANCE, CODE, "finance"))

    def test_a_draft_that_lacks_words_is_sent_with_the_place_marked(
        self, budget: DepartmentBudget, finance: Client
    ) -> None:
        Remark.objects.filter(budget=budget, key="mandate").delete()
        answer = finance.get(f"{WHERE}draft.docx")
        assert name_of_file(answer) == "某局2023年部门预算公开（征求意见稿）.docx"
        assert "no-store" in answer.headers["Cache-Control"]
        paragraphs = docx.Document(io.BytesIO(answer.content)).paragraphs
        assert any("【待填：" in each.text for each in paragraphs)

    @pytest.mark.one_engine
    def test_a_preview_says_on_every_page_what_it_is_and_whose(self, finance: Client) -> None:
        answer = finance.get(f"{WHERE}draft.pdf")
        assert name_of_file(answer) == "某局2023年部门预算公开（内部预览）.pdf"
        pages = texts(answer.content)
        assert len(pages) > 10
        assert all("内部预览 姓名finance" in page for page in pages)
        assert not PdfReader(io.BytesIO(answer.content)).attachments

    @pytest.mark.one_engine
    def test_the_same_again_is_not_made_again(
        self, budget: DepartmentBudget, finance: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = counted(monkeypatch)
        for _ in range(50):
            assert finance.get(f"{WHERE}draft.docx").status_code == 200
        assert len(made) == 1
        double(budget)
        assert finance.get(f"{WHERE}draft.docx").status_code == 200
        assert len(made) == 2

    @pytest.mark.one_engine
    def test_who_asks_too_often_or_twice_at_once_is_asked_to_wait(
        self, budget: DepartmentBudget, finance: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = counted(monkeypatch)
        monkeypatch.setattr(limits, "KEPT", 0)
        answers = [finance.get(f"{WHERE}draft.docx") for _ in range(limits.MOST + 1)]
        assert [each.status_code for each in answers] == [200] * limits.MOST + [429]
        assert "请稍候再试" in answers[-1].content.decode()
        assert answers[-1].headers["Retry-After"] == "60"
        assert len(made) == limits.MOST

        other = someone_with(Role.HEAD, CODE, "head")
        assert signed_in(other).get(f"{WHERE}draft.docx").status_code == 200
        cache.add(f"paper-turn:{other.pk}", True)
        assert signed_in(other).get(f"{WHERE}draft.docx").status_code == 429

    def test_an_unknown_format_is_not_found(self, finance: Client) -> None:
        assert finance.get(f"{WHERE}draft.odt").status_code == 404

    def test_a_unit_has_its_own(self, budget: DepartmentBudget) -> None:
        browser = signed_in(someone_with(Role.COMPILER, UNIT_CODE))
        for paper in ("draft.docx", "submission.pdf"):
            answer = browser.get(f"/papers/{UNIT_CODE}/{YEAR}/{paper}")
            assert answer.status_code == 200
        for paper in ("clearance.pdf", "approval.pdf"):
            assert browser.get(f"/papers/{UNIT_CODE}/{YEAR}/{paper}").status_code in (404, 409)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Count the Word files that are made."""
    made: list[None] = []
    format = INSIDE_FORMATS["docx"]

    def render(*given: Any) -> bytes:
        made.append(None)
        return word_files.render(*given)

    changed = {name: getattr(format, name) for name in type(format).__dataclass_fields__}
    monkeypatch.setitem(
        INSIDE_FORMATS._items, "docx", type(format)(**{**changed, "render": render})
    )
    return made


class TestPublished:
    """The Word file of what is public."""

    @pytest.fixture
    def release(self, budget: DepartmentBudget) -> Release:
        moved(budget, State.PUBLISHED)
        release = a_release(a_document(code=CODE, name="某局", year=YEAR))
        step = StepTaken.objects.create(
            budget=budget,
            action=Action.PUBLISH,
            start=State.READY,
            end=State.PUBLISHED,
            by=a_person("somebody"),
            revision=1,
        )
        Issue.objects.create(release=release, budget=budget, step=step)
        return release

    def test_it_has_no_mark(self, release: Release) -> None:
        browser = signed_in(someone_with(Role.PUBLISHER, CODE))
        answer = browser.get(f"{WHERE}published.docx")
        assert answer.status_code == 200
        assert "征求意见稿" not in name_of_file(answer)
        written = docx.Document(io.BytesIO(answer.content))
        assert all(each.header.is_linked_to_previous for each in written.sections)

    def test_what_was_withdrawn_is_not_sent(self, release: Release) -> None:
        Withdrawal.objects.create(
            release=release, ground=Ground.SECRET, reason="误", step=StepTaken.objects.get()
        )
        browser = signed_in(someone_with(Role.PUBLISHER, CODE))
        assert browser.get(f"{WHERE}published.docx").status_code == 404


class TestEverybody:
    """The 批复 of all departments of a year."""

    @pytest.fixture
    def bureau(self, budget: DepartmentBudget) -> Client:
        return signed_in(someone_with(Role.BUDGET_REVIEWER, username="printing"))

    def test_the_page_lists_who_is_approved(self, budget: DepartmentBudget, bureau: Client) -> None:
        page = f"/papers/approvals/{YEAR}/"
        assert "还没有已批复的部门预算" in bureau.get(page).content.decode()
        an_approved(budget)
        shown = bureau.get(page).content.decode()
        assert "下载全部1个部门的批复" in shown
        assert f"{WHERE}approval.pdf" in shown
        assert bureau.get("/papers/approvals/1999/").status_code == 404

    @pytest.mark.one_engine
    def test_one_archive_has_the_letters_and_names_what_is_missing(
        self, budget: DepartmentBudget, bureau: Client
    ) -> None:
        an_approved(budget)
        other = Department.objects.create(code="901", name="另一局")
        DepartmentBudget.objects.create(
            department=other, year_id=YEAR, state=State.APPROVED, approved_on=DAY
        )
        answer: Any = bureau.get(f"/papers/approvals/{YEAR}/all.zip")
        assert name_of_file(answer) == "2023年部门预算批复（2个部门）.zip"
        with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == ["900-某局-批复.pdf", "0-没有打印的部门.txt"]
            alone = letter(DepartmentBudget.objects.get(pk=budget.pk))
            assert archive.read("900-某局-批复.pdf") == render_letter(
                alone.form, alone.document, alone.tables
            )
            told = archive.read("0-没有打印的部门.txt").decode("utf-8-sig")
        assert "901-另一局：没有批复时留存的快照，不能打印批复。" in told

    def test_a_child_that_dies_is_told_and_the_next_letter_gets_another(
        self, budget: DepartmentBudget, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printed = letter(an_approved(budget))
        monkeypatch.setattr("budget.papers.printing.MOST_SECONDS", 0.01)
        with Printer() as printer:
            with pytest.raises(NotPrinted, match="已停止"):
                printer.printed(printed)
            assert printer.child is None

    def test_a_second_archive_waits_for_the_first(
        self, budget: DepartmentBudget, bureau: Client
    ) -> None:
        an_approved(budget)
        assert bureau.get(f"/papers/approvals/{YEAR}/all.zip").status_code == 200
        assert bureau.get(f"/papers/approvals/{YEAR}/all.zip").status_code == 429

    def test_an_archive_that_nobody_waits_for_any_more_gives_its_turn_back(self) -> None:
        cache.set("turn", True)
        InTurn(packed([]), "turn").close()
        assert cache.get("turn") is None


class TestList:
    """The page on which papers are found."""

    def test_it_lists_what_there_is_now(self, budget: DepartmentBudget) -> None:
        browser = signed_in(someone_with(Role.DEPARTMENT_FINANCE, CODE))
        page = browser.get(WHERE).content.decode()
        links = ("draft.docx", "draft.pdf", "submission.pdf", "clearance.pdf", "approval.pdf")
        assert [f"{WHERE}{each}" in page for each in links] == [True, True, True, False, False]
        an_approved(budget)
        page = browser.get(WHERE).content.decode()
        # Nobody signed it: there is no 送审表.
        assert [f"{WHERE}{each}" in page for each in links] == [True, True, False, True, True]

    def test_it_is_found_from_the_pages_of_the_budget(self, budget: DepartmentBudget) -> None:
        browser = signed_in(someone_with(Role.DEPARTMENT_FINANCE, CODE))
        for page in (f"/flow/{CODE}/{YEAR}/", f"/entry/{CODE}/{YEAR}/preview/"):
            assert f'href="{WHERE}"' in browser.get(page).content.decode()

    def test_a_paper_that_cannot_be_made_says_why(self, budget: DepartmentBudget) -> None:
        browser = signed_in(someone_with(Role.DEPARTMENT_FINANCE, CODE))
        early = browser.get(f"{WHERE}approval.pdf")
        assert early.status_code == 409
        assert "预算现在处于“编制中”，没有批复" in early.content.decode()
        moved(budget, State.APPROVED)
        unsigned = browser.get(f"{WHERE}submission.pdf")
        assert unsigned.status_code == 409
        assert "没有经过审签报送" in unsigned.content.decode()
