"""Columns that the police register and its lists share: one registration, as the police want it (C9)."""

from pms.reporting import Column, kinds
from pms.reporting.texts import Country
from pms.say import say

DOCUMENTS = {
    "resident_id": say("Resident identity card"),
    "passport": say("Passport"),
    "travel_permit": say("Travel permit"),
    "other": say("Other document"),
}
SEXES = {"F": say("Female"), "M": say("Male")}


def nationality(row):
    return Country(row.nationality) if row.nationality else ""


def sex(row):
    return SEXES.get(row.sex, "")


def document(row):
    return DOCUMENTS.get(row.document, "")


def register(guest):
    """The columns; `guest` says how the name is shown."""
    return (
        Column(say("Room"), "room", 11, kinds.room),
        Column(say("Name"), guest, 32),
        Column(say("Sex"), sex, 10),
        Column(say("Date of birth"), "born_on", 25, kinds.long_day),
        Column(say("Nationality"), nationality, 18),
        Column(say("Document"), document, 22),
        Column(say("Number"), "number", 31, kinds.fixed),
        Column(say("Visa"), "visa", 18),
        Column(say("Visa valid to"), "visa_expires_on", 25, kinds.long_day),
        Column(say("Purpose"), "purpose", 20),
        Column(say("Arrival"), "arrival", 25, kinds.long_day),
        Column(say("Departure"), "departure", 25, kinds.long_day),
        Column(say("Received by"), "host", 24),
        Column(say("Sent"), "sent_at", 24, kinds.moment),
    )
