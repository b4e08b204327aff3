"""The same rows for a spreadsheet; nothing a guest wrote is run as a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from pms.reporting.catalogue import find
from pms.reporting.rendering import render_csv, render_xlsx
from tests.reporting.samples import DAY, HOUSE, stay
from tests.reporting.samples_lists import read

NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def csv_rows(name: str, rows: list | None = None, lang: str = "en") -> list[list[str]]:
    reading = (lambda what, day: rows) if rows is not None else read
    text = render_csv(find(name), reading, DAY, lang, HOUSE).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def xlsx_rows(name: str, rows: list | None = None, lang: str = "en") -> list[list[str]]:
    """The cells of the first sheet as text, empty ones left in."""
    reading = (lambda what, day: rows) if rows is not None else read
    book = zipfile.ZipFile(io.BytesIO(render_xlsx(find(name), reading, DAY, lang, HOUSE)))
    shared = [
        "".join(item.itertext())
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("x:si", NS)
    ]
    found = []
    for row in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iterfind(".//x:row", NS):
        cells: dict[int, str] = {}
        for cell in row.iterfind("x:c", NS):
            value = cell.findtext("x:v", "", NS)
            cells[column_of(cell.attrib["r"])] = shared[int(value)] if cell.get("t") == "s" else value
        found.append([cells.get(at, "") for at in range(max(cells) + 1)])
    return found


def column_of(place: str) -> int:
    letters = re.sub(r"\d", "", place)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@pytest.mark.parametrize("name", ["arrivals", "trial_balance", "room_changes", "extensions"])
def test_csv_and_xlsx_have_the_same_rows(name: str) -> None:
    in_csv = csv_rows(name)
    in_xlsx = xlsx_rows(name)

    assert len(in_csv) == len(in_xlsx) > 2
    for left, right in zip(in_csv, in_xlsx, strict=True):
        assert [plain(cell) for cell in left] == [plain(cell) for cell in right + [""] * (len(left) - len(right))]


def plain(cell: str) -> str:
    """A number without the zeros at its end."""
    try:
        return f"{float(cell):g}"
    except ValueError:
        return cell


def test_money_is_a_plain_number_and_a_date_iso() -> None:
    rows = csv_rows("departures")
    heads = rows[0]

    assert rows[1][heads.index("Balance")] == "123.50"
    assert rows[1][heads.index("Arrival")] == "2026-11-21"


def test_bands_become_a_column() -> None:
    rows = csv_rows("arrivals")

    assert rows[0][0] == "Part"
    assert {row[0] for row in rows[1:]} == {"VIP", "Individuals", "Groups"}


@pytest.mark.parametrize("trap", ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "\tx"])
def test_text_a_spreadsheet_would_run_is_made_harmless(trap: str) -> None:
    rows = csv_rows("in_house", [stay(guest=trap)])

    assert rows[1][rows[0].index("Name")] == f"'{trap}"


def test_a_negative_amount_stays_a_number() -> None:
    rows = csv_rows("in_house", [stay(balance=-50_00)])

    assert rows[1][rows[0].index("Balance")] == "-50.00"


def test_xlsx_writes_no_formula_even_for_a_name_that_looks_like_one() -> None:
    content = render_xlsx(
        find("in_house"), lambda what, day: [stay(guest="=1+1", remarks="http://x")], DAY, "en", HOUSE
    )
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_heads_are_in_the_readers_language() -> None:
    assert "姓名" in csv_rows("in_house", lang="zh")[0]
    assert "Name 姓名" in csv_rows("in_house", lang="both")[0]
