"""Every address × every role, in and out of scope, by HTTP.

The expectations are typed by hand: an address that has none fails the first test.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from budget.access.checks import view_names
from budget.access.entries import OnBudget
from budget.access.gate import Gate
from budget.access.routes import OPTIONAL, ROUTES
from budget.models import Account, BudgetYear, DepartmentBudget, Grant
from budget.roles import Reach, Role
from budget.terms import State
from budget.tests.people import PASSWORD, a_grant, a_person, signed_in, someone_with
from budget.tests.permission_table import LETTERS, LINES
from budget.tests.stored import YEAR, a_budget, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
Answer = Any  # the test client's response, which has more than the class it is declared as

WHO = ("visitor", "nobody", *"ADHUZBP", "auditor", "system_admin", "security_admin")
ADMINISTRATORS = {each: Role(each) for each in WHO[-3:]}  # type: ignore[call-arg]

# ---- addresses that concern no budget ----------------------------------------------------------
# name: method and path, then what each of WHO gets, by the letters of ANSWERS: a visitor, somebody
# without a role, the seven roles of budgets, the three administrators. ``{pk}`` is another person's
# account, ``{grant}`` a grant of his.
ANSWERS = {
    "o": "ok",
    "i": "in",  # redirected to the sign-in page
    "g": "go",  # redirected elsewhere
    "n": "404",
    "f": "403",
    "u": "422",
}
PLAIN = """
portal:home                 GET  /                                                  o o ooooooo ooo
portal:icon                 GET  /favicon.ico                                       g g ggggggg ggg
portal:disclosure           GET  /801/2030/                                         n n nnnnnnn nnn
portal:download             GET  /801/2030/download/pdf                             n n nnnnnnn nnn
portal:table                GET  /801/2030/summary/                                 n n nnnnnnn nnn
portal:download_table       GET  /801/2030/summary/download/pdf                     n n nnnnnnn nnn
portal:search               GET  /search/                                           o o ooooooo ooo
portal:year                 GET  /2030/                                             n n nnnnnnn nnn
portal:department           GET  /801/                                              n n nnnnnnn nnn
portal:department_feed      GET  /801/feed.xml                                      n n nnnnnnn nnn
portal:versions             GET  /801/2030/versions/                                n n nnnnnnn nnn
portal:changes              GET  /801/2030/versions/1-2/                            n n nnnnnnn nnn
portal:feed                 GET  /feed.xml                                          o o ooooooo ooo
portal:sitemap              GET  /sitemap.xml                                       o o ooooooo ooo
portal:robots               GET  /robots.txt                                        o o ooooooo ooo
health:alive                GET  /healthz                                           o o ooooooo ooo
health:ready                GET  /readyz                                            o o ooooooo ooo
api:departments             GET  /api/v1/departments                                o o ooooooo ooo
api:releases                GET  /api/v1/releases                                   o o ooooooo ooo
api:codes                   GET  /api/v1/codes?year=2030&scheme=function            n n nnnnnnn nnn
api:versions                GET  /api/v1/releases/801/2030/versions                 n n nnnnnnn nnn
api:release                 GET  /api/v1/releases/801/2030/latest                   n n nnnnnnn nnn
api:tables                  GET  /api/v1/releases/801/2030/latest/tables            n n nnnnnnn nnn
api:table                   GET  /api/v1/releases/801/2030/v1/tables/summary        n n nnnnnnn nnn
api:cell                    GET  /api/v1/releases/801/2030/v1/cells/a/b/c           n n nnnnnnn nnn
api:paragraphs              GET  /api/v1/releases/801/2030/v1/paragraphs            n n nnnnnnn nnn
api:paragraph               GET  /api/v1/releases/801/2030/v1/paragraphs/a          n n nnnnnnn nnn
api:figures                 GET  /api/v1/releases/801/2030/v1/figures               n n nnnnnnn nnn
api:figure                  GET  /api/v1/releases/801/2030/v1/figures/a/b           n n nnnnnnn nnn
api:charts                  GET  /api/v1/releases/801/2030/v1/charts                n n nnnnnnn nnn
api:schema                  GET  /api/v1/schema                                     o o ooooooo ooo
api:docs                    GET  /api/v1/docs/                                      o o ooooooo ooo
api:nowhere                 GET  /api/v1/nowhere                                    n n nnnnnnn nnn
account_login               GET  /account/login/                                    o g ggggggg ggg
account_logout              GET  /account/logout/                                   i o ooooooo ooo
account_inactive            GET  /account/inactive/                                 o o ooooooo ooo
account_reauthenticate      GET  /account/reauthenticate/                           i o ooooooo ooo
account_change_password     GET  /account/password/                                 i o ooooooo ooo
usersessions_list           GET  /account/sessions/                                 i o ooooooo ooo
mfa_authenticate            GET  /account/second-factor/authenticate/               i g ggggggg ggg
mfa_index                   GET  /account/second-factor/                            i o ooooooo ooo
mfa_reauthenticate          GET  /account/second-factor/reauthenticate/             i g ggggggg ggg
mfa_activate_totp           GET  /account/second-factor/totp/activate/              i g ggggggg ggg
mfa_deactivate_totp         GET  /account/second-factor/totp/deactivate/            i n nnnnnnn nnn
mfa_view_recovery_codes     GET  /account/second-factor/recovery-codes/             i n nnnnnnn nnn
mfa_generate_recovery_codes GET  /account/second-factor/recovery-codes/generate/    i g ggggggg ggg
mfa_download_recovery_codes GET  /account/second-factor/recovery-codes/download/    i n nnnnnnn nnn
people:own                  GET  /account/                                          i o ooooooo ooo
people:accounts             GET  /people/                                           i f fffffff foo
people:account              GET  /people/{pk}/                                      i f fffffff foo
people:create               GET  /people/new/                                       i f fffffff fof
people:disable              POST /people/{pk}/disable/                              i f fffffff fgf
people:enable               POST /people/{pk}/enable/                               i f fffffff fgf
people:approve              POST /people/{pk}/approve/                              i f fffffff ffg
people:grant                POST /people/{pk}/grant/                                i f fffffff ffu
people:revoke               POST /people/{pk}/grants/{grant}/revoke/                i f fffffff ffg
people:reset_password       POST /people/{pk}/reset-password/                       i f fffffff ffo
people:reset_second_factor  POST /people/{pk}/reset-second-factor/                  i f fffffff ffg
people:unlock               POST /people/{pk}/unlock/                               i f fffffff ffg
people:end_sessions         POST /people/{pk}/end-sessions/                         i f fffffff ffg
people:duties               GET  /people/duties/                                    i f fffffff ffo
help:guide                  GET  /help/                                             i o ooooooo ooo
help:review                 GET  /help/review/                                      i o ooooooo ooo
help:publishing             GET  /help/publishing/                                  i o ooooooo ooo
help:administrators         GET  /help/administrators/                              i f fffffff ooo
help:operations             GET  /help/operations/                                  i f fffffff ooo
trail:entries               GET  /trail/                                            i f fffffff ofo
trail:entry                 GET  /trail/99/                                         i f fffffff nfn
trail:verify                POST /trail/verify/                                     i f fffffff gff
trail:export                POST /trail/export/csv/                                 i f fffffff off
entry:home                  GET  /entry/                                            i o ooooooo ooo
flow:desk                   GET  /flow/                                             i o ooooooo ooo
desk:sums                   GET  /review/sums/                                      i f foffooo fff
desk:lines                  GET  /review/lines/2030.xlsx                            i f ffffooo fff
desk:sums_file              GET  /review/sums/table.xlsx                            i f foffnnn fff
indicators:library          GET  /indicators/                                       i f ffffffo fff
indicators:new              GET  /indicators/new/                                   i f ffffffo fff
indicators:change           GET  /indicators/1/                                     i f ffffffn fff
papers:approvals            GET  /papers/approvals/2030/                            i f fffffof fff
papers:archive              GET  /papers/approvals/2030/all.zip                     i f fffffnf fff
bureau:years                GET  /bureau/                                           i f fffffof fff
bureau:new_year             GET  /bureau/years/new/                                 i f fffffof fff
bureau:year                 GET  /bureau/years/2030/                                i f fffffof fff
bureau:change_year          GET  /bureau/years/2030/dates/                          i f fffffof fff
bureau:open_year            GET  /bureau/years/2030/open/second_submission/         i f fffffnf fff
bureau:only_published       GET  /bureau/years/2030/only-published/                  i f fffffof fff
bureau:rules                GET  /bureau/years/2030/rules/                           i f fffffof fff
bureau:ceilings             GET  /bureau/years/2030/ceilings/                       i f fffffof fff
bureau:department_ceilings  GET  /bureau/years/2030/ceilings/801/                   i f fffffof fff
bureau:import_ceilings      GET  /bureau/years/2030/ceilings/import/                i f fffffof fff
bureau:confirm_ceilings     POST /bureau/years/2030/ceilings/confirm/               i f fffffuf fff
bureau:departments          GET  /bureau/departments/                                i f fffffof fff
bureau:new_department       GET  /bureau/departments/new/                            i f fffffof fff
bureau:department           GET  /bureau/departments/801/                            i f fffffof fff
bureau:change_department    POST /bureau/departments/801/change/                     i f fffffuf fff
bureau:close_department     POST /bureau/departments/801/close/                      i f fffffuf fff
bureau:resume_department    POST /bureau/departments/801/resume/                     i f fffffgf fff
bureau:new_unit             POST /bureau/departments/801/units/new/                  i f fffffuf fff
bureau:unit                 POST /bureau/units/801001/                               i f fffffuf fff
bureau:close_unit           POST /bureau/units/801001/close/                         i f fffffuf fff
bureau:resume_unit          POST /bureau/units/801001/resume/                        i f fffffgf fff
bureau:export               GET  /bureau/files/units.csv                             i f fffffof fff
bureau:upload               POST /bureau/files/units/                                i f fffffuf fff
bureau:confirm              POST /bureau/files/units/confirm/                        i f fffffgf fff
bureau:proposals            GET  /bureau/proposals/                                  i f fffffof fff
bureau:proposal             GET  /bureau/proposals/1000000/                          i f fffffnf fff
bureau:take_proposal        POST /bureau/proposals/1000000/take/                     i f fffffnf fff
bureau:codes                GET  /bureau/codes/function/                             i f fffffof fff
bureau:new_code             POST /bureau/codes/function/new/                         i f fffffuf fff
bureau:next_list            POST /bureau/codes/function/next/                        i f fffffuf fff
bureau:confirm_list         POST /bureau/codes/function/next/2031-01-01/confirm/     i f fffffgf fff
bureau:code                 GET  /bureau/codes/function/1000000/                     i f fffffnf fff
"""
PLAIN_LINES = {line.split()[0]: line.split()[1:] for line in PLAIN.strip().splitlines()}

# ---- addresses of one budget -------------------------------------------------------------------
# name: method, path behind the code and year, and the action (or actions, any of which is enough)
# that the permission table of the requirements must allow.
ON_BUDGET = """
review:findings  GET   /findings/{code}/2030/                 validate
review:report    GET   /findings/{code}/2030/report.html      validate
review:draft     GET   /findings/{code}/2030/draft/           view
desk:budget      GET   /review/{code}/2030/                   view
papers:papers    GET   /papers/{code}/2030/                   view
papers:draft     GET   /papers/{code}/2030/draft.docx         preview
papers:published GET   /papers/{code}/2030/published.docx     view
papers:submission GET  /papers/{code}/2030/submission.pdf     preview
papers:clearance GET   /papers/{code}/2030/clearance.pdf      preview
papers:approval  GET   /papers/{code}/2030/approval.pdf       view
desk:units       GET   /review/{code}/2030/units/             view
desk:consolidation GET /review/{code}/2030/consolidation/     view
entry:overview   GET   /entry/{code}/2030/                    view
entry:codes      GET   /entry/{code}/2030/codes/function.json view
entry:preview    GET   /entry/{code}/2030/preview/            view
entry:behind     GET   /entry/{code}/2030/behind/             view
entry:answer     POST  /entry/{code}/2030/answer/             edit_texts
entry:sheet      GET   /entry/{code}/2030/basic/              view
entry:sheet      POST  /entry/{code}/2030/basic/              edit|edit_texts
entry:save       POST  /entry/{code}/2030/basic/save          edit|edit_texts
entry:paste      GET   /entry/{code}/2030/basic/paste/        view
entry:paste      POST  /entry/{code}/2030/basic/paste/        edit|edit_texts
entry:paste_confirm POST /entry/{code}/2030/basic/paste/confirm edit|edit_texts
entry:undo       POST  /entry/{code}/2030/undo/00000000-0000-0000-0000-000000000001/ edit|edit_texts
entry:workbook   GET   /entry/{code}/2030/workbook/           view
entry:workbook   POST  /entry/{code}/2030/workbook/           import
entry:workbook_filled  GET  /entry/{code}/2030/workbook/filled/  view
entry:workbook_empty   GET  /entry/{code}/2030/workbook/empty/   view
entry:workbook_confirm POST /entry/{code}/2030/workbook/confirm/ import
indicators:choose GET  /entry/{code}/2030/indicators/library/ view
indicators:choose POST /entry/{code}/2030/indicators/library/ edit
entry:begin      GET   /entry/{code}/2030/begin/              view
entry:begin      POST  /entry/{code}/2030/begin/              edit|edit_texts
entry:approval   GET   /entry/{code}/2030/approval/           view
entry:approval_record POST /entry/{code}/2030/approval/record/ record_approval
entry:approval_forget POST /entry/{code}/2030/approval/forget/ record_approval
entry:approval_settle POST /entry/{code}/2030/approval/settle/ record_approval
entry:files      GET   /entry/{code}/2030/files/              view
entry:files      POST  /entry/{code}/2030/files/              edit
entry:file       GET   /entry/{code}/2030/files/1/            view
entry:file_delete GET  /entry/{code}/2030/files/1/delete/     edit
entry:file_delete POST /entry/{code}/2030/files/1/delete/     edit
entry:complete   POST  /entry/{code}/2030/complete/           complete_unit
entry:ceilings        GET   /entry/{code}/2030/ceilings/          view
entry:split_ceilings  POST  /entry/{code}/2030/ceilings/split/    view
entry:explain_excess  POST  /entry/{code}/2030/ceilings/explain/  view
entry:return     POST  /entry/{code}/2030/return/             return_unit
entry:accept     POST  /entry/{code}/2030/accept/             return_unit
flow:budget      GET   /flow/{code}/2030/                     view_status
flow:take        POST  /flow/{code}/2030/take/submit/         view_status
flow:answer      POST  /flow/{code}/2030/answers/             view_status
flow:amounts     GET   /flow/{code}/2030/amounts/             view
flow:version     GET   /flow/{code}/2030/v1/                  view_status
flow:take_version POST /flow/{code}/2030/v1/take/submit/      view_status
flow:first_version GET /flow/{code}/2030/first/v1/            view_status
flow:take_first_version POST /flow/{code}/2030/first/v1/take/submit/ view_status
flow:files       GET   /flow/{code}/2030/files/               view
flow:files_again POST  /flow/{code}/2030/files/again/         view
flow:places      GET   /flow/{code}/2030/places/              view
flow:places      POST  /flow/{code}/2030/places/              view
"""
BUDGET_LINES = [line.split() for line in ON_BUDGET.strip().splitlines()]
FIRSTS = {(line[1], line[3]): line for line in reversed(BUDGET_LINES)}
ASKED_DAILY = [
    line if FIRSTS[line[1], line[3]] is line else pytest.param(line, marks=pytest.mark.long)
    for line in BUDGET_LINES
]
"""Each method and action is asked for once before every change, every address in the long run:
that it asks for the right action is compared without a request."""
STATES = tuple(State)


def test_every_address_has_an_expectation() -> None:
    found = {
        name
        for name in view_names(get_resolver().url_patterns)
        if f"{name.partition(':')[0]}:*" not in OPTIONAL
    }
    assert found == set(PLAIN_LINES) | {line[0] for line in BUDGET_LINES}


@pytest.mark.parametrize("line", BUDGET_LINES, ids=lambda line: f"{line[0]} {line[1]}")
def test_an_address_of_a_budget_asks_for_the_action_of_the_requirements(line: list[str]) -> None:
    name, method, _, actions = line
    entry = ROUTES[name]
    assert isinstance(entry, OnBudget)
    asked = entry.writes if method == "POST" and entry.writes else {entry.action}
    assert {each.value for each in asked} == set(actions.split("|"))


@pytest.fixture
def budget() -> DepartmentBudget:
    """A department of two units, and another department beside it."""
    BudgetYear.objects.create(year=YEAR, edition="changsha-2023", codes_on=f"{YEAR}-01-01")
    a_budget(a_unit("802001", is_head=True))
    return a_budget(a_unit("801001", is_head=True), a_unit("801002"))


ADMITTED = 299


@pytest.fixture
def gate_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer where the gate would let the view run; what views answer is tested with them."""
    ask = Gate.process_view

    def ask_alone(gate: Gate, *args: Any) -> HttpResponse:
        return ask(gate, *args) or HttpResponse(status=ADMITTED)

    monkeypatch.setattr(Gate, "process_view", ask_alone)


