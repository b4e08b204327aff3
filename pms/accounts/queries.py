"""What is read about users, their sessions and their tries to log in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from pms.access import Role
from pms.accounts.models import ApiToken, LoginAttempt, User, UserSession
from pms.db import db, run
from pms.errors import Missing
from pms.say import say


def all_users() -> list[User]:
    """Everybody who can have a login, the active ones first."""
    wanted = select(User).where(User.is_system.is_(False)).order_by(User.active.desc(), User.login)
    return list(db.session.scalars(wanted))


def user_by_id(user_id: int) -> User:
    """Raises `Missing`."""
    user = db.session.get(User, user_id)
    if user is None or user.is_system:
        raise Missing(say("There is no such user."))
    return user


def user_by_login(login: str) -> User | None:
    return db.session.scalar(select(User).where(User.login == login.strip().lower()))


def active_admins() -> int:
    wanted = select(func.count()).where(User.role == Role.ADMIN, User.active, User.is_system.is_(False))
    return db.session.scalar(wanted) or 0


def session_by_key(key_hash: str) -> UserSession | None:
    """The session and its user in one statement."""
    return db.session.scalar(select(UserSession).where(UserSession.key_hash == key_hash))


def token_by_key(key_hash: str) -> Any:
    """`user_id, expires_at, revoked_at` of a token, or None."""
    return run(_TOKEN, {"key": key_hash}).first()


_TOKEN = select(ApiToken.user_id, ApiToken.expires_at, ApiToken.revoked_at).where(ApiToken.key_hash == bindparam("key"))


def all_tokens() -> list[ApiToken]:
    """Every token ever given out, the newest first."""
    return list(db.session.scalars(select(ApiToken).order_by(ApiToken.id.desc())))


def token_by_id(token_id: int) -> ApiToken:
    """Raises `Missing`."""
    token = db.session.get(ApiToken, token_id)
    if token is None:
        raise Missing(say("There is no such token."))
    return token


def failures_of_login(login_hash: str, since: datetime) -> int:
    """Wrong tries for an account since then; a success wipes out those before it."""
    success = (
        select(func.max(LoginAttempt.at))
        .where(LoginAttempt.login_hash == login_hash, LoginAttempt.succeeded)
        .scalar_subquery()
    )
    wanted = select(func.count()).where(
        LoginAttempt.login_hash == login_hash,
        LoginAttempt.at > since,
        LoginAttempt.succeeded.is_(False),
        or_(success.is_(None), LoginAttempt.at > success),
    )
    return db.session.scalar(wanted) or 0


def failures_of_address(address: str, since: datetime) -> int:
    wanted = select(func.count()).where(
        LoginAttempt.address == address, LoginAttempt.at > since, LoginAttempt.succeeded.is_(False)
    )
    return db.session.scalar(wanted) or 0


def touch_session(key_hash: str, at: datetime) -> None:
    db.session.connection().execute(update(UserSession).where(UserSession.key_hash == key_hash).values(seen_at=at))


def delete_session(key_hash: str) -> None:
    db.session.connection().execute(delete(UserSession).where(UserSession.key_hash == key_hash))


def delete_sessions_of(user_id: int, *, except_hash: str | None = None) -> None:
    wanted = delete(UserSession).where(UserSession.user_id == user_id)
    if except_hash:
        wanted = wanted.where(UserSession.key_hash != except_hash)
    db.session.connection().execute(wanted)


def delete_sessions_before(started: datetime, seen: datetime) -> None:
    wanted = delete(UserSession).where(or_(UserSession.started_at < started, UserSession.seen_at < seen))
    db.session.connection().execute(wanted)


def delete_attempts_before(at: datetime) -> None:
    db.session.connection().execute(delete(LoginAttempt).where(LoginAttempt.at < at))
