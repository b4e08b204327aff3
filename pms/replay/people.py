"""Names and documents for guests the file has none of: made from the number of the line, the same every time."""

from __future__ import annotations

from pms.guests.actions import NewGuest

SURNAMES = (
    "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Smith Jones Taylor Brown Wilson Müller Schmidt"
    " Schneider Fischer Dubois Bernard Petit Garcia Fernandez Lopez Rossi Russo Jansen Nowak Novák O'Brien Murphy"
).split()
GIVEN = (
    "Ana Maria João Pedro Rui Inês Tiago Sofia Emma James Olivia Jack Lena Paul Marie Luc Clara Hugo Elena Marco"
    " Giulia Sven Eva Tomáš Siobhán Liam Nora"
).split()


def guest_of(number: int, country: str) -> NewGuest:
    """The guest of line `number`."""
    surname = SURNAMES[number * 7 % len(SURNAMES)]
    return NewGuest(surname=surname, given=f"{GIVEN[number * 11 % len(GIVEN)]} {number}", nationality=country)


def document_of(number: int) -> str:
    """A passport number that belongs to nobody."""
    return f"RP{number:07d}"
