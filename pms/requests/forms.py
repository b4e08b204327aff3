"""The forms of calls and services. Fields are called as the rules call them, so that a refusal finds its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from pms.cashier.models import MONEY_IN, PostingKind
from pms.cashier.rules import KIND_NAMES as POSTING_NAMES
from pms.departments import DEPARTMENT_NAMES, Department
from pms.money import format_minor
from pms.property.forms import choices, named, without_tokens
from pms.requests.models import Service
from pms.requests.rules import REASONS, SEVERITIES, NewRequest
from pms.requests.words import KIND_NAMES, Kind
from pms.say import Say, say, translate
from pms.web.fields import MISSING, DueField, MoneyField, at_most

CHARGES = {kind.value: POSTING_NAMES[kind.value] for kind in PostingKind if kind not in MONEY_IN}


def _with_none(none: Say, words: Mapping[Any, Say], lang: str) -> list[SelectChoice]:
    return [SelectChoice("", translate(none, lang)), *choices(words, lang)]


class CallForm(FlaskForm):
    """A call as it is written down (S1). `where` is a room of the house or any other place."""

    kind = SelectField(say("Class"), choices=[])
    where = StringField(say("Room or place"), [at_most(60)])
    stay_id = HiddenField(say("Guest"))
    stay_id_shown = StringField(say("Guest"))
    service_id = SelectField(say("Service"), choices=[], validate_choice=False)
    text = TextAreaField(say("What the guest says"), [MISSING, at_most(1000)])
    department = SelectField(say("Department"), choices=[])
    severity = SelectField(say("Severity"), choices=[])
    reason = SelectField(say("About"), choices=[])
    due_at = DueField(say("Wanted or promised at"))
    caller = StringField(say("Who called"), [at_most(80)])
    contact = StringField(say("Telephone"), [at_most(40)])
    answer = StringField(say("Answered at once"), [at_most(500)])
    urgent = BooleanField(say("Urgent: work first, ticket after"))
    dispatched = BooleanField(say("Tell the department at once"))

    def __init__(self, *args: Any, lang: str, now: datetime, services: Sequence[Service], **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(KIND_NAMES, lang)
        self.service_id.choices = [SelectChoice("", translate(say("None of these"), lang)), *_services(services, lang)]
        self.department.choices = _with_none(say("As the service says"), DEPARTMENT_NAMES, lang)
        self.severity.choices = _with_none(say("No complaint"), SEVERITIES, lang)
        self.reason.choices = _with_none(say("No complaint"), REASONS, lang)

    def new(self, place: str) -> NewRequest:
        """As `write_down` takes it."""
        return NewRequest(
            kind=Kind(self.kind.data),
            text=(self.text.data or "").replace("\r\n", "\n"),
            place=place,
            caller=self.caller.data or "",
            contact=self.contact.data or "",
            department=Department(self.department.data) if self.department.data else None,
            urgent=self.urgent.data,
            severity=int(self.severity.data or 0),
            reason=self.reason.data or "",
            due_at=self.due_at.moment,
            answer=self.answer.data or "",
            dispatched=self.dispatched.data,
        )


def _services(services: Sequence[Service], lang: str) -> list[SelectChoice]:
    return [
        SelectChoice(str(service.id), f"{translate(KIND_NAMES[service.kind], lang)} · {named(service, lang)}")
        for service in services
    ]


class PostponeForm(FlaskForm):
    """Why not now, and when (S2)."""

    why_later = StringField(say("Why not now"), [at_most(200)])
    until = DueField(say("New appointment"))
    note_left = BooleanField(say("Guest out: note left in the room"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, prefix="later", **kwargs)


class FinishForm(FlaskForm):
    """What was done, and who signed (S2); what was found and answered (S3)."""

    facts = StringField(say("What was found"), [at_most(500)])
    outcome = StringField(say("What was done or answered"), [at_most(500)])
    signed_by = StringField(say("Signed by"), [at_most(80)])
    note_left = BooleanField(say("Guest out: note left in the room"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="done", **kwargs)

    def values(self) -> dict[str, Any]:
        texts = {name: self[name].data or "" for name in ("facts", "outcome", "signed_by")}
        return texts | {"note_left": self.note_left.data}


class CallBackForm(FlaskForm):
    """What the guest said when called back; the button says whether he is satisfied."""

    call_back = StringField(say("What the guest says"), [at_most(300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="back", **kwargs)


class ServiceForm(FlaskForm):
    """A service with its due time and price (S2, S4)."""

    version = HiddenField()
    kind = SelectField(say("Class"), choices=[])
    name_en = StringField(say("Name in English"), [MISSING, at_most(60)])
    name_zh = StringField(say("Name in Chinese"), [MISSING, at_most(60)])
    department = SelectField(say("Department"), choices=[])
    minutes = IntegerField(say("Due after (minutes)"), [MISSING])
    price = MoneyField(say("Price a piece, 0 for what is free"), [MISSING])
    posting = SelectField(say("Posted as"), choices=[])
    active = BooleanField(say("On the list"))

    def __init__(self, *args: Any, lang: str, currency: str, service: Service | None = None, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, obj=service, data={"active": True, "minutes": 20}, **kwargs)
        self.kind.choices = choices({kind: KIND_NAMES[kind] for kind in (Kind.REQUEST, Kind.REPAIR)}, lang)
        self.department.choices = choices(DEPARTMENT_NAMES, lang)
        self.posting.choices = choices(CHARGES, lang)
        if service is not None and kwargs.get("formdata", True) is None:
            self.price.data = format_minor(service.price, currency)

    @property
    def values(self) -> dict[str, Any]:
        typed = without_tokens(self)
        kinds = {"kind": Kind(typed["kind"]), "posting": PostingKind(typed["posting"])}
        return typed | kinds | {"department": Department(typed["department"]), "price": self.price.minor}
