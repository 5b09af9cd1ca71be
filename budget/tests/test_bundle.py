"""The bundle: installed and started where the network is closed, and refused if spoiled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from budget.tests.served_site import free_port
from scripts import bundle

pytestmark = pytest.mark.one_engine
ROOT = Path(settings.BASE_DIR)

# Brings up the loopback of a new network, which is all that there is in it, then serves and asks.
SERVE_AND_ASK = """
import fcntl, json, os, socket, struct, subprocess, sys, time
from http.client import HTTPConnection

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14s", b"lo", 0x41, b""))
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
except OSError:
    pass
else:
    sys.exit("the network is open")
port = int(os.environ["BIND"].rpartition(":")[2])
command = [".venv/bin/gunicorn", "-c", "python:budget.config.serving", "budget.config.wsgi"]
server = subprocess.Popen(command)
told = {}
try:
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.2)
    for path in ("/", "/healthz", "/readyz", "/static/css/base.css"):
        asked = HTTPConnection("127.0.0.1", port)
        asked.request("GET", path)
        answer = asked.getresponse()
        told[path] = [answer.status, answer.read().decode()]
finally:
    server.terminate()
    server.wait()
print(json.dumps(told))
"""


def closed(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command where there is no network at all, with nothing of our environment."""
    bare = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}
    unshare = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "-r", "--net"]
    return subprocess.run(
        [*unshare, *command],
        cwd=folder,
        env={**bare, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of what is committed, made and unpacked."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here, so no network can be closed")
    work = tmp_path_factory.mktemp("bundle")
    for name in ("fonts", "native"):
        if (ROOT / "build" / name).exists():
            (work / name).symlink_to(ROOT / "build" / name)
    made = bundle.make(work)
    with tarfile.open(made) as tar:
        tar.extractall(work, filter="data")
    return work / made.name.removesuffix(".tar.gz")


@pytest.mark.long
def test_a_site_is_installed_and_served_without_a_network(unpacked: Path, tmp_path: Path) -> None:
    base = Path(sys.base_prefix) / "bin" / "python3"
    home = tmp_path / "site"
    done = closed(unpacked, "sh", "install.sh", str(home), PYTHON=str(base))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "完成" in done.stdout
    assert (home / "site.env").stat().st_mode & 0o007 == 0
    env = (home / "site.env").read_text(encoding="utf-8")
    (home / "site.env").write_text(env.replace("HTTPS=1", "HTTPS=0"), encoding="utf-8")

    bind = f"127.0.0.1:{free_port()}"
    served = closed(home / "current", str(base), "-c", SERVE_AND_ASK, BIND=bind)
    assert served.returncode == 0, served.stderr
    told: dict[str, Any] = json.loads(served.stdout.splitlines()[-1])
    assert {path: status for path, (status, _) in told.items()} == {
        "/": 200,
        "/healthz": 200,
        "/readyz": 200,
        "/static/css/base.css": 200,
    }
    assert "部门预算公开" in told["/"][1]

    # Once more, as an upgrade does: settings and data stay.
    (home / "data" / "kept").write_text("kept")
    again = closed(unpacked, "sh", "install.sh", str(home), PYTHON=str(base))
    assert again.returncode == 0, again.stdout + again.stderr
    assert "HTTPS=0" in (home / "site.env").read_text(encoding="utf-8")
    assert (home / "data" / "kept").read_text() == "kept"
    backup = closed(home / "current", ".venv/bin/python", "manage.py", "backup")
    assert "已备份到" in backup.stdout, backup.stderr


@pytest.mark.long
def test_a_spoiled_bundle_installs_nothing(unpacked: Path, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled"
    shutil.copytree(unpacked, spoiled)
    with next((spoiled / "wheels").glob("django-5*")).open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\0\0\0")
    done = closed(spoiled, "sh", "install.sh", str(tmp_path / "site"))
    assert done.returncode == 1
    assert "安装包不完整或被改动" in done.stderr
    assert not (tmp_path / "site").exists()


def test_the_script_asks_for_an_absolute_folder_and_its_own_python(tmp_path: Path) -> None:
    script = ROOT / "deploy" / "install.sh"
    shutil.copy(script, tmp_path)
    for name, content in (("python", "2.7"), ("version", "0")):
        (tmp_path / name).write_text(content)
    (tmp_path / "SHA256SUMS").write_text(bundle.sums(tmp_path))
    for place, complaint in (("relative", "绝对路径"), (str(tmp_path / "site"), "用于 Python 2.7")):
        done = subprocess.run(
            ["sh", "install.sh", place], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert complaint in done.stderr
    assert not (tmp_path / "site").exists()


def test_services_name_what_is_there() -> None:
    units = {each.name: each.read_text("utf-8") for each in (ROOT / "deploy").glob("*.service")}
    assert set(units) == {
        "bumen-yusuan.service",
        "bumen-yusuan-worker.service",
        "bumen-yusuan-nightly.service",
    }
    for text in units.values():
        assert "User=site" in text
        assert "NoNewPrivileges=true" in text
    nightly = units["bumen-yusuan-nightly.service"]
    wanted = ("backup --keep 14", "verifyaudit", "cleanup")
    assert [each in nightly for each in wanted] == [True] * 3
