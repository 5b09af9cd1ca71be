"""From what is ready to what is public, withdrawn and corrected: by HTTP, on a clean budget."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from budget.actions import Action
from budget.document import Disclosure, Table
from budget.jobs.holding import take
from budget.jobs.making import make
from budget.models import (
    Account,
    ApprovedAmount,
    Attachment,
    AuditEntry,
    Correction,
    DepartmentBudget,
    Issue,
    Passage,
    Release,
    ReleaseJob,
    Remark,
    SpendingLine,
    StepTaken,
)
from budget.release import files, is_readable, sealed, withdrawn
from budget.render.registry import Files, Format
from budget.roles import Role
from budget.terms import AttachmentKind, Ground, JobState, Nature, Source, State, Upkeep
from budget.tests.cast import PAGE, Cast
from budget.tests.clean import CODE, YEAR, a_clean_budget
from budget.tests.filling import Accountant
from budget.tests.people import a_grant, signed_in, someone_with
from budget.tests.stored import past_the_lock
from budget.workflow.advancing import advance
from budget.workflow.refusals import NotReady
from budget.workflow.saying import Said

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def stated(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    text = "\n".join((*disclosure.cover, *disclosure.tables_by_code))
    return {f"{disclosure.file_stem}.txt": text.encode()}


TEXT = Format("txt", "文本", "text/plain", stated)


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files in a folder of the test, in one small format: the real ones are tested elsewhere."""
    settings.MEDIA_ROOT, settings.INSIDE_ROOT = tmp_path / "releases", tmp_path / "inside"
    monkeypatch.setattr(files, "registered", lambda: (TEXT,))
    cache.clear()  # it counts how often somebody shows that it is he; keys are those of other tests
    return tmp_path / "releases"


@pytest.fixture
def cast() -> Cast:
    """Everybody, and a budget that was approved and prepared."""
    cast = Cast(a_clean_budget())
    approved(cast)
    prepared(cast)
    return cast


def approved(cast: Cast) -> None:
    """Let the bureau approve the budget as it is, with the snapshot that goes with it."""
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.FROZEN)
    cast.shows_that_it_is_he("second")
    cast.taken("second", "approve", number="财预〔2023〕1号", date=TODAY().isoformat())


def prepared(cast: Cast, by: str = "publisher") -> None:
    cast.taken(
        by,
        "prepare_publication",
        reviewer="李某",
        date=TODAY().isoformat(),
        conclusion="可以公开",
    )


def read_by(cast: Cast, who: str, page: str = PAGE) -> str:
    """Return the digest of the documents that a page shows to sign."""
    shown = cast.browsers[who].get(page).content.decode()
    found = re.search(r'name="read" value="([0-9a-f]{64})"', shown)
    assert found, shown
    return found[1]


def publish(cast: Cast, **more: str) -> Any:
    cast.shows_that_it_is_he("head")
    return cast.take("head", "publish", read=read_by(cast, "head"), **more)


def published(cast: Cast) -> Release:
    answer = publish(cast)
    assert answer.headers.get("Location") == f"{PAGE}files/", answer.content.decode()
    return Release.objects.latest("pk")


def make_files(release: Release) -> ReleaseJob:
    job = ReleaseJob.objects.get(release=release)
    assert take(job.pk)
    assert make(job.pk) == ""
    job.refresh_from_db()
    return job


def corrected(cast: Cast, who: str, action: str, ground: str = "mistake") -> Cast:
    """Begin a correction, and return the cast in front of its new version."""
    cast.taken(who, action, ground=ground, what="职能中的错字。", why="录入时漏看")
    cast.budget = DepartmentBudget.objects.latest("pk")
    return cast


def test_what_the_head_has_read_becomes_public_and_its_files_follow(cast: Cast) -> None:
    page = cast.page("head")
    assert "第1版" in page
    digest = read_by(cast, "head")
    release = published(cast)
    assert cast.now().state is State.PUBLISHED
    assert (release.code, release.number, release.digest) == (CODE, 1, only_digest(page))
    step = StepTaken.objects.get(action="publish")
    assert step.said["read"] == digest
    assert Issue.objects.get().release == release
    assert step.snapshot == release.snapshot

    visitor = Client()
    assert visitor.get(f"/{CODE}/{YEAR}/").status_code == 200
    assert visitor.get(f"/{CODE}/{YEAR}/download/txt").status_code == 404
    waiting = cast.browsers["head"].get(f"{PAGE}files/").content.decode()
    assert "等待制作" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert make_files(release).state is JobState.DONE
    done = cast.browsers["head"].get(f"{PAGE}files/").content.decode()
    assert "文件都已做好" in done
    assert 'http-equiv="refresh"' not in done
    assert release.files.get().digest


