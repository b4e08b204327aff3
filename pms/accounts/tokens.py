"""Tokens with which programs come in over the API, each in the name of a service user of its own.

The secret is 256 random bits, shown once; the table keeps its SHA-256. A service user is like any other in the journal
and in the list of users, but has no password and so cannot log in to the pages.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from pms import journal
from pms.access import ROLE_NAMES, Role
from pms.accounts import queries
from pms.accounts.actions import hash_key
from pms.accounts.models import ApiToken, User
from pms.db import db, insert_one, load
from pms.departments import Department
from pms.errors import Refused
from pms.say import say

PREFIX = "pms_"  # lets scanners of source code recognise a token that was committed
LOGIN = "api."


def create_token(
    role: Role,
    *,
    name: str = "",
    department: Department | None = None,
    valid_for: timedelta | None,
    now: datetime,
) -> tuple[str, ApiToken]:
    """A new token for a program of a role; the secret is returned this once. `valid_for` None never ends.

    `name` says which program it is; tokens of one name share a service user. Raises `Refused` for a name that is not
    letters, digits, dots and dashes, or that belongs to a program of another role or department. One of a `department`
    does its work and reads its notices.
    """
    user = _service_user(role, (name or role.value).strip().lower(), department, now)
    secret = PREFIX + secrets.token_urlsafe(32)
    expires_at = now + valid_for if valid_for else None
    token_id = insert_one(
        ApiToken, key_hash=hash_key(secret), user_id=user.id, created_at=now, expires_at=expires_at, revoked_at=None
    )
    journal.write(user, "create_token", f"token:{token_id}", now=now, role=role.value, expires_at=expires_at)
    return secret, queries.token_by_id(token_id)


def revoke_token(token: ApiToken, *, now: datetime) -> None:
    """The token opens nothing any more, from the next request on."""
    if token.revoked_at is not None:
        raise Refused(say("This token has been revoked already."))
    token.revoked_at = now
    journal.write(token.user, "revoke_token", f"token:{token.id}", now=now)


def user_of(secret: str, *, now: datetime) -> User | None:
    """Who acts with this secret; None for an unknown, revoked or expired one and for a disabled user."""
    token = queries.token_by_key(hash_key(secret)) if secret.startswith(PREFIX) else None
    if token is None or has_ended(token, now=now):
        return None
    user = load(User, token.user_id)
    return user if user.is_active else None


def is_valid(token: ApiToken, *, now: datetime) -> bool:
    return not has_ended(token, now=now) and token.user.is_active


def has_ended(token: Any, *, now: datetime) -> bool:
    """Revoked or run out; `token` is the record or a row of it."""
    return token.revoked_at is not None or (token.expires_at is not None and token.expires_at <= now)


def _service_user(role: Role, name: str, department: Department | None, now: datetime) -> User:
    if not all(c.isalnum() or c in "._-" for c in name):
        raise Refused(say("The name of a program consists of letters, digits, dots and dashes."), field="name")
    user = queries.user_by_login(LOGIN + name)
    if user is None:
        user = User(login=LOGIN + name, name=f"API {name}", role=role, department=department, created_at=now)
        db.session.add(user)
        db.session.flush()
        journal.write(user, "add_user", user, now=now, login=user.login, role=role.value)
    elif user.role is not role:
        raise Refused(
            say("{name} is a program of another role: {role}.", name=name, role=ROLE_NAMES[user.role]), field="name"
        )
    elif department not in (None, user.department):
        raise Refused(say("{name} is a program of another department, or of none.", name=name), field="name")
    return user