def code_for(role: Role, department: str) -> str:
    """Return what a role of a department's people is held for."""
    return {Reach.UNIT: f"{department}001", Reach.DEPARTMENT: department}.get(role.reach, "")


def browser_of(who: str, department: str = "801") -> Client:
    """Return the browser of a visitor, of somebody without a role, or of a role's holder."""
    if who == "visitor":
        return Client()
    if who == "nobody":
        return signed_in(a_person("nobody"))
    role = ADMINISTRATORS.get(who) or LETTERS[who]
    return signed_in(someone_with(role, code_for(role, department)))


def word_for(answer: Answer) -> str:
    """Return an answer as the tables above say it."""
    if answer.status_code == 302:
        return "in" if answer.headers["Location"].startswith("/account/login/") else "go"
    return "ok" if answer.status_code == 200 else str(answer.status_code)


@pytest.mark.usefixtures("budget")
@pytest.mark.parametrize("name", PLAIN_LINES)
def test_an_address_without_a_budget_answers_each_role_as_expected(name: str) -> None:
    method, path, *letters = PLAIN_LINES[name]
    expected = [ANSWERS[letter] for letter in "".join(letters)]
    other = a_person("other")
    given = a_grant(other, Role.COMPILER, "801001")
    address = path.format(pk=Account.objects.get(user=other).pk, grant=given.pk)
    found = [word_for(browser_of(who).generic(method, address)) for who in WHO]
    assert dict(zip(WHO, found, strict=True)) == dict(zip(WHO, expected, strict=True))


