"""What a contract account 协议单位 means for a booking (R4): whose rate and discount hold, and until when."""

from __future__ import annotations

from datetime import date

from pms.errors import Offer, Refused
from pms.guests.models import Account
from pms.reservations import rules
from pms.reservations.models import Booking
from pms.say import say


def account_of(booking: Booking) -> Account | None:
    """Whose contract the booking is made under: the company's, else the agency's."""
    return booking.company or booking.agent


def stands(account: Account | None, arrival: date, departure: date) -> bool:
    """Is there a contract, valid on every night of the stay?"""
    return account is not None and account.stands(arrival, rules.last_night(arrival, departure))


def agreed_percent(account: Account | None, arrival: date, departure: date) -> int:
    """The discount that was agreed for these nights and so needs nobody's approval; 0 where nothing was."""
    return account.discount_percent if account and stands(account, arrival, departure) else 0


def check(account: Account | None, plan_id: int, arrival: date, departure: date) -> None:
    """Raises `Refused` for the account's own rate on nights on which its contract is not valid."""
    if account is None or plan_id != account.plan_id or stands(account, arrival, departure):
        return
    other = Offer(say("Book another rate: the company may still pay."), "plan")
    way = say("Or have the contract renewed: Contract accounts, {code}.", code=account.code)
    renew = Offer(way, "renew", account.id)
    if account.valid_to and account.valid_to < rules.last_night(arrival, departure):
        reason = say("The contract of {account} ended on {day}.", account=account.code, day=account.valid_to)
        if account.valid_to >= arrival:
            reason = say(
                "The contract of {account} ends on {day}, before the last night of this stay.",
                account=account.code,
                day=account.valid_to,
            )
    else:
        reason = say("The contract of {account} begins on {day}.", account=account.code, day=account.valid_from)
    raise Refused(reason, offers=(other, renew), field="account")
