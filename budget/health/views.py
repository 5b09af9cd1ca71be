"""What is answered: names of things and whether each is well, never why not; the log says that."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.health.probing import probed, worker


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; nothing else is asked, the database least of all."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say of each thing that serving needs whether it is well; 503 where one is not.

    Where there is a queue, also when its worker was last seen; serving does not need it.
    """
    found = probed()
    well = all(found.values())
    parts = {name: "ok" if is_well else "failed" for name, is_well in found.items()}
    told: dict[str, object] = {"status": "ok" if well else "failed", "parts": parts}
    if seen := worker():
        told["worker"] = seen
    return JsonResponse(told, status=200 if well else 503)
