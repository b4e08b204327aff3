"""Pages travel compressed when the browser can read that, and are the same page then."""

from __future__ import annotations

import gzip

from tests.clients import Browser

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_compressed_for_a_browser_that_asks_for_it(browser: Browser) -> None:
    plain = browser.get("/settings/rooms")
    packed = browser.get("/settings/rooms", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert b"<h1>" in gzip.decompress(packed.data)


def test_a_browser_that_cannot_read_it_gets_the_page_as_it_is(browser: Browser) -> None:
    for headers in ({}, {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip;q=0"}):
        answer = browser.get("/settings/rooms", headers=headers)
        assert "Content-Encoding" not in answer.headers
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert b"<h1>" in answer.data


def test_what_is_short_or_kept_for_a_year_stays_as_it_is(browser: Browser) -> None:
    assert "Content-Encoding" not in browser.get("/healthz", headers=GZIP).headers
    assert "Content-Encoding" not in browser.get("/static/pms.css", headers=GZIP, buffered=True).headers


def test_a_form_sent_twice_answers_the_same_compressed_or_not(browser: Browser) -> None:
    token = "5b0c2f5c-6a4e-4a63-9c1e-3f1b4d5e6f70"
    first = browser.post("/preferences/language", {"language": "en"}, token=token, headers=GZIP)
    again = browser.post("/preferences/language", {"language": "en"}, token=token)
    assert first.status_code == again.status_code == 303
