"""Coming in and going out, one's own settings, and the administrator's list of users."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.access import ROLE_NAMES
from pms.accounts import actions, passwords, queries
from pms.accounts.forms import LoginForm, NewUserForm, PasswordForm, ResetForm, UserForm
from pms.accounts.models import User
from pms.db import reading, work
from pms.errors import Refused
from pms.notices import DEPARTMENT_NAMES
from pms.say import say
from pms.web import language, sessions
from pms.web.gate import harmless_twice, local_path, me, needs, own_work, public
from pms.web.pages import refused_page, toast

bp = Blueprint("accounts", __name__)

WRONG = say("Login or password is not right.")
YEAR = 365 * 24 * 3600


# --- Coming in and going out --------------------------------------------------------------------------------
@bp.get("/login")
@public
def login() -> str | BaseResponse:
    if current_user.is_authenticated:
        return redirect(_wanted())
    return render_template("accounts/login.html", form=LoginForm())


@bp.post("/login", endpoint="log_in")
@public
@own_work
def log_in() -> Response | BaseResponse:
    """The password is looked at outside of any unit of work: that takes long on purpose."""
    form = LoginForm()
    if not form.validate():
        return _login_again(form, Refused(WRONG))
    now = clock.now()
    try:
        with work():
            attempt = actions.register_attempt(
                form.login.data, request.remote_addr or "", limits=sessions.login_limits(), now=now
            )
            user = queries.user_by_login(form.login.data)
    except Refused as no:
        return _login_again(form, no)
    known = user if user is not None and user.is_active else None
    if not passwords.fits(known.password_hash if known else None, form.password.data) or known is None:
        return _login_again(form, Refused(WRONG))
    with work():
        key = actions.log_in(known, attempt_id=attempt, now=now)
    sessions.open_session(key)
    return redirect(_wanted(), 303)


@bp.post("/logout")
@harmless_twice
@public
def logout() -> BaseResponse:
    key = sessions.current_key()
    if key and current_user.is_authenticated:
        actions.log_out(key, by=me(), now=clock.now())
    sessions.close_session()
    return redirect(url_for("accounts.login"), 303)


def _login_again(form: LoginForm, no: Refused) -> Response:
    with reading():
        return make_response(render_template("accounts/login.html", form=form, refusal=no, wrong=True), no.status)


def _wanted() -> str:
    """The page that was asked for before logging in, or the desk."""
    return local_path(request.args.get("next")) or "/"


# --- One's own settings --------------------------------------------------------------------------------
@bp.post("/preferences/language")
@public
@harmless_twice
def set_language() -> BaseResponse:
    chosen = request.form.get("language", "")
    if chosen not in language.LOCALES:
        raise Refused(say("There is no such language."))
    return _prefer(language.COOKIE, chosen, language=chosen)


@bp.post("/preferences/theme")
@public
@harmless_twice
def set_theme() -> BaseResponse:
    chosen = request.form.get("theme", "")
    if chosen not in language.THEMES:
        raise Refused(say("There is no such theme."))
    return _prefer(language.THEME_COOKIE, chosen, theme=chosen)


@bp.post("/preferences/shortcuts")
@harmless_twice
def set_shortcuts() -> BaseResponse:
    actions.set_preferences(by=me(), now=clock.now(), shortcuts_on=request.form.get("shortcuts") != "off")
    return redirect(_back(), 303)


def _prefer(cookie: str, value: str, **setting: str) -> BaseResponse:
    """Keep a choice with the user, and in a cookie for the login page."""
    if current_user.is_authenticated:
        actions.set_preferences(by=me(), now=clock.now(), **setting)  # type: ignore[arg-type]
    response = redirect(_back(), 303)
    response.set_cookie(cookie, value, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _back() -> str:
    return local_path(request.form.get("next", "").rstrip("?")) or "/"


@bp.get("/password")
def password() -> str:
    return render_template("accounts/password.html", form=PasswordForm())


@bp.post("/password", endpoint="change_password")
def change_password() -> Response | BaseResponse:
    form = PasswordForm()
    if not form.validate():
        return _form_page("accounts/password.html", form=form)
    try:
        actions.change_own_password(
            form.current.data, form.new.data, keep_key=sessions.current_key(), by=me(), now=clock.now()
        )
    except Refused as no:
        return refused_page(no, "accounts/password.html", form=form, wrong=True)
    toast(say("Your password is changed. Other browsers are logged out."))
    return redirect("/", 303)


# --- Users --------------------------------------------------------------------------------
@bp.get("/users")
@needs("manage_users")
def users() -> str:
    return render_template("accounts/users.html", **_list())


@bp.post("/users", endpoint="add_user")
@needs("manage_users")
def add_user() -> Response | BaseResponse:
    form = NewUserForm(lang=language.current())
    if not form.validate():
        return _form_page("accounts/users.html", **_list(form))
    try:
        user = actions.add_user(
            form.login.data,
            password=form.password.data,
            language=form.language.data,
            by=me(),
            now=clock.now(),
            **form.place,
        )
    except Refused as no:
        return refused_page(no, "accounts/users.html", wrong=True, **_list(form))
    toast(say("{name} can log in now.", name=user.name))
    return redirect(url_for("accounts.users"), 303)


@bp.get("/users/<int:user_id>")
@needs("manage_users")
def user(user_id: int) -> str:
    return render_template("accounts/user.html", **_one(queries.user_by_id(user_id)))


@bp.post("/users/<int:user_id>", endpoint="change_user")
@needs("manage_users")
def change_user(user_id: int) -> Response | BaseResponse:
    user = queries.user_by_id(user_id)
    form = UserForm(lang=language.current())
    if not form.validate():
        return _form_page("accounts/user.html", **_one(user, form=form))
    try:
        actions.change_user(user, by=me(), now=clock.now(), **form.place)
    except Refused as no:
        return refused_page(no, "accounts/user.html", wrong=True, **_one(user, form=form))
    toast(say("Saved."))
    return redirect(url_for("accounts.users"), 303)


@bp.post("/users/<int:user_id>/password")
@needs("manage_users")
def reset_password(user_id: int) -> Response | BaseResponse:
    user = queries.user_by_id(user_id)
    form = ResetForm()
    if not form.validate():
        return _form_page("accounts/user.html", **_one(user, reset_form=form))
    try:
        actions.reset_password(user, form.password.data, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "accounts/user.html", wrong=True, **_one(user, reset_form=form))
    toast(say("{name} has a new password and is logged out everywhere.", name=user.name))
    return redirect(url_for("accounts.user", user_id=user_id), 303)


@bp.post("/users/<int:user_id>/disable")
@needs("manage_users")
def disable_user(user_id: int) -> BaseResponse:
    user = queries.user_by_id(user_id)
    actions.disable_user(user, by=me(), now=clock.now())
    toast(say("{name} cannot log in any more.", name=user.name))
    return redirect(url_for("accounts.user", user_id=user_id), 303)


@bp.post("/users/<int:user_id>/enable")
@needs("manage_users")
def enable_user(user_id: int) -> BaseResponse:
    user = queries.user_by_id(user_id)
    actions.enable_user(user, by=me(), now=clock.now())
    toast(say("{name} can log in again.", name=user.name))
    return redirect(url_for("accounts.user", user_id=user_id), 303)


def _list(form: NewUserForm | None = None) -> dict[str, Any]:
    return {
        "users": queries.all_users(),
        "form": form or NewUserForm(formdata=None, lang=language.current()),
        "role_names": ROLE_NAMES,
        "department_names": DEPARTMENT_NAMES,
    }


def _one(user: User, *, form: UserForm | None = None, reset_form: ResetForm | None = None) -> dict[str, Any]:
    return {
        "user": user,
        "form": form or UserForm(formdata=None, obj=user, lang=language.current()),
        "reset_form": reset_form or ResetForm(formdata=None),
        "role_names": ROLE_NAMES,
        "department_names": DEPARTMENT_NAMES,
    }


def _form_page(template: str, **context: Any) -> Response:
    """The form again with what was typed and what is wrong with it."""
    return make_response(render_template(template, wrong=True, **context), 422)