def only_digest(page: str) -> str:
    """Return the digest of the first document that a page shows to sign."""
    found = re.search(r"摘要 <code>([0-9a-f]{64})</code>", page.partition("签发的是")[2])
    assert found
    return found[1]


def test_a_second_click_publishes_nothing_more(cast: Cast) -> None:
    read, revision = read_by(cast, "head"), str(cast.now().revision)
    published(cast)
    again = cast.take("head", "publish", read=read, revision=revision)
    assert again.status_code == 409
    assert (Release.objects.count(), ReleaseJob.objects.count()) == (1, 1)


def test_another_document_than_the_one_that_was_read_is_not_published(cast: Cast) -> None:
    read = read_by(cast, "head")
    Remark.objects.filter(key="mandate").update(text="另一段职能\n第二项职能")
    cast.shows_that_it_is_he("head")
    answer = cast.take("head", "publish", read=read)
    assert answer.status_code == 409
    assert read_by(cast, "head") in answer.content.decode()  # the page now shows the new one
    assert not Release.objects.exists()
    assert cast.now().state is State.READY


def test_an_amount_that_is_not_the_approved_one_is_not_published(cast: Cast) -> None:
    line = SpendingLine.objects.get(economic="30101")
    with past_the_lock(cast.budget):
        SpendingLine.objects.filter(pk=line.pk).update(amount="1000000.01")
    refused = publish(cast)
    assert refused.status_code == 422
    # The approved line and the changed one: two statements that only one side makes.
    assert "有2处金额与批复时的不同" in refused.content.decode()
    assert not Release.objects.exists()


def test_publishing_wants_the_password_and_another_than_who_prepared(cast: Cast) -> None:
    asked = cast.take("head", "publish", read=read_by(cast, "head"))
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    both = someone_with(Role.PUBLISHER, CODE, "both")
    a_grant(both, Role.HEAD, CODE)
    cast.browsers["both"] = signed_in(both)
    cast.taken("head", "send_package_back", reason="再核")
    cast.taken(
        "both", "prepare_publication", reviewer="李", date=TODAY().isoformat(), conclusion="可"
    )
    cast.shows_that_it_is_he("both")
    refused = cast.take("both", "publish", read="0" * 64)
    assert refused.status_code == 403
    assert not Release.objects.exists()


def test_a_withdrawal_takes_both_sides(cast: Cast) -> None:
    release = published(cast)
    asked = {"ground": "mistake", "reason": "附表有误"}
    cast.taken("head", "withdraw", **asked)
    assert cast.now().state is State.PUBLISHED
    assert is_readable(Release.objects.get())
    assert Passage.objects.filter(release=release).exists()
    second_head = someone_with(Role.HEAD, CODE, "deputy")
    cast.browsers["deputy"] = signed_in(second_head)
    for same_side in ("head", "deputy"):
        cast.shows_that_it_is_he(same_side)
        refused = cast.take(same_side, "confirm_withdrawal")
        assert refused.status_code == 403, same_side
    desk = cast.browsers["budget_reviewer"].get("/flow/").content.decode()
    assert "确认撤回公开" in desk
    assert "确认撤回公开" not in cast.browsers["deputy"].get("/flow/").content.decode()

    cast.taken("budget_reviewer", "drop_withdrawal", reason="已电话核实，无误")
    cast.taken("budget_reviewer", "withdraw", **asked)
    cast.shows_that_it_is_he("deputy")
    cast.taken("deputy", "confirm_withdrawal")
    assert cast.now().state is State.WITHDRAWN
    assert not Passage.objects.exists()
    release = Release.objects.select_related("withdrawal").get()
    gone = withdrawn(release)
    assert gone is not None
    assert (gone.ground, gone.reason) == (Ground.MISTAKE, "附表有误")
    assert sealed(release) is None
    assert not is_readable(release)


def test_a_secret_seals_what_was_published_before_as_well(cast: Cast) -> None:
    first = published(cast)
    corrected(cast, "department_finance", "correct_texts")
    through_to_ready(cast)
    second = published(cast)
    assert (second.replaces, first.replaces) == (first, None)
    cast.taken("budget_reviewer", "withdraw", ground="secret", reason="涉密")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "confirm_withdrawal")
    seals = {release.pk: sealed(release) for release in Release.objects.all()}
    assert set(seals) == {first.pk, second.pk}
    assert all(seals.values())
    assert withdrawn(Release.objects.get(pk=first.pk)) is None  # it had been replaced already


