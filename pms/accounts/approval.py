"""A colleague stands behind something with his own password, at the desk of the one who needs it.

What he gives is a ticket: good for ten minutes, for this clerk and this one thing. The password is looked at outside of
any unit of work, because that takes long on purpose; so the ticket is got first and the form sent with it.
"""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from pms import access
from pms.accounts import actions, passwords, queries
from pms.accounts.actions import LoginLimits
from pms.accounts.models import User
from pms.db import db, work
from pms.errors import Refused
from pms.say import say

GOOD_FOR = 600  # seconds


def give(
    login: str, password: str, *, action: str, about: str, to_id: int, address: str, limits: LoginLimits, now: datetime
) -> str:
    """The ticket of whoever logs in here for `about`, such as "discount 20", on behalf of the user `to_id`.

    Opens its own units of work, outside of any. Raises `Refused` when the password is wrong or he may not do `action`.
    """
    known = proved(login, password, field="approver", address=address, limits=limits, now=now)
    if not access.allowed(known, action):
        raise Refused(say("{name} may not approve this.", name=known.name), field="approver")
    return _serializer().dumps([known.id, to_id, about])


def proved(
    login: str, password: str, *, field: str = "password", address: str, limits: LoginLimits, now: datetime
) -> User:
    """Whose password this is: somebody who signs at whatever desk. Opens its own units of work, outside of any.

    Raises `Refused` in the same words for a wrong login and a wrong password, and after too many tries.
    """
    with work():
        attempt = actions.register_attempt(login, address, limits=limits, now=now)
        user = queries.user_by_login(login)
    known = user if user is not None and user.is_active else None
    if not passwords.fits(known.password_hash if known else None, password) or known is None:
        raise Refused(say("Login or password is not right."), field=field)
    with work():
        actions.attempt_succeeded(attempt)
    return known


def approver_of(ticket: str, *, about: str, to: User) -> User | None:
    """Who gave the ticket; None without one. Raises `Refused` when it is too old or was given for something else."""
    if not ticket:
        return None
    try:
        approver, given_to, given_for = _serializer().loads(ticket, max_age=GOOD_FOR)
    except (BadData, ValueError):
        approver, given_to, given_for = None, None, None
    if (given_to, given_for) != (to.id, about):
        raise Refused(say("The approval was for something else or is too old. Please ask again."), field="approver")
    return db.session.get(User, approver)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="approval")
