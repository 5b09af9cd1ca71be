"""What the guide shows: each picture is a function that brings the page into the state to show."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import ViewportSize

from scripts.guide.desk import ACCOUNTANT, NARROW, UNIT, WIDE, YEAR, Desk

Take = Callable[[Desk, Desk], None]
PASTED = (
    "功能科目\t经济科目\t金额\t资金来源\n"
    "2070104\t30201\t85,000.00\t一般公共预算拨款\n"
    "2070104\t30207\t12,600.00\t一般公共预算拨款\n"
    "2070104\t30299\t3,200.5\t一般公共预算拨款\n"
    "2070104\t30211\t12.345\t一般公共预算拨款\n"
)
PASTE = """
([cell, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}
"""


@dataclass(frozen=True)
class Picture:
    """A picture by its name in the guide."""

    name: str
    take: Take
    size: ViewportSize
    who: str


PICTURES: list[Picture] = []


def picture(name: str, size: ViewportSize = WIDE, who: str = ACCOUNTANT) -> Callable[[Take], Take]:
    """Declare a function that brings one person's window, beside a colleague's, to show it."""

    def declare(take: Take) -> Take:
        PICTURES.append(Picture(name, take, size, who))
        return take

    return declare


@picture("budgets")
def budgets(desk: Desk, colleague: Desk) -> None:
    """Show the list of budgets."""
    desk.open("/entry/")


@picture("overview")
def overview(desk: Desk, colleague: Desk) -> None:
    """Show how far the sheets are."""
    desk.open(f"/entry/{UNIT}/{YEAR}/")


@picture("basic")
def basic(desk: Desk, colleague: Desk) -> None:
    """Show the list that opens at a code."""
    desk.sheet("basic")
    desk.tidy()
    row = desk.first_blank()
    desk.type(row, "function", "2070104", "Tab")
    desk.page.keyboard.insert_text("办公")
    desk.page.wait_for_selector("#entry-codes [role=option]")
    desk.page.keyboard.press("ArrowDown")


@picture("proposed-code")
def proposed_code(desk: Desk, colleague: Desk) -> None:
    """Show how a code that the list lacks gets its name."""
    desk.sheet("basic")
    desk.tidy()
    row = desk.first_blank()
    desk.type(row, "function", "2070198")
    desk.page.wait_for_selector("#entry-codes [role=option]")
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("dialog.entry-code[open]")
    desk.page.keyboard.insert_text("图书馆智慧化改造")


@picture("paste")
def paste(desk: Desk, colleague: Desk) -> None:
    """Show what a pasted block would do."""
    desk.sheet("basic")
    desk.tidy()
    cell = desk.cell(desk.first_blank(), "function")
    cell.click()
    desk.page.evaluate(PASTE, [cell.element_handle(), PASTED])
    desk.page.wait_for_selector("dialog[open] table")


@picture("pending")
def pending(desk: Desk, colleague: Desk) -> None:
    """Show a row that is not whole."""
    desk.sheet("basic")
    desk.tidy()
    row = desk.first_blank()
    desk.type(row, "function", "2070104", "Tab")
    desk.type(row, "amount", "12.345", "Enter")
    desk.page.wait_for_selector("tr.pending")
    desk.show(desk.cell(row, "function"))


@picture("conflict")
def conflict(desk: Desk, colleague: Desk) -> None:
    """Show one cell that two people changed."""
    desk.sheet("vehicles")
    colleague.sheet("vehicles")
    colleague.type(1, "count", "3", "Enter")
    colleague.saved()
    desk.type(1, "count", "2", "Enter")
    desk.page.wait_for_selector(".entry-state[data-state=conflict]")


@picture("indicators")
def indicators(desk: Desk, colleague: Desk) -> None:
    """Show indicators with their scores."""
    desk.sheet("indicators")


@picture("texts")
def texts(desk: Desk, colleague: Desk) -> None:
    """Show the text with its boxes."""
    desk.open(f"/entry/{UNIT}/{YEAR}/texts/")
    boxed = ".entry-paragraph:has(.figure):has(textarea)"
    desk.show(desk.page.locator(boxed).first)


@picture("findings")
def findings(desk: Desk, colleague: Desk) -> None:
    """Show what the rules find where income and what it pays for are apart."""
    desk.sheet("revenue")
    desk.type(1, "amount", "66666.66", "Enter")
    desk.saved()
    desk.open(f"/entry/{UNIT}/{YEAR}/preview/?show=findings")


@picture("behind")
def behind(desk: Desk, colleague: Desk) -> None:
    """Show what is behind a figure."""
    desk.open(f"/entry/{UNIT}/{YEAR}/preview/")
    desk.page.locator("td a.figure").nth(2).click()
    desk.page.wait_for_load_state("networkidle")


@picture("workbook")
def workbook(desk: Desk, colleague: Desk) -> None:
    """Show where the workbook is downloaded and uploaded."""
    desk.open(f"/entry/{UNIT}/{YEAR}/workbook/")


@picture("begin")
def begin(desk: Desk, colleague: Desk) -> None:
    """Show what of last year would come."""
    desk.open(f"/entry/{UNIT}/{YEAR + 1}/begin/")


@picture("narrow", NARROW)
def narrow(desk: Desk, colleague: Desk) -> None:
    """Show a sheet on a telephone."""
    desk.sheet("basic")


# ---- the city


@picture("returned", who="kuaiji")
def returned(desk: Desk, colleague: Desk) -> None:
    """Show points to be answered."""
    desk.open(f"/flow/515/{YEAR}/")
    desk.show(desk.page.locator("#points"))


@picture("desk", who="kuaiji")
def waiting(desk: Desk, colleague: Desk) -> None:
    """Show what waits for somebody."""
    desk.open("/flow/")


@picture("changes", who="yusuan")
def changes(desk: Desk, colleague: Desk) -> None:
    """Show what has changed since the head signed."""
    desk.open(f"/review/518/{YEAR}/")


@picture("amounts", who="yusuan")
def amounts(desk: Desk, colleague: Desk) -> None:
    """Show a granted amount beside the one that was asked for."""
    desk.open(f"/flow/518/{YEAR}/amounts/")


@picture("prepare", who="gongkai")
def prepare(desk: Desk, colleague: Desk) -> None:
    """Show the form of the secrecy review."""
    desk.open(f"/flow/520/{YEAR}/")
    desk.show(desk.page.locator("#step-prepare_publication"))


@picture("release", who="fuzeren")
def release(desk: Desk, colleague: Desk) -> None:
    """Show what the head is about to publish."""
    desk.open(f"/flow/521/{YEAR}/")
    desk.show(desk.page.locator("#step-publish"))
