"""The whole road in browsers: from entry over a return and a cut to the public, then a correction.

The site is a real one: its own database, its own server, files made beside it. Amounts are worked
out from the pattern (100 per cent): 96,400 元 of 办公费 are typed as 90,000, as 88,000 after
the return, and cut to 80,000.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from budget.duties import DutyProfile
from budget.tests.road_furnishing import CODE, UNIT, YEAR
from budget.tests.served_site import Site, run
from budget.tests.walking import Street, Walker, street

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.one_engine]

FLOW, PUBLIC = f"/flow/{CODE}/{YEAR}/", f"/{CODE}/{YEAR}/"
SHEETS = f"/entry/{UNIT}/{YEAR}/"
STANDARD = dict.fromkeys(("enters", "prepares"), "kuaiji")
SMALL = {"enters": "kuaiji", "prepares": "gongkai"}
PREPARERS = {DutyProfile.STANDARD: STANDARD, DutyProfile.SMALL: SMALL}


@pytest.fixture(params=list(PREPARERS), ids=lambda each: each.value)
def profile(request: pytest.FixtureRequest) -> DutyProfile:
    """A duty profile: five people on the road, or a small unit of three and its bureau."""
    assert isinstance(request.param, DutyProfile)
    return request.param


@pytest.fixture
def site(profile: DutyProfile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with one department whose budget is entered but for its end, which makes files."""
    monkeypatch.setenv("START_JOBS", "1")
    words = f"from budget.tests.road_furnishing import furnish; furnish({profile.value!r})"
    run(tmp_path, "manage.py", "shell", "--no-imports", "-c", words)
    site = Site(tmp_path).start()
    yield site
    site.stop()


def test_the_whole_road_and_a_correction(
    browser: Browser, site: Site, profile: DutyProfile
) -> None:
    duties = PREPARERS[profile]
    with street(browser, site.url) as people:
        accountant, preparer = people[duties["enters"]], people[duties["prepares"]]
        entered(accountant, site)
        returned(people["fuzeren"])
        mended(accountant, site)
        signed(people["fuzeren"])
        reviewed(people, site)
        if profile is DutyProfile.SMALL:
            keeps_apart(people["kuaiji"])
        finished(accountant)
        prepared(preparer)
        released(people["fuzeren"], 1)
        first = downloads(people[""], 1)
        corrected(accountant)
        people["fuzeren"].open(FLOW)
        people["fuzeren"].confirm("审签并报送")
        people["fuzeren"].sees("已批复")
        prepared(preparer)
        released(people["fuzeren"], 2)
        second = downloads(people[""], 2)
        people[""].sees("更正说明。职业年金的用途")
        again = people[""].page.request.get(f"{site.url}{PUBLIC}v1/download/pdf").body()
        assert again == first["pdf"]
        assert second["pdf"] != first["pdf"]
        assert people.complaints() == []


def line(site: Site, economic: str) -> str:
    """Return the key of the line on an economic class."""
    [(key,)] = site.asked("select id from budget_spendingline where economic = ?", economic)
    return str(key)


def entered(accountant: Walker, site: Site) -> None:
    accountant.open("/entry/")
    accountant.open(f"{SHEETS}basic/")
    accountant.type(line(site, "30201"), "amount", "90,000.00")
    accountant.open(SHEETS)
    accountant.press("本单位填报完成")
    accountant.open(FLOW)
    accountant.press("上报")
    accountant.sees("待负责人审签")


def returned(head: Walker) -> None:
    head.open("/flow/")
    head.follow(f"{CODE} 示范区民政局")
    head.follow("看变动与审核")
    head.open(FLOW)
    head.fill(理由="请核对办公费", 问题清单="办公费请再压减\n请附测算表\n请说明采购方式")
    head.press("退回修改")
    head.sees("编制中")


def mended(accountant: Walker, site: Site) -> None:
    accountant.open("/flow/")
    accountant.sees("退回：3个问题待答复")
    accountant.open(FLOW)
    accountant.press("上报")
    accountant.sees("退回的第3个问题还没有答复")
    for number in (1, 2, 3):
        accountant.page.get_by_label(f"对第{number}个问题的答复").fill(f"答复{number}")
    accountant.press("保存答复")
    accountant.follow("去填报")
    accountant.open(f"{SHEETS}basic/")
    accountant.type(line(site, "30201"), "amount", "88,000.00")
    accountant.open(FLOW)
    accountant.press("上报")


