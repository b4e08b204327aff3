"""The forms of the luggage desk. Fields are called as the rules call them, so that a refusal finds its field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from pms.guest_services.rules import Collection, Deposited
from pms.reservations.models import Stay
from pms.say import Say, say, translate
from pms.web.fields import MISSING, DueField, at_most

DOCUMENTS: dict[str, Say] = {
    "": say("Not seen"),
    "passport": say("Passport"),
    "resident_id": say("Resident ID card"),
    "travel_permit": say("Travel permit"),
    "other": say("Other document"),
}


class TakeForm(FlaskForm):
    """Luggage in (L1, L2)."""

    stay_id = HiddenField(say("Guest"))
    stay_id_shown = StringField(say("Guest"))
    depositor = StringField(say("Somebody else, by name"), [at_most(80)])
    pieces = IntegerField(say("Pieces"), [MISSING])
    description = StringField(say("What it looks like"), [MISSING, at_most(200)])
    shelf = StringField(say("Shelf"), [MISSING, at_most(12)])
    due_at = DueField(say("Collected at"), [MISSING])
    collector = StringField(say("Who collects it"), [at_most(80)])
    contact = StringField(say("Telephone"), [at_most(40)])
    no_valuables = BooleanField(say("Asked: no money, jewellery or other valuables inside"))
    no_dangerous_goods = BooleanField(say("Asked: nothing inflammable, explosive or dangerous inside"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def validate_depositor(self, field: Any) -> None:
        if not self.stay_id.data and not (field.data or "").strip():
            raise ValidationError(say("Choose a guest, or write down who leaves it."))

    def deposited(self, stay: Stay | None) -> Deposited:
        """As `store_luggage` takes it; what is known of the guest of `stay` need not be typed."""
        assert self.pieces.data is not None and self.due_at.moment is not None
        guest = stay.guest if stay else None
        return Deposited(
            depositor=(self.depositor.data or "").strip() or (guest.name if guest else ""),
            pieces=self.pieces.data,
            description=self.description.data or "",
            shelf=self.shelf.data or "",
            due_at=self.due_at.moment,
            no_valuables=self.no_valuables.data,
            no_dangerous_goods=self.no_dangerous_goods.data,
            contact=(self.contact.data or "").strip() or (guest.telephone if guest else ""),
            collector=self.collector.data or "",
        )


class CollectForm(FlaskForm):
    """Luggage out (L4). `rest_stays` comes with the button that says so."""

    version = HiddenField()
    name = StringField(say("Handed to"), [at_most(80)])
    stub_code = StringField(say("Code of the stub"), [at_most(24)])
    document = SelectField(say("Identification seen"), choices=[])
    depositors_word = StringField(say("How the depositor agreed"), [at_most(34)])
    pieces = IntegerField(say("Pieces counted"), [MISSING])
    signed = BooleanField(say("Signed for"))
    rest_stays = HiddenField()

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document.choices = [SelectChoice(key, translate(word, lang)) for key, word in DOCUMENTS.items()]

    def collection(self, otherwise: str) -> Collection:
        """As `release_luggage` takes it; `otherwise` takes it where no other name was written."""
        assert self.pieces.data is not None
        return Collection(
            name=(self.name.data or "").strip() or otherwise,
            pieces=self.pieces.data,
            signed=self.signed.data,
            id_seen=bool(self.document.data),
            document=self.document.data or "",
            stub_code=self.stub_code.data or "",
            depositors_word=self.depositors_word.data or "",
            rest_stays=bool(self.rest_stays.data),
        )


class MoveForm(FlaskForm):
    """Another shelf or another time for what is still here."""

    shelf = StringField(say("Shelf"), [at_most(12)])
    due_at = DueField(say("Collected at"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)
