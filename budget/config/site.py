"""Who runs the site, as its pages say it at head and foot; what is not set is not printed.

The names are those that the guidelines for government websites (国办发〔2017〕47号) ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from budget.config.env import BadEnvironment

NAME = "部门预算公开"


@dataclass(frozen=True, slots=True)
class Site:
    """What the environment says of the site.

    ``address`` is where the public finds it (https://…, without a path), empty where pages take it
    from the request. ``organiser`` is 主办单位, ``code`` 网站标识码, ``icp`` and ``police`` the two
    numbers of registration (备案号).
    """

    name: str = NAME
    address: str = ""
    organiser: str = ""
    contact: str = ""
    code: str = ""
    icp: str = ""
    police: str = ""

    @property
    def domain(self) -> str:
        """The name of its host, empty where no address is set."""
        return urlsplit(self.address).netloc


def site(env: Mapping[str, str]) -> Site:
    """Return what is set under SITE_NAME, SITE_ADDRESS … Raises BadEnvironment."""
    address = env.get("SITE_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path):
        raise BadEnvironment(f"SITE_ADDRESS 应写作 https://主机名，不带路径，现在是“{address}”。")
    named = {
        field: env.get(f"SITE_{field.upper()}", "").strip()
        for field in ("organiser", "contact", "code", "icp", "police")
    }
    return Site(name=env.get("SITE_NAME", "").strip() or NAME, address=address, **named)
