"""What is done with users and their sessions."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from pms import journal
from pms.access import Role, require
from pms.accounts import passwords, queries, rules
from pms.accounts.models import LoginAttempt, User, UserSession
from pms.db import db
from pms.errors import Conflict, NotAllowed, Refused
from pms.notices import Department
from pms.say import LANGUAGES, say

THEMES = ("light", "dark")


class TooManyTries(Refused):
    """Nobody is let in here until the pause is over."""

    status = 429


@dataclass(frozen=True, slots=True)
class LoginLimits:
    """After so many wrong tries for one account, or from one address, nobody is let in until the pause is over."""

    per_account: int
    per_address: int
    pause: timedelta


def hash_key(key: str) -> str:
    """What the table keeps of a session key, a random secret of 256 bits."""
    return hashlib.sha256(key.encode()).hexdigest()


# --- Coming in and going out --------------------------------------------------------------------------------
def register_attempt(login: str, address: str, *, limits: LoginLimits, now: datetime) -> int:
    """Write a try down as failed before the password is looked at, so that parallel tries are counted too.

    Returns its id; raises `TooManyTries` when it is one too many, in the same words for known and unknown users.
    """
    login_hash = hashlib.sha256(login.strip().lower().encode()).hexdigest()
    since = now - limits.pause
    if (
        queries.failures_of_login(login_hash, since) >= limits.per_account
        or queries.failures_of_address(address, since) >= limits.per_address
    ):
        minutes = int(limits.pause.total_seconds() // 60)
        raise TooManyTries(say("Too many wrong tries. Wait {minutes} minutes, then try again.", minutes=minutes))
    attempt = LoginAttempt(login_hash=login_hash, address=address, at=now, succeeded=False)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def attempt_succeeded(attempt_id: int) -> None:
    """The password was right: this try counts against nobody."""
    attempt = db.session.get(LoginAttempt, attempt_id)
    if attempt is not None:
        attempt.succeeded = True


def log_in(user: User, *, attempt_id: int, now: datetime) -> str:
    """Open a session; returns its key for the cookie. The caller has seen the password."""
    attempt_succeeded(attempt_id)
    key = secrets.token_urlsafe(32)
    db.session.add(UserSession(key_hash=hash_key(key), user_id=user.id, started_at=now, seen_at=now))
    journal.write(user, "log_in", user, now=now)
    return key


def log_out(key: str, *, by: User, now: datetime) -> None:
    """End this session; its cookie is worthless from now on."""
    queries.delete_session(hash_key(key))
    journal.write(by, "log_out", by, now=now)


# --- One's own account --------------------------------------------------------------------------------
def change_own_password(current: str, new: str, *, keep_key: str | None, by: User, now: datetime) -> None:
    """A new password; every other session of this user ends."""
    if not passwords.fits(by.password_hash, current):
        raise Refused(say("The current password is not right."), field="current")
    if new == current:
        raise Refused(say("The new password is the same as the old one."), field="new")
    _set_password(by, new, now=now, field="new")
    queries.delete_sessions_of(by.id, except_hash=hash_key(keep_key) if keep_key else None)
    journal.write(by, "change_password", by, now=now)


def set_preferences(
    *, by: User, now: datetime, language: str | None = None, theme: str | None = None, shortcuts_on: bool | None = None
) -> None:
    """How the house looks to this user; what is None or unknown stays as it is. Not journaled."""
    if language in LANGUAGES:
        by.language = language
    if theme in THEMES:
        by.theme = theme
    if shortcuts_on is not None:
        by.shortcuts_on = shortcuts_on


# --- Users, by the administrator --------------------------------------------------------------------------------
def add_user(
    login: str,
    name: str,
    role: Role,
    *,
    password: str,
    by: User | None,
    now: datetime,
    name_zh: str | None = None,
    department: Department | None = None,
    language: str = "en",
) -> User:
    """A new user who can log in. `by` is None for the first one, added on the machine itself."""
    if by is not None:
        require(by, "manage_users")
    login = login.strip().lower()
    if not login or not all(c.isalnum() or c in "._-" for c in login):
        raise Refused(say("A login consists of letters, digits, dots and dashes."), field="login")
    if not name.strip():
        raise Refused(say("A name is missing."), field="name")
    if queries.user_by_login(login) is not None:
        raise Conflict(say("The login {login} is taken.", login=login), field="login")
    user = User(
        login=login,
        name=name.strip(),
        name_zh=name_zh or None,
        role=role,
        department=department,
        language=language,
        created_at=now,
    )
    _set_password(user, password, now=now, field="password")
    db.session.add(user)
    db.session.flush()
    journal.write(by or user, "add_user", user, now=now, login=login, role=role.value)
    return user


def system_user(login: str, name: str, *, now: datetime) -> User:
    """The house itself as an actor (audit, replay): made when first needed, cannot log in."""
    user = queries.user_by_login(login)
    if user is None:
        user = User(login=login, name=name, role=Role.ADMIN, is_system=True, created_at=now)
        db.session.add(user)
        db.session.flush()
    return user


def change_user(
    user: User,
    *,
    name: str,
    name_zh: str | None,
    role: Role,
    department: Department | None,
    by: User,
    now: datetime,
) -> None:
    """Change name, role and department. A new role counts from the user's next click."""
    require(by, "manage_users")
    if not name.strip():
        raise Refused(say("A name is missing."), field="name")
    if role is not user.role:
        _keep_one_admin(user)
        journal.write(by, "change_role", user, now=now, before=user.role.value, after=role.value)
    if (name.strip(), name_zh or None, department) != (user.name, user.name_zh, user.department):
        journal.write(by, "change_user", user, now=now, department=department.value if department else None)
    user.name, user.name_zh, user.role, user.department = name.strip(), name_zh or None, role, department


def disable_user(user: User, *, by: User | None, now: datetime) -> None:
    """No more logging in; sessions end at once. The user's name stays on what was done."""
    if by is not None:
        require(by, "manage_users")
        if by.id == user.id:
            raise Refused(say("Nobody can disable their own account. Ask another administrator."))
    _keep_one_admin(user)
    user.active = False
    queries.delete_sessions_of(user.id)
    journal.write(by or user, "disable_user", user, now=now)


def enable_user(user: User, *, by: User | None, now: datetime) -> None:
    if by is not None:
        require(by, "manage_users")
    user.active = True
    journal.write(by or user, "enable_user", user, now=now)


def reset_password(user: User, new: str, *, by: User | None, now: datetime) -> None:
    """Set somebody's password, for one who forgot it; all of their sessions end."""
    if by is not None:
        require(by, "manage_users")
    if user.is_system:
        raise NotAllowed(say("This account belongs to the house itself and cannot log in."))
    _set_password(user, new, now=now, field="password")
    queries.delete_sessions_of(user.id)
    journal.write(by or user, "reset_password", user, now=now)


def clean_up(*, idle: timedelta, longest: timedelta, now: datetime) -> None:
    """Throw away sessions that are over and tries that no longer count."""
    queries.delete_sessions_before(started=now - longest, seen=now - idle)
    queries.delete_attempts_before(now - timedelta(days=1))


def _set_password(user: User, password: str, *, now: datetime, field: str) -> None:
    problem = rules.password_problem(password, login=user.login, name=user.name)
    if problem is not None:
        raise Refused(problem, field=field)
    user.password_hash = passwords.make_hash(password)
    user.password_changed_at = now


def _keep_one_admin(user: User) -> None:
    if user.role is Role.ADMIN and user.active and queries.active_admins() <= 1:
        raise Refused(say("This is the last administrator. Make somebody else an administrator first."))
