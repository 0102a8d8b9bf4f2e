"""What every answer carries, and which requests are answered at all."""

import base64
import hashlib
from pathlib import Path

import httpx
import pytest

from portal.http.headers import content_policy, inline_scripts, script_hash, script_hashes
from tests.security.conftest import Door

PAGES = ("/login", "/forgot-password", "/nothing/here")
POSTS = ("/auth/sign-in", "/auth/sign-out", "/auth/sign-out-everywhere", "/forgot-password", "/reset-password/x", "/")


def _policy(answer: httpx.Response) -> dict[str, str]:
    rules = answer.headers["content-security-policy"].split("; ")
    return {name: rest for name, _, rest in (rule.partition(" ") for rule in rules)}


@pytest.mark.parametrize("path", ["/login", "/home/", "/healthz", "/_session", "/_upload", "/tokens.css"])
async def test_every_answer_is_strict(door: Door, path: str) -> None:
    async with httpx.AsyncClient(base_url=door.base) as browser:
        answer = await browser.get(path)
    policy = _policy(answer)
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy.get("script-src", "")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
async def test_pages_are_kept_by_nobody(door: Door, path: str) -> None:
    async with httpx.AsyncClient(base_url=door.base) as browser:
        answer = await browser.get(path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.status_code == 303 or answer.headers["x-frame-options"] == "DENY"


async def test_strangers_are_sent_to_sign_in_and_back(door: Door) -> None:
    async with httpx.AsyncClient(base_url=door.base) as browser:
        answer = await browser.get("/forms/1?for=2&x=//evil.example")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/login?next=%2Fforms%2F1%3Ffor%3D2%26x%3D%2F%2Fevil.example"
        browser.cookies.set("portico_session", await door.sign_in("gina"))
        assert (await browser.get("/nothing/here")).status_code == 404
        assert (await browser.get("/assets/nothing.js")).status_code == 404


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost", None])
async def test_every_post_checks_its_origin(door: Door, path: str, origin: str | None) -> None:
    token = await door.sign_in("gina")
    headers = {"Origin": origin} if origin else {}
    async with httpx.AsyncClient(base_url=door.base, cookies={"portico_session": token}) as browser:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = await browser.request(method, path, headers=headers)
            assert answer.status_code == 403
        assert (await browser.get("/_session")).status_code == 204, "nobody was signed out"


async def test_foreign_pages_may_read_nothing(door: Door) -> None:
    async with httpx.AsyncClient(base_url=door.base) as browser:
        asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        for answer in (await browser.options("/login", headers=asked), await browser.get("/login", headers=asked)):
            assert "access-control-allow-origin" not in answer.headers


def test_the_policy_lists_the_scripts_of_the_build(tmp_path: Path) -> None:
    script = "\nconst a = '&amp;' < 1;\n"
    page = f"<html><script>{script}</script><script src='/x.js'></script><SCRIPT type='module'>b</SCRIPT></html>"
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "index.html").write_text(page)
    assert inline_scripts([page]) == [script, "b"]
    hashes = script_hashes(tmp_path)
    expected = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{expected}'" in hashes
    assert len(hashes) == 2
    policy = content_policy(hashes, ["https://portal.example"])
    assert f"script-src 'self' {' '.join(hashes)};" in policy
    assert "wss://portal.example" in policy
    assert script_hash("b") in hashes


def test_without_a_build_no_script_is_allowed_but_files(tmp_path: Path) -> None:
    assert "script-src 'self';" in content_policy(script_hashes(tmp_path), [])
