"""A program that uses the API: a token, JSON, a new key for each thing it does."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from pms import clock
from pms.access import Role
from pms.accounts.tokens import create_token
from pms.api.door import PREFIX
from pms.db import work
from pms.departments import Department
from tests.builders import TODAY

DAY = TODAY.isoformat()


class Program:
    """`call` sends one request and gives the answer; the verbs give its JSON and want it to succeed."""

    def __init__(
        self, app: Flask, role: str = "front_desk_agent", lang: str = "en", department: Department | None = None
    ) -> None:
        name = f"{role}.{department}" if department else role
        with work():
            self.secret, _ = create_token(Role(role), name=name, department=department, valid_for=None, now=clock.now())
        self.client = app.test_client()
        self.lang = lang

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str = "",
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.secret}", "Accept-Language": self.lang}
        if method == "POST":
            sent["Idempotency-Key"] = key or uuid.uuid4().hex
        return self.client.open(
            PREFIX + path, method=method, json=body, headers=sent | (headers or {}), query_string=query or None
        )

    def get(self, path: str, **query: Any) -> Any:
        return self._done(self.call("GET", path, **query))

    def post(self, path: str, body: Any = None) -> Any:
        return self._done(self.call("POST", path, body))

    def put(self, path: str, body: Any) -> Any:
        return self._done(self.call("PUT", path, body))

    def refused(self, method: str, path: str, body: Any = None, **options: Any) -> dict[str, Any]:
        """The problem of a request that is to be refused."""
        answer = self.call(method, path, body, **options)
        assert answer.status_code >= 400, answer.text
        assert answer.content_type == "application/problem+json"
        problem: dict[str, Any] = answer.get_json()
        return problem

    def guest(self, surname: str = "Fischer", **values: Any) -> int:
        return int(self.post("/guests", {"surname": surname, "given": "Anna"} | values)["id"])

    def wish(self, guest_id: int, kind: str = "STK", arrival: str = DAY, departure: str = "", **values: Any) -> Any:
        """A stay of two nights from today, unless said otherwise."""
        return {
            "guest_id": guest_id,
            "type": kind,
            "plan": "BAR",
            "arrival": arrival,
            "departure": departure or "2026-11-23",
        } | values

    def book(self, *wishes: Any, **values: Any) -> Any:
        wanted = wishes or (self.wish(self.guest()),)
        return self.post("/reservations", {"stays": list(wanted), "source": "web"} | values)

    def sheet(self, guest_id: int, **values: Any) -> Any:
        """A complete check-in sheet: a passport on file and seen, signed, no deposit with the reason."""
        paper = {"kind": "passport", "number": f"E{guest_id:08d}", "country": "DE", "seen": True}
        document = self.post(f"/guests/{guest_id}/documents", paper)
        return {
            "documents": [{"guest_id": guest_id, "document_id": document["id"]}],
            "signed": True,
            "deposit": {"kind": "none", "why_none": "company pays"},
        } | values

    def in_house(self, room: str = "1204", **wish: Any) -> int:
        """Somebody booked, placed and checked in; the number of the stay."""
        guest_id = self.guest()
        stay = self.book(self.wish(guest_id, **wish))["stays"][0]
        self.post(f"/stays/{stay['id']}/check-in", self.sheet(guest_id, room=room))
        return int(stay["id"])

    @staticmethod
    def _done(answer: TestResponse) -> Any:
        assert answer.status_code < 300, f"{answer.status} {answer.text}"
        return answer.get_json()