def expected_for(letter: str, actions: str, state: State) -> str:
    """Return what the requirements' table says of a role in scope: in, 404, 409 or 403."""
    lines = [LINES[action] for action in actions.split("|")]
    at = STATES.index(state)
    if any(letter in line[at] for line in lines):
        return "admitted"
    if letter not in LINES["view_status"][at]:
        return "404"
    return "409" if any(letter in cell for cell in lines[0]) else "403"


def outcome_of(answer: Answer) -> str:
    """Return a refusal's number, or that the gate let the view run."""
    return "admitted" if answer.status_code == ADMITTED else word_for(answer)


@pytest.mark.usefixtures("gate_alone")
@pytest.mark.parametrize("line", ASKED_DAILY, ids=lambda line: f"{line[0]} {line[1]}")
@pytest.mark.parametrize("code", [pytest.param("801", marks=pytest.mark.long), "801001"])
@pytest.mark.one_engine
def test_an_address_of_a_budget_answers_as_the_table_says_in_every_state(
    budget: DepartmentBudget, line: list[str], code: str
) -> None:
    _, method, path, actions = line
    browsers = {who: browser_of(who) for who in LETTERS}
    expected, found = {}, {}
    for state in State:
        for who, browser in browsers.items():
            DepartmentBudget.everything.filter(pk=budget.pk).update(state=state)
            whole = code == "801" and who == "A"  # a compiler of one unit of two
            expected[state, who] = "404" if whole else expected_for(who, actions, state)
            answer = browser.generic(method, path.format(code=code))
            found[state, who] = outcome_of(answer)
    assert found == expected