def test_a_correction_of_a_personal_matter_seals_the_version_that_it_corrects(cast: Cast) -> None:
    first = published(cast)
    corrected(cast, "department_finance", "correct_texts", ground="personal")
    through_to_ready(cast)
    assert is_readable(Release.objects.get(pk=first.pk))
    second = published(cast)
    assert not is_readable(Release.objects.get(pk=first.pk))
    assert is_readable(second)


def through_to_ready(cast: Cast) -> None:
    """Take a correction of texts to the head's desk: submitted, signed, prepared."""
    cast.taken("department_finance", "submit")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    assert cast.now().state is State.APPROVED  # with the 批复 that it has
    prepared(cast)


def test_a_correction_of_texts_is_a_new_version_and_leaves_the_old_files_alone(
    cast: Cast, folders: Path
) -> None:
    first = published(cast)
    make_files(first)
    before = contents(folders)
    corrected(cast, "department_finance", "correct_texts")
    budget = cast.now()
    assert (budget.version, budget.state) == (2, State.DRAFT)
    assert budget.approval_number == "财预〔2023〕1号"
    told = Correction.objects.get()
    assert (told.what, told.why, told.original.version) == ("职能中的错字。", "录入时漏看", 1)
    Remark.objects.filter(budget=budget, key="mandate").update(text="负责某项工作\n承办其他事项")
    again = cast.browsers["department_finance"].post(
        f"/flow/{CODE}/{YEAR}/v1/take/correct_texts/",
        {"revision": "99", "ground": "mistake", "what": "一", "why": "二"},
    )
    assert again.status_code in (409, 422)  # one correction at a time
    through_to_ready(cast)
    page = cast.page("head")
    assert "审签文字更正，金额与原批复一致，转为已批复" in page
    assert "绩效目标" not in page  # which are not judged again
    second = published(cast)
    make_files(second)
    assert (second.number, second.replaces) == (2, first)
    assert second.digest != first.digest
    after = contents(folders)
    assert before.items() <= after.items()
    [new] = set(after) - set(before)
    assert "更正说明（更正第1版）：职能中的错字。更正原因：录入时漏看。".encode() in after[new]
    old = DepartmentBudget.objects.get(version=1)
    assert old.state is State.PUBLISHED


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_a_correction_of_texts_that_changes_an_amount_is_refused(cast: Cast) -> None:
    published(cast)
    corrected(cast, "department_finance", "correct_texts")
    SpendingLine.objects.filter(budget=cast.budget, economic="30101").update(amount="999999.99")
    refused = cast.take("department_finance", "submit")
    assert refused.status_code == 422
    assert "金额更正须重新批复" in refused.content.decode()
    # Not even a signature gets it through, should it have come so far.
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.SUBMITTED)
    cast.shows_that_it_is_he("head")
    assert cast.take("head", "sign").status_code == 422
    assert cast.now().state is State.SUBMITTED


def test_a_correction_of_amounts_goes_the_whole_way_with_a_new_approval(cast: Cast) -> None:
    published(cast)
    words = {"ground": "mistake", "what": "一", "why": "二"}
    assert cast.take("head", "correct_amounts", **words).status_code == 403
    assert cast.take("budget_reviewer", "correct_amounts").status_code == 422  # nothing said
    corrected(cast, "budget_reviewer", "correct_amounts")
    budget = cast.now()
    assert (budget.approval_number, budget.approved_on) == ("", None)
    # 1万元 of the wages becomes running costs; the total stays 120万元.
    lines = SpendingLine.objects.filter(budget=budget)
    lines.filter(economic="30101").update(amount="990000")
    lines.exclude(economic="30101").update(amount="210000")
    cast.taken("department_finance", "submit")
    cast.shows_that_it_is_he("head")
    cast.taken("head", "sign")
    assert cast.now().state is State.SIGNED


