"""The guide: as a page, and whole: every sheet has its section, every picture is there."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import get_commands
from django.test import Client
from django.urls import reverse

from budget.actions import Action
from budget.help.guides import (
    Guide,
    Heading,
    accountants,
    administrators,
    anchor,
    guide,
    operations,
    publishers,
    reviewers,
)
from budget.registry import discover
from budget.roles import Reach, Role
from budget.sheets.spec import SHEETS
from budget.tests.filling import an_accountant
from budget.tests.people import a_grant, a_person, signed_in, someone_with
from budget.workflow.steps import STEPS, Asked

pytestmark = pytest.mark.one_engine

EVERY = [accountants(), reviewers(), publishers(), administrators(), operations()]
DOCS = Path(settings.BASE_DIR) / "docs"


def ids(html: str) -> set[str]:
    return {unescape(each) for each in re.findall(r' id="([^"]*)"', html)}


@pytest.mark.django_db
def test_whoever_is_signed_in_reads_the_guide() -> None:
    shown = signed_in(a_person()).get("/help/").content.decode()
    assert "<h1>会计操作手册</h1>" in shown
    assert '<h3><a href="#怎么在表里填">怎么在表里填</a></h3>' in shown
    assert '<h3 id="金额怎么写">金额怎么写</h3>' in shown
    assert "<td><code>12万</code>、<code>12万元</code></td>" in shown


@pytest.mark.django_db
def test_visitors_are_asked_to_sign_in() -> None:
    answer = Client().get("/help/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_every_sheet_has_a_section() -> None:
    discover(settings.PACKAGES)
    discover(settings.PACKAGES, ("sheets",))
    known = ids(accountants().html)
    assert [each.title for each in SHEETS.values() if anchor(each.title) not in known] == []


@pytest.mark.django_db
def test_a_sheet_leads_to_its_section() -> None:
    accountant = an_accountant()
    a_grant(accountant.user, Role.COMPILER, "801001")
    page = signed_in(accountant.user).get("/entry/801001/2030/other-uses/").content.decode()
    [way] = re.findall(r'href="([^"]*)">怎么填<', page)
    address, _, section = way.partition("#")
    assert address == reverse("help:guide")
    assert unquote(section) in ids(accountants().html)


@pytest.mark.parametrize("read", EVERY)
def test_the_contents_lead_to_every_section_once(read: Guide) -> None:
    named = [each.id for top in read.contents for each in (top, *top.below)]
    assert len(named) == len(set(named))
    assert set(named) == ids(read.html)


def test_every_picture_is_there_and_none_lies_idle() -> None:
    texts = "".join(each.read_text(encoding="utf-8") for each in DOCS.glob("guide-*.md"))
    wanted = set(re.findall(r"\]\(images/guide/([^)]*)\)", texts))
    assert wanted == {each.name for each in (DOCS / "images" / "guide").iterdir()}
    for read in (accountants(), reviewers(), publishers()):
        for source in re.findall(r'<img src="/static/([^"]*)"', read.html):
            assert finders.find(source), source


def test_headings_nest_and_html_stays_text() -> None:
    read = guide("# 甲\n\n## 乙 一\n\n### 丙\n\n<script>x</script>\n\n## 丁\n")
    assert read.title == "甲"
    assert read.contents == (
        Heading("乙一", "乙 一", (Heading("丙", "丙"),)),
        Heading("丁", "丁"),
    )
    assert "&lt;script&gt;" in read.html
    assert "甲" not in read.html


def test_a_guide_without_a_title_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        guide("## 乙\n\n文字\n")


@pytest.mark.django_db
def test_administrators_find_their_guides_and_others_do_not() -> None:
    auditor = signed_in(someone_with(Role.AUDITOR))
    page = auditor.get("/help/administrators/").content.decode()
    assert "<h1>系统管理手册</h1>" in page
    assert 'href="/help/operations/"' in page
    assert "<h1>运行维护手册</h1>" in auditor.get("/help/operations/").content.decode()
    own = auditor.get("/account/").content.decode()
    assert 'href="/help/administrators/">帮助</a>' in own
    accountant = signed_in(a_person("accountant"))
    assert 'href="/help/">帮助</a>' in accountant.get("/account/").content.decode()
    assert accountant.get("/help/operations/").status_code == 403


def test_guides_name_only_settings_and_commands_that_are_there() -> None:
    known = (Path(settings.BASE_DIR) / ".env.example").read_text(encoding="utf-8")
    ours = set(get_commands()) | {"procrastinate"}
    for name in ("guide-operations.md", "guide-administrators.md"):
        text = (DOCS / name).read_text(encoding="utf-8")
        assert set(re.findall(r"manage\.py (\w+)", text)) <= ours
        for setting in re.findall(r"`([A-Z]{2,}(?:_[A-Z]+)*)`", text):
            assert re.search(rf"\b{setting}\b", known), setting


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.COMPILER, "/help/"),
        (Role.DEPARTMENT_FINANCE, "/help/"),
        (Role.HEAD, "/help/review/"),
        (Role.DIVISION_REVIEWER, "/help/review/"),
        (Role.PERFORMANCE_REVIEWER, "/help/review/"),
        (Role.PUBLISHER, "/help/publishing/"),
        (Role.SECURITY_ADMIN, "/help/administrators/"),
    ],
)
def test_everybody_is_led_to_the_guide_of_his_role(role: Role, address: str) -> None:
    an_accountant()
    code = {Reach.UNIT: "801001", Reach.DEPARTMENT: "801"}.get(role.reach, "")
    browser = signed_in(someone_with(role, code))
    assert f'href="{address}">帮助</a>' in browser.get("/account/").content.decode()


def test_guides_name_the_buttons_and_fields_of_steps_as_the_site_does() -> None:
    """What stands in bold in the guides on steps is a button, a link or a state of the site."""
    text = reviewers_and_publishers()
    for action in (
        *(Action.SIGN, Action.SEND_BACK, Action.RECALL, Action.RECORD_SIGNATURE),
        *(Action.PASS_FIRST_REVIEW, Action.JUDGE_PERFORMANCE, Action.PASS_FINAL_REVIEW),
        *(Action.SET_CEILING, Action.APPROVE, Action.PREPARE_PUBLICATION, Action.PUBLISH),
        *(Action.SEND_PACKAGE_BACK, Action.RECORD_RELEASE, Action.WITHDRAW),
        *(Action.CONFIRM_WITHDRAWAL, Action.DROP_WITHDRAWAL),
        *(Action.CORRECT_TEXTS, Action.CORRECT_AMOUNTS),
        *(Action.REVOKE_APPROVAL, Action.DROP_TEXTS, Action.DROP_AMOUNTS),
    ):
        assert f"**{action.label}**" in text, action
    for step in STEPS:
        for asked in step.asks:
            if asked not in (Asked.READ, Asked.NUMBER, Asked.SHEET):
                assert asked.label in text, asked


def reviewers_and_publishers() -> str:
    files = ("guide-review.md", "guide-publishing.md")
    return "".join((DOCS / name).read_text(encoding="utf-8") for name in files)
