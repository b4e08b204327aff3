"""The forms of accounts. Labels are sentences; the template translates them."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from pms.access import ROLE_NAMES, Role
from pms.notices import DEPARTMENT_NAMES, Department
from pms.say import LANGUAGES, say, translate
from pms.web.fields import MISSING, at_most

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}


class LoginForm(FlaskForm):
    login = StringField(say("Login"), [MISSING, at_most(60)])
    password = PasswordField(say("Password"), [MISSING, at_most(1000)])


class PasswordForm(FlaskForm):
    current = PasswordField(say("Current password"), [MISSING])
    new = PasswordField(say("New password"), [MISSING])


class ResetForm(FlaskForm):
    password = PasswordField(say("New password"), [MISSING])


class UserForm(FlaskForm):
    """Name and place in the house of a user who is there already."""

    name = StringField(say("Name"), [MISSING, at_most(120)])
    name_zh = StringField(say("Chinese name"), [at_most(60)])
    role = SelectField(say("Role"), choices=[])
    department = SelectField(say("Department"), choices=[])

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = [SelectChoice(role.value, translate(name, lang)) for role, name in ROLE_NAMES.items()]
        departments = [SelectChoice(d.value, translate(name, lang)) for d, name in DEPARTMENT_NAMES.items()]
        self.department.choices = [SelectChoice("", "—"), *departments]

    @property
    def place(self) -> dict[str, Any]:
        """Name, role and department as the actions want them."""
        return {
            "name": self.name.data,
            "name_zh": (self.name_zh.data or "").strip() or None,
            "role": Role(self.role.data),
            "department": Department(self.department.data) if self.department.data else None,
        }


class NewUserForm(UserForm):
    login = StringField(say("Login"), [MISSING, at_most(60)])
    language = SelectField(say("Language"), choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in LANGUAGES])
    password = PasswordField(say("First password"), [MISSING])
