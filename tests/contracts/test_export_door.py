"""The export's door: looking opens nothing; only the browser whose person said yes gets the file, once."""

import concurrent.futures

import httpx
import pytest

from adapters.documents import door, writing
from adapters.documents.door import Rate
from adapters.settings import Settings
from bot.governance.export import Format
from tests.conversations.exports import Browser, asked_for

UNFURLERS = (
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
)


@pytest.fixture
def annika(world):
    return world.as_("annika")


@pytest.fixture
def browser(world, annika):
    """One that has opened Annika's link."""
    opened = Browser(world)
    opened.code = opened.open(asked_for(annika, "NOR-ISS-003"))
    return opened


def questions(voice):
    return [seen for seen in voice.inbox if "Is that your browser?" in seen]


def test_nothing_that_only_looks_opens_a_link(world, annika):
    looker = Browser(world)
    asked = asked_for(annika, "NOR-ISS-003")
    looker.path = path = f"/export/{asked.words.split('/export/')[1][:40]}"
    for agent in UNFURLERS:
        for method in ("GET", "HEAD", "GET"):
            for address in (path, f"{path}/file"):
                assert httpx.request(
                    method, world.url + address, headers={"User-Agent": agent}
                ).status_code in (200, 404)
    world.settle()
    assert questions(annika) == []
    assert looker.client.post(path).status_code == 200
    world.settle()
    assert len(questions(annika)) == 1


def test_the_page_needs_no_script_and_is_kept_by_nobody(world, annika, browser):
    page = browser.client.get(browser.path)
    assert "<script" not in page.text
    assert '<html lang="en">' in page.text
    assert page.text.count("<h1>") == 1
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert 'http-equiv="refresh" content="4"' in page.text
    assert browser.code in page.text


def test_the_cookie_is_for_this_link_alone_and_out_of_reach_of_scripts(world, annika):
    path = f"/export/{asked_for(annika, 'NOR-ISS-003').words.split('/export/')[1][:40]}"
    cookie = httpx.post(world.url + path).headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", f"Path={path}", "Max-Age=900"):
        assert part in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_where_the_world_reaches_us_by_https():
    assert door.Door(None, None, "https://parley.example").secure
    assert not door.Door(None, None, "http://127.0.0.1:3978").secure


def test_behind_a_path_of_a_proxy_the_cookie_is_for_that_path():
    assert door.Door(None, None, "https://intranet.example/parley").path == "/parley/export"
    assert door.Door(None, None, "").path == "/export"


def test_a_page_elsewhere_cannot_press_the_button(world, annika):
    path = f"/export/{asked_for(annika, 'NOR-ISS-003').words.split('/export/')[1][:40]}"
    answer = httpx.post(world.url + path, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    world.settle()
    assert questions(annika) == []


def test_the_file_comes_once_after_a_yes_with_a_name_and_never_before(world, annika, browser):
    assert browser.fetch() is None
    annika.press("Yes, that is mine")
    ready = browser.client.get(browser.path).text
    assert f'content="1; url={browser.path.rpartition("/")[2]}/file"' in ready
    ahead = browser.client.get(f"{browser.path}/file", headers={"Sec-Purpose": "prefetch"})
    assert "content-disposition" not in ahead.headers
    assert browser.client.head(f"{browser.path}/file").headers.get("content-disposition") is None
    got = browser.client.get(f"{browser.path}/file")
    assert got.headers["content-disposition"] == 'attachment; filename="parley-nor-iss-003.json"'
    assert got.headers["content-type"] == "application/json"
    assert int(got.headers["content-length"]) == len(got.content)
    assert got.headers["cache-control"] == "no-store"
    assert browser.fetch() is None


def test_two_at_once_from_the_same_browser_get_one_file(world, annika, browser):
    annika.press("Yes, that is mine")
    address = f"{world.url}{browser.path}/file"
    cookies = dict(browser.client.cookies)
    with concurrent.futures.ThreadPoolExecutor(4) as many:
        got = list(many.map(lambda _: httpx.get(address, cookies=cookies, timeout=30), range(4)))
    assert [one.headers.get("content-disposition") is not None for one in got].count(True) == 1


def test_a_no_ends_it(world, annika, browser):
    annika.press("No")
    assert browser.fetch() is None
    assert browser.client.get(browser.path).status_code == 404


@pytest.mark.parametrize("token", ["0" * 40, "x" * 40, "0" * 39, "..%2f..%2fetc", "é" * 40, "0" * 5000])
def test_a_link_that_never_was_looks_like_one_that_has_gone(world, token):
    for method, address in (("GET", ""), ("POST", ""), ("GET", "/file")):
        answer = httpx.request(method, f"{world.url}/export/{token}{address}")
        assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_where_the_record_is_out_of_reach_the_page_says_so_and_nothing_is_lost(world, annika):
    path = f"/export/{asked_for(annika, 'NOR-ISS-003').words.split('/export/')[1][:40]}"
    with world.locked():
        answer = httpx.post(world.url + path, timeout=30)
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.text
    assert httpx.post(world.url + path).status_code == 303


def test_too_many_requests_for_one_link_wait_a_minute_and_others_do_not():
    at = [0.0]
    rate = Rate(lambda: at[0])
    assert all(rate.admits("a") for _ in range(door.EACH))
    assert not rate.admits("a")
    assert rate.admits("b")
    at[0] = 61.0
    assert rate.admits("a")


def test_all_requests_together_are_bounded_and_so_is_what_is_remembered():
    rate = Rate(lambda: 0.0)
    let_in = sum(rate.admits(f"{number}") for number in range(3 * door.ALL))
    assert let_in == door.ALL
    assert len(rate.counted) <= door.ALL + 1


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({"parley_url": "https://parley.example/"}, "https://parley.example"),
        ({"parley_host": "127.0.0.1", "parley_port": 3978}, "http://127.0.0.1:3978"),
        ({"parley_host": "::1", "parley_port": 80}, "http://[::1]:80"),
        ({"parley_host": "0.0.0.0"}, ""),  # noqa: S104 - where nobody knows the address
    ],
)
def test_where_a_browser_reaches_us(told, address):
    assert Settings(_env_file=None, **told).address == address


def test_every_format_has_a_type_and_an_ending():
    assert set(writing.MEDIA) == set(writing.ENDINGS) == set(Format)
