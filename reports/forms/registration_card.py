"""Registration card 入住登记表 (C2, C3): printed for the guest to check and sign."""

from pms.reporting import Cell, Fields, Signatures, Words, heading, kinds
from pms.reporting.texts import Bilingual, Country
from pms.say import say

from .. import _police  # noqa: TID252 - reports/ is a package under a name of its own

TITLE = say("Registration card")
CODE = "F-01"


def story(card):
    yield heading(TITLE, None, say("Confirmation {number}", number=card.confirmation))
    yield Fields((
        (say("Room"), card.room or None),
        (say("Room type"), Bilingual(card.type, card.type_zh)),
        (say("Price a night"), Cell(card.rate, kinds.money)),
        (say("Arrival"), Cell(card.arrival, kinds.long_day)),
        (say("Departure"), Cell(card.departure, kinds.long_day)),
        (say("Adults, children"), f"{card.adults}, {card.children}"),
    ))  # fmt: skip
    yield Fields((
        (say("Name"), card.guest),
        (say("Sex"), _police.SEXES.get(card.sex)),
        (say("Date of birth"), Cell(card.born_on, kinds.long_day)),
        (say("Nationality"), Country(card.nationality) if card.nationality else None),
        (say("Document"), _police.DOCUMENTS.get(card.document_kind)),
        (say("Document number"), card.document_number or None),
        (say("Visa"), card.visa or None),
        (say("Purpose of stay"), card.purpose or None),
        (say("Telephone number"), card.telephone or None),
        (say("Company, group"), card.company or None),
        (say("Deposit"), Cell(card.deposit or None, kinds.money)),
        (say("Held on the card"), Cell(card.held_by_card or None, kinds.money)),
    ))  # fmt: skip
    yield Words(say("Please put valuables into the safe-deposit box."))
    yield Words(say("The key is valid until check-out time on the day of departure."))
    yield Words(say("I agree to pay the charges of my stay, also where a company or agent was to pay and does not."))
    yield Signatures((say("Guest's signature"), say("Receptionist"), say("Checked by the shift leader")))