def test_a_correction_of_amounts_leaves_the_approval_of_the_wrong_ones_behind(cast: Cast) -> None:
    first, unit = cast.budget, cast.budget.unit_budgets.get().unit
    of_first = {"budget": first, "added_by": Account.objects.get(name="姓名compiler").user}
    for kind in AttachmentKind:
        Attachment.objects.create(
            **of_first,
            kind=kind,
            name="a.pdf",
            content_type="application/pdf",
            size=9,
            digest="0" * 64,
            file=f"attachments/{kind.value}.pdf",
        )
    with past_the_lock(first):
        ApprovedAmount.objects.create(
            budget=first,
            unit=unit,
            sequence=1,
            source=Source.GENERAL_PUBLIC,
            nature=Nature.BASIC,
            upkeep=Upkeep.PERSONNEL,
            amount=Decimal(1_000_000),
        )
    published(cast)
    second = corrected(cast, "budget_reviewer", "correct_amounts").now()
    kinds = Attachment.objects.filter(budget=second).values_list("kind", flat=True)
    assert list(kinds) == [AttachmentKind.BASIS]
    assert not ApprovedAmount.objects.filter(budget=second).exists()
    assert Attachment.objects.filter(budget=first).count() == len(AttachmentKind)
    assert ApprovedAmount.objects.filter(budget=first).count() == 1


def test_the_published_version_stays_within_reach_while_it_is_corrected(cast: Cast) -> None:
    published(cast)
    corrected(cast, "department_finance", "correct_texts")
    old = f"{PAGE}v1/"
    page = cast.browsers["head"].get(old).content.decode()
    assert "申请撤回公开" in page
    first = DepartmentBudget.objects.get(version=1)
    asked = {"revision": str(first.revision), "ground": "mistake", "reason": "有误"}
    answer = cast.browsers["head"].post(f"{old}take/withdraw/", asked)
    assert answer.headers["Location"] == old
    desk = cast.browsers["budget_reviewer"].get("/flow/").content.decode()
    assert f'href="{old}"' in desk
    assert cast.browsers["head"].get(f"{PAGE}v7/").status_code == 404
    # The bureau does not know of a draft with the department.
    assert cast.browsers["publisher"].get(f"{PAGE}v2/").status_code == 404


def test_who_typed_the_original_does_not_sign_its_correction(cast: Cast) -> None:
    published(cast)
    head = someone_with(Role.HEAD, CODE, "typing head")
    unit = cast.budget.unit_budgets.get().unit
    first = DepartmentBudget.objects.get()
    Accountant(first, unit, head).new("events", name="会", kind="会议", attendance="1")
    corrected(cast, "department_finance", "correct_texts")
    DepartmentBudget.objects.filter(pk=cast.budget.pk).update(state=State.SUBMITTED)
    cast.browsers["typing head"] = signed_in(head)
    cast.shows_that_it_is_he("typing head")
    refused = cast.take("typing head", "sign")
    assert refused.status_code == 403
    assert "录入过" in refused.content.decode()


def sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile("签字页.pdf", b"%PDF-1.7\n", "application/pdf")


def test_what_was_signed_on_paper_is_recorded_with_its_sheet(cast: Cast) -> None:
    told: dict[str, Any] = {
        "revision": str(cast.now().revision),
        "read": read_by(cast, "department_finance"),
        "signer": str(User.objects.get(username="head").pk),
        "date": TODAY().isoformat(),
    }
    browser, where = cast.browsers["department_finance"], f"{PAGE}take/record_release/"
    asked = browser.post(where, {**told, "sheet": sheet()})
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    cast.shows_that_it_is_he("department_finance")
    missing = browser.post(where, told)
    assert missing.status_code == 422
    assert "请填写签字件" in missing.content.decode()
    wrong = SimpleUploadedFile("签字页.pdf", b"<html>", "application/pdf")
    assert browser.post(where, {**told, "sheet": wrong}).status_code == 422
    stranger = {**told, "signer": str(User.objects.get(username="publisher").pk)}
    assert browser.post(where, {**stranger, "sheet": sheet()}).status_code == 422
    assert not Release.objects.exists()
    assert not Attachment.objects.exists()
    done = browser.post(where, {**told, "sheet": sheet()})
    assert done.headers["Location"] == f"{PAGE}files/"
    assert Attachment.objects.get().kind is AttachmentKind.SIGNATURE
    entry = AuditEntry.objects.filter(act="budget.record_release").get()
    assert (entry.detail["signer"], entry.detail["sheet"]) == ("姓名head", "签字页.pdf")
    assert "登记姓名head（部门负责人）于" in cast.page("head")


def test_without_a_snapshot_of_the_approval_nothing_is_published() -> None:
    cast = Cast(a_clean_budget())
    DepartmentBudget.objects.update(state=State.READY)
    budget = cast.now()
    head = someone_with(Role.HEAD, CODE, "other head")
    with pytest.raises(NotReady, match="没有批复时留存的快照"):
        advance(
            budget,
            Action.PUBLISH,
            head,
            revision=budget.revision,
            said=Said(read="0" * 64),
        )