@pytest.mark.usefixtures("gate_alone")
@pytest.mark.parametrize("line", ASKED_DAILY, ids=lambda line: f"{line[0]} {line[1]}")
@pytest.mark.parametrize(
    "code", ["801", *(pytest.param(each, marks=pytest.mark.long) for each in ("801001", "801002"))]
)
@pytest.mark.one_engine
def test_a_budget_is_not_there_for_people_of_other_departments_and_units(
    budget: DepartmentBudget, line: list[str], code: str
) -> None:
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.APPROVED)
    _, method, path, _ = line
    outside = {who: browser_of(who, "802") for who in "ADHUZ"}
    outside |= {who: browser_of(who) for who in ADMINISTRATORS}
    outside["nobody"] = browser_of("nobody")
    outside["superuser"] = signed_in(User.objects.create_superuser("root"))
    found = {
        who: outcome_of(each.generic(method, path.format(code=code)))
        for who, each in outside.items()
    }
    assert found == dict.fromkeys(outside, "404")


@pytest.mark.usefixtures("budget")
@pytest.mark.parametrize("line", ASKED_DAILY, ids=lambda line: f"{line[0]} {line[1]}")
@pytest.mark.one_engine
def test_a_visitor_is_asked_to_sign_in_and_a_script_is_told(line: list[str]) -> None:
    _, method, path, _ = line
    page = Client().generic(method, path.format(code="801001"))
    script = Client().generic(method, path.format(code="801001"), HTTP_ACCEPT="application/json")
    assert page.status_code == (401 if path.endswith("save") else 302)
    assert script.status_code == 401
    assert set(script.json()) == {"message"}


