"""A client made from the document by a generator of others works a guest from availability to check-out."""

from __future__ import annotations

import importlib
import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from pms.api import document
from tests.api.conftest import NewProgram
from tests.api.program import DAY

NAME = "innkeep_client"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: Flask) -> Iterator[Any]:
    """The package the generator writes, importable."""
    written = tmp_path / "openapi.json"
    written.write_text(document.as_json())
    how = ConfigFile(project_name_override=NAME, package_name_override=NAME, post_hooks=[])
    config = Config.from_sources(how, MetaType.NONE, written, "utf-8", overwrite=False, output_path=tmp_path / NAME)
    problems = generate(config=config)
    assert [problem.detail for problem in problems] == []
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module(NAME)
    for module in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[module]


class Caller:
    """Calls the generated functions by their names; the values are those of the generated models."""

    def __init__(self, made: Any, app: Flask, secret: str) -> None:
        self.models = importlib.import_module(f"{NAME}.models")
        options = {"transport": httpx.WSGITransport(app=app)}
        self.client = made.AuthenticatedClient("http://localhost", secret, httpx_args=options)

    def do(self, tag: str, name: str, *places: Any, body: Any = None, **query: Any) -> Any:
        """One operation; a POST gets a key of its own. Gives the model of the answer."""
        module = importlib.import_module(f"{NAME}.api.{tag}.{name}")
        keyed = "idempotency_key" in module._get_kwargs.__annotations__
        words = (
            query
            | ({"body": body} if body is not None else {})
            | ({"idempotency_key": uuid.uuid4().hex} if keyed else {})
        )
        answer = module.sync_detailed(*places, client=self.client, **words)
        assert answer.status_code < 300, answer.content
        return answer.parsed

    def of(self, model: str, **values: Any) -> Any:
        """An instance of a generated model from plain data."""
        return getattr(self.models, model).from_dict(json.loads(json.dumps(values)))


def test_the_generated_client_works_a_guest_from_availability_to_check_out(
    made: Any, app: Flask, program_of: NewProgram
) -> None:
    desk = Caller(made, app, program_of().secret)
    day = importlib.import_module("datetime").date.fromisoformat
    free = desk.do("availability", "availability", arrival=day(DAY), departure=day("2026-11-22"), type_="STK")
    assert (free.types[0].left, free.types[0].prices[0].total) == (3, 68_000)

    guest = desk.do("guests", "create_guest", body=desk.of("GuestIn", surname="Fischer", given="Anna"))
    wish = {"guest_id": guest.id, "type": "STK", "plan": "BAR", "arrival": DAY, "departure": "2026-11-22"}
    booked = desk.do("reservations", "book", body=desk.of("ReservationIn", stays=[wish]))
    stay = booked.stays[0].id

    best = desk.do("placing", "suggest_rooms", stay).items[0].room
    assert desk.do("placing", "place", stay, body=desk.of("RoomIn", room=best)).room == best

    paper = desk.of("DocumentIn", kind="passport", number="C01X00T47", country="DE", seen=True)
    seen = {"guest_id": guest.id, "document_id": desk.do("guests", "add_document", guest.id, body=paper).id}
    none = {"kind": "none", "why_none": "pays now"}
    sheet = desk.of("CheckInSheet", documents=[seen], signed=True, deposit=none)
    assert desk.do("front_desk", "check_in", stay, body=sheet).stay.status == "in_house"

    desk.do("folio", "post", stay, body=desk.of("ChargeIn", kind="food", amount=12_000))
    paid = desk.do("folio", "pay", stay, body=desk.of("PaymentIn", amount=12_000, method="cash"))
    assert paid.balance == 0
    early = desk.of("DepartureIn", departure=DAY, day_use_price=0)
    desk.do("front_desk", "change_departure", stay, body=early)
    assert desk.do("front_desk", "check_out", stay).status == "checked_out"
