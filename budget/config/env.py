"""What the environment may say, read once, typed, and refused loudly when it makes no sense.

Values come from the process environment and, where that is silent, from the file `.env` beside
manage.py (`make` writes one with a random SECRET_KEY; `.env.example` lists all names). A secret may
also stand in a file of its own that NAME_FILE names, as containers and service managers hand them
out.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from budget.roles import Role

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off", ""})

SECRETS = ("SECRET_KEY", "DATABASE_URL", "DATABASE_PASSWORD")
CONNECT_WITHIN = 5
"""Seconds after which a database that does not answer is out of reach."""

# Without these, concurrent writers meet "database is locked": a transaction that starts as a
# reader cannot wait for the lock it later needs.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


class BadEnvironment(Exception):
    """A value in the environment that the system cannot start with."""


def dotenv(text: str) -> dict[str, str]:
    """Return the NAME=value lines of a `.env` file; blank lines and # comments say nothing.

    Raises BadEnvironment for any other line.
    """
    values = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        name, equals, value = stripped.partition("=")
        if not equals or not name.strip().isidentifier():
            raise BadEnvironment(f".env 第 {number} 行不是 名称=值 的形式：{stripped}")
        values[name.strip()] = value.strip().strip("\"'")
    return values


def environment(base: Path, process: Mapping[str, str]) -> dict[str, str]:
    """Return the process environment laid over the `.env` file of the folder `base`.

    Secrets are read from the files that it names. Raises BadEnvironment.
    """
    file = base / ".env"
    filed = dotenv(file.read_text(encoding="utf-8")) if file.is_file() else {}
    # What the process says of a secret, in either way, wins over what the file says of it.
    told = [name for name in SECRETS if process.get(name) or process.get(f"{name}_FILE")]
    over = {name for each in told for name in (each, f"{each}_FILE")}
    env = {**{name: each for name, each in filed.items() if name not in over}, **process}
    return {**env, **{name: secret(env, name) for name in SECRETS if env.get(f"{name}_FILE")}}


def secret(env: Mapping[str, str], name: str) -> str:
    """Return what stands in the file that NAME_FILE names. Raises BadEnvironment."""
    if env.get(name):
        raise BadEnvironment(f"{name} 与 {name}_FILE 只能设置一个。")
    file = Path(env[f"{name}_FILE"])
    try:
        told = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadEnvironment(f"读不了 {name}_FILE 指明的文件 {file}。") from error
    if not told or len(told.splitlines()) > 1:
        raise BadEnvironment(f"{name}_FILE 指明的文件 {file} 应只有一行，且不能为空。")
    return told


def flag(env: Mapping[str, str], name: str, default: bool = False) -> bool:
    """Return a yes-or-no value. Raises BadEnvironment for any other word."""
    word = env.get(name, "").strip().lower()
    if not word and default:
        return True
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadEnvironment(f"{name} 只能是 1 或 0，现在是“{env[name]}”。")


def words(env: Mapping[str, str], name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without blanks."""
    return [word.strip() for word in env.get(name, default).split(",") if word.strip()]


def count(env: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    """Return a whole number, ``least`` or more. Raises BadEnvironment for anything else."""
    text = env.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise BadEnvironment(f"{name} 应为不小于{least}的整数，现在是“{text}”。")
    return int(text)


def roles(env: Mapping[str, str], name: str) -> frozenset[Role]:
    """Return the roles that a comma-separated list names; "all" is every role.

    Raises BadEnvironment for a role that there is not.
    """
    known = {role.value: role for role in Role}
    named = words(env, name)
    if named == ["all"]:
        return frozenset(Role)
    unknown = [each for each in named if each not in known]
    if unknown:
        raise BadEnvironment(
            f"{name} 中没有名为 {'、'.join(unknown)} 的角色；可写 all 或：{'、'.join(known)}。"
        )
    return frozenset(known[each] for each in named)


def secret_key(env: Mapping[str, str]) -> str:
    """Return SECRET_KEY. Raises BadEnvironment when it is missing: there is no default."""
    key = env.get("SECRET_KEY", "").strip()
    if not key:
        raise BadEnvironment(
            "未设置 SECRET_KEY。请运行 make（自动写入 .env），或参照 .env.example 设置环境变量。"
        )
    return key


def folder(env: Mapping[str, str], name: str, default: Path) -> Path:
    """Return a folder's absolute path; a relative one would depend on where we were started."""
    path = Path(env.get(name) or default)
    if not path.is_absolute():
        raise BadEnvironment(f"{name} 必须是绝对路径，现在是“{path}”。")
    return path


def database(env: Mapping[str, str], base: Path) -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL, or for db.sqlite3 in `base` where it is unset.

    Understood: sqlite:///relative/file, sqlite:////absolute/file,
    postgres://user:password@host:port/name, postgres://user@/name?host=/socket/folder.
    Raises BadEnvironment for anything else.
    """
    url = env.get("DATABASE_URL", "").strip()
    if not url:
        return sqlite(base / "db.sqlite3")
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return sqlite(sqlite_file(url, base))
    if scheme in {"postgres", "postgresql"}:
        return postgres(url, env.get("DATABASE_PASSWORD", ""))
    raise BadEnvironment(f"DATABASE_URL 只支持 sqlite:// 与 postgres://，现在是“{scheme}://”。")


def sqlite_file(url: str, base: Path) -> Path:
    """Return the file that a sqlite:/// address names, relative to `base`."""
    parts = urlsplit(url)
    name = unquote(parts.path).removeprefix("/")
    if parts.netloc or not name:
        raise BadEnvironment("DATABASE_URL 中的 SQLite 文件应写作 sqlite:///路径。")
    return base / name


def sqlite(file: Path) -> dict[str, Any]:
    """Return Django's settings for one SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": dict(SQLITE_OPTIONS),
    }


def postgres(url: str, password: str = "") -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL address; the password may be told apart from it."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    unknown = sorted(set(query) - {"host"})
    if unknown:
        raise BadEnvironment(f"DATABASE_URL 中有不认识的参数：{'、'.join(unknown)}。")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise BadEnvironment("DATABASE_URL 中没有数据库名。")
    if password and parts.password:
        raise BadEnvironment("数据库口令只能写一处：DATABASE_URL 中，或 DATABASE_PASSWORD。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": password or unquote(parts.password or ""),
        "HOST": query["host"][0] if "host" in query else (parts.hostname or ""),
        "PORT": str(port(url) or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": CONNECT_WITHIN},
    }


def port(url: str) -> int | None:
    """Return the port of an address, None where it names none."""
    try:
        return urlsplit(url).port
    except ValueError as error:
        raise BadEnvironment("DATABASE_URL 中的端口不是 0 至 65535 的整数。") from error


def use_private_fonts(base: Path) -> None:
    """Point fontconfig at the project's own fonts, unless the machine's owner chose otherwise.

    Must run before anything imports WeasyPrint: fontconfig reads the variable only once.
    """
    os.environ.setdefault("FONTCONFIG_FILE", str(base / "build" / "fonts" / "fonts.conf"))