def signed(head: Walker) -> None:
    head.open(FLOW)
    head.sees("答复（姓名kuaiji）：答复2")
    head.confirm("审签并报送")
    head.sees("业务科初审中")


def reviewed(people: Street, site: Site) -> None:
    division = people["yewu"]
    division.open(f"/flow/{CODE}/{YEAR}/amounts/")
    row = division.page.get_by_role("row", name="30201 办公费").first
    row.get_by_label("核定数").fill("8万")
    row.get_by_label("理由").fill("压减一般性支出")
    division.press("保存核定数")
    division.open(FLOW)
    division.page.get_by_label("通过", exact=True).check()
    division.press("审核绩效目标")
    division.press("初审通过")
    final = people["yusuan"]
    final.open(f"/review/{CODE}/{YEAR}/")
    final.sees("-8,000.00")
    final.open(FLOW)
    final.press("审定")
    approver = people["pifu"]
    approver.open(FLOW)
    approver.fill(批复文号="示财预〔2026〕1号", 批复日期=today(approver))
    approver.confirm("批复")
    approver.sees("已批复")


def today(walker: Walker) -> str:
    """Return today as a date field takes it."""
    words: str = walker.page.evaluate("new Date().toLocaleDateString('sv')")
    return words


def keeps_apart(accountant: Walker) -> None:
    """In the small unit one person compiles and sends: neither lets him sign."""
    accountant.open(FLOW)
    assert not accountant.page.get_by_role("button", name="签发公开").count()


def finished(accountant: Walker) -> None:
    accountant.open(f"{SHEETS}texts/")
    accountant.type("purpose.2080506", "text", "缴纳职业年金")


def prepared(publisher: Walker) -> None:
    publisher.open(f"/papers/{CODE}/{YEAR}/")
    publisher.open(FLOW)
    day = today(publisher)
    publisher.fill(保密审查人="刘洋", 保密审查日期=day, 保密审查结论="可以公开")
    publisher.press("准备公开")
    publisher.sees("待签发公开")


def released(head: Walker, number: int) -> None:
    head.open(FLOW)
    head.sees(f"第{number}版")
    head.confirm("签发公开")
    head.page.get_by_text("文件都已做好").wait_for()  # by itself
    head.look()


def downloads(visitor: Walker, number: int) -> dict[str, bytes]:
    """Return the files that a visitor loads, by format, and see that they say what was granted."""
    visitor.open("/")
    visitor.follow("示范区民政局")
    visitor.sees(f"第 {number} 版")
    links = visitor.page.locator("ul.downloads a[download]")
    addresses = [each.get_attribute("href") or "" for each in links.all()]
    found = {
        address.rpartition("/")[2]: visitor.page.request.get(f"{visitor.url}{address}").body()
        for address in addresses
    }
    assert {"pdf", "xlsx", "csv", "json"} <= set(found)
    assert found["pdf"].startswith(b"%PDF-")
    written = json.loads(found["json"])
    assert "缴纳职业年金" in json.dumps(written, ensure_ascii=False)
    book = load_workbook(BytesIO(found["xlsx"]), read_only=True)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert 80000 in cells
    with ZipFile(BytesIO(found["csv"])) as tables:
        text = "".join(tables.read(name).decode("utf-8-sig") for name in tables.namelist())
    assert "80000" in text.replace(",", "")
    assert "88000" not in text.replace(",", "")
    return found


def corrected(accountant: Walker) -> None:
    accountant.open(FLOW)
    accountant.page.locator("#step-correct_texts summary").click()
    step = accountant.page.locator("#step-correct_texts")
    step.get_by_label("内容有误").check()
    step.get_by_label("更正事项").fill("职业年金的用途，原为“缴纳职业年金”，现写明单位部分。")
    step.get_by_label("更正原因").fill("录入时漏写")
    with accountant.page.expect_navigation():
        step.get_by_role("button", name="更正文字").click()
    accountant.look()
    accountant.open(f"{SHEETS}texts/")
    accountant.type("purpose.2080506", "text", "缴纳职业年金单位部分")
    accountant.open(FLOW)
    accountant.press("上报")
