"""English or Chinese: the user's setting, else the cookie, else what the browser asks for."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import get_translations
from flask_login import current_user
from markupsafe import Markup, escape

from pms.say import LANGUAGES, format_date, from_json, translate
from pms.web.gate import is_program

LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
COOKIE = "lang"
THEME_COOKIE = "theme"
THEMES = ("light", "dark")
CHINESE = re.compile(r"[\u3400-\u9fff]+")


def init_app(app: Flask) -> None:
    """After Babel, which would look for its catalogue at each of a page's two hundred words."""
    words: Any = app.jinja_env  # as Jinja's extension for translations made it
    words.install_gettext_callables(
        lambda text: _catalogue().ugettext(text), lambda *forms: _catalogue().ungettext(*forms), newstyle=True
    )


def _catalogue() -> Any:
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return g.catalogue


def current() -> str:
    """'en' or 'zh' for whoever is asking."""
    if not has_request_context():
        return str(current_app.config["DEFAULT_LANGUAGE"])
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def locale_code() -> str:
    """Babel's name of the language; the catalogue must be zh_Hans_CN, zh_CN is silently ignored."""
    return LOCALES[current()]


def country(code: str) -> str:
    """A country by its two letters, in the reader's words; letters nobody knows as they are."""
    return str(Locale.parse(locale_code()).territories.get(code, code))


def theme() -> str:
    """'light' or 'dark'."""
    if current_user and current_user.is_authenticated:
        return str(current_user.theme)
    cookie = request.cookies.get(THEME_COOKIE)
    return cookie if cookie in THEMES else THEMES[0]


def tr(sentence: Any) -> str:
    """A sentence (or date, amount, saved sentence) in the reader's language."""
    return translate(from_json(sentence), current())


def said(sentence: Any) -> Markup:
    """`tr` for a sentence that names people: on an English page a Chinese name says that it is Chinese, for those who
    have it read aloud.
    """
    text = str(escape(tr(sentence)))
    return Markup(CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', text) if current() == "en" else text)


def fmt_date(day: date) -> str:
    return format_date(day, current())


def _choose() -> str:
    if is_program():
        return _asked_for()
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    cookie = request.cookies.get(COOKIE)
    if cookie in LANGUAGES:
        return str(cookie)
    return _asked_for()


def _asked_for() -> str:
    return request.accept_languages.best_match(LANGUAGES, default=current_app.config["DEFAULT_LANGUAGE"])


def called(guest: Any) -> str:
    """How a sentence to this reader calls a guest: in Chinese by the Chinese name alone, as the lists do."""
    return str(guest.name_zh if current() == "zh" and guest.name_zh else guest.name)
