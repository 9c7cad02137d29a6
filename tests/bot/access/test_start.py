"""Starting: who may use the service is chosen, and under which names it may be asked; what open mode leaves open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.access.choice import AccessUnsetError, is_loopback, is_restricted
from bot.access.hosts import Hosts
from bot.settings import Settings
from tests.bot.access.conftest import serving
from tests.serving import SERVE

DANVAN = [sys.executable, "-c", "from bot.cli import main; main()"]


def danvan(own: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DANVAN_DATA": str(own.data)}
    return subprocess.run(
        [*DANVAN, *arguments], capture_output=True, text=True, env=environment, check=False, timeout=120
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "vi-du.vn", "128.0.0.1"])
def test_an_address_that_others_reach_needs_a_choice(host: str) -> None:
    with pytest.raises(AccessUnsetError, match="DANVAN_ACCESS=restricted"):
        is_restricted(Settings(host=host))
    assert is_restricted(Settings(host=host, access="restricted"))
    assert not is_restricted(Settings(host=host, access="open"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", "::ffff:127.0.0.1"])
def test_a_loopback_address_is_open_unless_restricted(host: str) -> None:
    assert is_loopback(host)
    assert not is_restricted(Settings(host=host))
    assert is_restricted(Settings(host=host, access="restricted"))


def test_the_service_refuses_to_start_with_a_sentence(own: Settings) -> None:
    environment = os.environ | {"DANVAN_DATA": str(own.data)}
    outcome = subprocess.run(
        [*SERVE, "--host", "0.0.0.0", "--port", "0"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=120,
    )
    assert outcome.returncode == 1
    assert "Chưa chọn ai được dùng dịch vụ tại 0.0.0.0" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("chosen", "taken", "refused"),
    [
        (
            Settings(),
            ["localhost", "127.0.0.1:80", "[::1]:80", "LOCALHOST"],
            ["khac.vn", "192.0.2.1", "", "a@localhost", "localhost?x", "localhost#x", "localhost:abc", "localhost:1:2"],
        ),
        (Settings(hosts=("hoi.vn", "*.tinh.vn")), ["hoi.vn:443", "a.tinh.vn", "localhost"], ["tinh.vn", "xhoi.vn"]),
        (Settings(public_url="https://hoi.vn/x"), ["hoi.vn"], ["hoi.vn.khac.vn"]),
        (Settings(host="0.0.0.0", access="open"), ["192.0.2.1:80", "[2001:db8::1]", "localhost"], ["khac.vn", "1.2.3"]),
    ],
)
def test_hosts(chosen: Settings, taken: list[str], refused: list[str]) -> None:
    hosts = Hosts(chosen)
    assert [name for name in taken if not hosts.takes(name)] == []
    assert [name for name in refused if hosts.takes(name)] == []
    assert not hosts.takes(None)


@pytest.mark.parametrize("value", ["*", "127.0.0.1,*", "proxy.vn", "10.0.0.1/8", "10.0.0.0/99"])
def test_a_proxy_is_an_address_or_a_network(own: Settings, value: str) -> None:
    environment = os.environ | {"DANVAN_DATA": str(own.data), "DANVAN_FORWARDED_ALLOW": value}
    outcome = subprocess.run(
        [*SERVE, "--port", "0"], capture_output=True, text=True, env=environment, check=False, timeout=120
    )
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Biến DANVAN_FORWARDED_ALLOW có giá trị không dùng được: ")
    assert f"“{value.rpartition(',')[2]}” không phải địa chỉ IP hoặc mạng" in outcome.stderr


def test_proxies_are_named_by_addresses_and_networks() -> None:
    given = "127.0.0.1, 10.0.0.0/8,::1,2001:db8::/32"
    assert len(Settings(forwarded_allow=given).forwarded_allow) == 4  # type: ignore[arg-type]


def test_another_name_is_refused_on_every_route(own: Settings, tmp_path: Path) -> None:
    names = "hoi.vn, *.tinh.vn"
    with serving(own, tmp_path / "log", DANVAN_ACCESS="open", DANVAN_WORKERS="1", DANVAN_HOSTS=names) as it:
        for path in ("/", "/v1/documents", "/healthz", "/static/x/page.css"):
            assert httpx.get(it.address + path, headers={"host": "khac.vn"}).status_code == 421
            assert httpx.get(it.address + path, headers={"host": "hoi.vn"}).status_code != 421
        assert httpx.post(f"{it.address}/mcp", json={}, headers={"host": "khac.vn"}).status_code == 421
        code = httpx.get(f"{it.address}/v1/documents", headers={"host": "khac.vn"}).json()["code"]
        assert code == "unknown_host"


def test_open_mode_leaves_people_alone_and_guards_what_administers(own: Settings, tmp_path: Path) -> None:
    with serving(own, tmp_path / "log", DANVAN_ACCESS="open", DANVAN_WORKERS="1") as it, it.client() as client:
        assert client.get("/").status_code == 200
        assert client.get("/v1/documents", headers={"authorization": "Bearer whatever"}).status_code == 200
        assert client.get("/sign-in").headers["location"] == "/"
        assert client.get("/account").headers["location"] == "/"
        assert client.get("/admin").status_code == 200, "from this machine itself"
        assert client.get("/v1/admin/index").json()["documents"] == 5
        for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host", "x-forwarded-anything"):
            assert client.get("/admin", headers={name: "203.0.113.1"}).status_code == 403, "a proxy brings others"
        assert client.get("/admin/people").status_code == 403, "whoever is on this machine lets nobody in"
        foreign = {"origin": "https://khac.vn"}
        assert client.post("/v1/ask", json={"question": "x"}, headers=foreign).json()["code"] == "cross_site"
        assert client.post("/admin/index", headers=foreign).status_code == 403


def test_people_at_the_command_line(own: Settings) -> None:
    invited = danvan(own, "users", "invite", "Bùi  Dòng Lệnh", "--admin", "--days", "2", "--json")
    told = json.loads(invited.stdout)
    assert (told["name"], told["role"]) == ("Bùi Dòng Lệnh", "administrator")
    assert len(told["code"]) == 19
    assert "Bùi Dòng Lệnh: quản trị; chưa dùng" in danvan(own, "users", "list").stdout
    again = danvan(own, "users", "code", "Bùi Dòng Lệnh", "--days", "1")
    assert "Mã đăng nhập của Bùi Dòng Lệnh (quản trị), dùng một lần, đến" in again.stdout
    assert danvan(own, "users", "list").stdout.count("Bùi Dòng Lệnh") == 1
    assert danvan(own, "users", "revoke", "Bùi Dòng Lệnh").stdout.startswith("Đã thu hồi quyền của Bùi Dòng Lệnh")
    assert "đã thu hồi" in danvan(own, "users", "list").stdout
    gone = danvan(own, "users", "revoke", "Bùi Dòng Lệnh")
    assert gone.returncode == 1
    assert gone.stderr.startswith("Không có người dùng “Bùi Dòng Lệnh”")
    assert danvan(own, "users", "invite", " ").stderr.startswith("Tên cần có từ 1 đến 100 ký tự")


def test_a_name_is_invited_once_and_a_role_changes_only_where_that_is_said(own: Settings, tmp_path: Path) -> None:
    fresh = Settings(data=tmp_path / "data")
    assert danvan(fresh, "users", "invite", "Hòa Quản Trị", "--admin").returncode == 0
    for name in ("Hòa Quản Trị", "hoà  quản trị"):
        refused = danvan(fresh, "users", "invite", name)
        assert refused.returncode == 1
        assert refused.stderr.startswith("Đã có người dùng tên “Hòa Quản Trị”. Mã mới cho người đó: danvan users code")
    assert "Hòa Quản Trị: quản trị" in danvan(fresh, "users", "list").stdout
    last = danvan(fresh, "users", "role", "Hòa Quản Trị", "reader")
    assert last.returncode == 1
    assert last.stderr.startswith("Hòa Quản Trị là người quản trị cuối cùng.")
    assert danvan(fresh, "users", "invite", "Hóa").returncode == 0, "another tone is another name"
    assert danvan(fresh, "users", "role", "Hóa", "administrator").stdout == "Hóa nay có vai trò quản trị.\n"
    assert danvan(fresh, "users", "role", "Hòa Quản Trị", "reader").returncode == 0
    assert "Hòa Quản Trị: người dùng" in danvan(fresh, "users", "list").stdout
    assert danvan(fresh, "users", "role", "Hóa", "chủ tịch").returncode == 2


def test_keys_at_the_command_line(own: Settings) -> None:
    made = json.loads(danvan(own, "keys", "create", "trợ lý", "--scope", "ask", "--scope", "read", "--json").stdout)
    assert made["scopes"] == ["ask", "read"]
    assert len(made["key"]) >= 43
    listed = danvan(own, "keys", "list")
    assert f"{made['id']}  trợ lý: ask, read; chưa dùng" in listed.stdout
    assert made["key"] not in listed.stdout + danvan(own, "keys", "list", "--json").stdout
    twin = json.loads(danvan(own, "keys", "create", "trợ lý", "--scope", "mcp", "--days", "1", "--json").stdout)
    assert twin["expires_at"]
    assert "nhiều khóa tên" in danvan(own, "keys", "revoke", "trợ lý").stderr
    assert danvan(own, "keys", "revoke", made["id"]).stdout == "Đã thu hồi khóa “trợ lý”.\n"
    for scope in ("page", "tất cả", ""):
        refused = danvan(own, "keys", "create", "x", "--scope", scope)
        assert refused.returncode == 1
        assert "Các quyền của khóa: ask, read, records, chat, mcp, admin, metrics." in refused.stderr