def without_token(answer: Answer) -> str:
    """Return a page without what differs each time: the token of its form for signing out."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


@pytest.mark.usefixtures("budget")
@pytest.mark.parametrize(
    "path",
    ["/findings/803/2030/", "/findings/801003/2030/", "/findings/801/2029/", "/findings/abc/2030/"],
)
def test_what_there_is_not_answers_like_what_is_not_ones_own(path: str) -> None:
    mine = browser_of("D")
    there_is_not = mine.get(path)
    foreign = mine.get("/findings/802/2030/")
    assert there_is_not.status_code == foreign.status_code == 404
    assert without_token(there_is_not) == without_token(foreign)


@pytest.mark.usefixtures("gate_alone")
def test_a_role_that_was_revoked_is_gone_at_the_next_request(budget: DepartmentBudget) -> None:
    user = someone_with(Role.DEPARTMENT_FINANCE, "801")
    browser = signed_in(user)
    assert browser.get("/findings/801/2030/draft/").status_code == ADMITTED
    Grant.objects.filter(user=user).update(revoked_at="2030-01-01T00:00:00+08:00")
    assert browser.get("/findings/801/2030/draft/").status_code == 404


def test_a_refusal_for_the_state_says_which_it_is_and_when_it_could_be(
    budget: DepartmentBudget,
) -> None:
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.SIGNED)
    browser = browser_of("D")
    page = browser.get("/findings/801/2030/")
    assert page.status_code == 409
    assert "业务科初审中" in page.content.decode()
    assert "编制中、待负责人审签、已批复" in page.content.decode()
    script = browser.get("/findings/801/2030/", HTTP_ACCEPT="application/json")
    assert script.json()["state"] == "signed"


def test_administration_pages_are_for_superusers_alone(client: Client) -> None:
    assert word_for(client.get("/admin/")) == "in"
    assert word_for(client.get("/admin/login/")) == "in"
    assert browser_of("security_admin").get("/admin/").status_code == 403
    staff = User.objects.create_user("staff", password=PASSWORD, is_staff=True)
    assert signed_in(staff).get("/admin/").status_code == 403
    assert signed_in(User.objects.create_superuser("root")).get("/admin/").status_code == 200
