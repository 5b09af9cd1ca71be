"""Pages for the system administrator and the security administrator: accounts and grants.

The permission table says who comes here; each act is one address and one function below.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budget.access import accounts as acts
from budget.access.admitted import person
from budget.access.granting import NotGranted, choose_profile, conflicts, grant, revoke
from budget.access.second_factor import has_second_factor
from budget.duties import EXCLUSIONS, DutyProfile
from budget.models import Account, DutySetting, Grant
from budget.models.scopes import held_by
from budget.people.forms import DutyForm, GrantForm, NewAccountForm
from budget.roles import Role

PROFILES = {profile.value: profile for profile in DutyProfile}
form_page = require_http_methods(["GET", "POST"])


def is_security(request: HttpRequest) -> bool:
    """Return whether the security administrator is here, or the system administrator."""
    return any(each.role is Role.SECURITY_ADMIN for each in held_by(person(request)))


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List everybody, those who wait for approval first."""
    everybody = list(Account.objects.select_related("user"))
    held: dict[int, list[Grant]] = {}
    for given in Grant.objects.in_force().select_related("unit", "department"):
        held.setdefault(given.user_id, []).append(given)
    rows = [(each, held.get(each.user_id, [])) for each in everybody]
    waiting = [row for row in rows if row[0].approved_at is None and row[0].disabled_at is None]
    context = {
        "waiting": waiting,
        "rows": [row for row in rows if row not in waiting],
        "security": is_security(request),
    }
    return render(request, "people/accounts.html", context)


@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person, his grants past and present, and what can be done."""
    return _account_page(request, _found(pk), GrantForm())


def _account_page(
    request: HttpRequest, found: Account, form: GrantForm, status: int = 200
) -> HttpResponse:
    grants = Grant.objects.filter(user_id=found.user_id).select_related(
        "unit", "department", "granted_by__account", "revoked_by__account"
    )
    in_force = set(
        Grant.objects.in_force().filter(user_id=found.user_id).values_list("pk", flat=True)
    )
    context = {
        "account": found,
        "grants": [(given, given.pk in in_force) for given in grants],
        "form": form,
        "security": is_security(request),
        "second_factor": has_second_factor(found.user_id),
        "own": found.user_id == request.user.pk,
    }
    return render(request, "people/account.html", context, status=status)


@form_page
def create(request: HttpRequest) -> HttpResponse:
    """Make an account; its one-time password is shown once."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.create(**form.cleaned_data, by=person(request))
        except acts.NotDone as error:
            form.add_error("username", str(error))
        else:
            return render(request, "people/password.html", {"made": made, "new": True})
    status = 422 if form.is_bound else 200
    return render(request, "people/create.html", {"form": form}, status=status)


def act(do: Callable[[Account, User], object], done: str) -> Callable[..., HttpResponse]:
    """Return the view of an act on one account that ends on the account's page."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = _found(pk)
        try:
            do(found, person(request))
        except acts.NotDone as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{done}：{found}")
        return redirect("people:account", pk=pk)

    return view


disable = act(acts.disable, "已停用")
enable = act(acts.enable, "已启用，待安全管理员批准")
approve = act(acts.approve, "已批准")
reset_second_factor = act(acts.reset_second_factor, "已取消两步验证")
unlock = act(acts.unlock, "已解除锁定")
end_sessions = act(acts.end_sessions, "已结束其全部登录")


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new one-time password, shown once."""
    try:
        made = acts.reset_password(_found(pk), person(request))
    except acts.NotDone as error:
        messages.error(request, str(error))
        return redirect("people:account", pk=pk)
    return render(request, "people/password.html", {"made": made, "new": False})


@require_POST
def grant_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role; a refusal stands at the form."""
    found = _found(pk)
    form = GrantForm(request.POST)
    if form.is_valid():
        try:
            given = grant(found.user, form.wanted(), person(request))
        except NotGranted as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已授予：{given.role.label} {given.bound}")
            return redirect("people:account", pk=pk)
    return _account_page(request, found, form, status=422)


@require_POST
def revoke_role(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    """Take a role away."""
    given = get_object_or_404(Grant, pk=grant_pk, user_id=_found(pk).user_id)
    try:
        revoke(given, person(request))
    except NotGranted as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已收回：{given.role.label} {given.bound}")
    return redirect("people:account", pk=pk)


@form_page
def duties(request: HttpRequest) -> HttpResponse:
    """Choose the duty profile."""
    in_force = DutySetting.in_force()
    form = DutyForm(request.POST or None, initial={"profile": in_force.value})
    if request.method == "POST" and form.is_valid():
        try:
            choose_profile(PROFILES[form.cleaned_data["profile"]], person(request))
        except NotGranted as error:
            form.add_error("profile", str(error))
        else:
            messages.success(request, "方案已保存。")
            return redirect("people:duties")
    context = {
        "form": form,
        "in_force": in_force,
        "profiles": [
            (each, [rule.reason for rule in EXCLUSIONS[each]], conflicts(each))
            for each in DutyProfile
        ],
    }
    return render(request, "people/duties.html", context, status=422 if form.errors else 200)


def _found(pk: int) -> Account:
    return get_object_or_404(Account.objects.select_related("user"), pk=pk)
