"""Settings: config.py, over it the environment, over it what the caller gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from pms.web.settings import SettingsError, load, unsafe

SECRET = "s" * 48


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PMS_SECRET_KEY", raising=False)


@pytest.mark.parametrize("secret", ["", "too short"])
def test_production_does_not_start_without_a_secret_key(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMS_SECRET_KEY", secret)
    with pytest.raises(SettingsError, match="PMS_SECRET_KEY is missing or shorter"):
        load()


def test_the_demo_makes_its_own_secret() -> None:
    assert len(load({"ENVIRONMENT": "demo"})["SECRET_KEY"]) > 32


def test_the_environment_wins_over_the_defaults_and_the_caller_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMS_SECRET_KEY", SECRET)
    monkeypatch.setenv("PMS_PORT", "5330")
    monkeypatch.setenv("PMS_SESSION_COOKIE_SECURE", "no")
    monkeypatch.setenv("PMS_TRUSTED_HOSTS", "a.example, b.example")
    settings = load()
    assert (settings["PORT"], settings["SESSION_COOKIE_SECURE"]) == (5330, False)
    assert settings["TRUSTED_HOSTS"] == ["a.example", "b.example"]
    assert load({"PORT": 1})["PORT"] == 1


@pytest.mark.parametrize(
    ("name", "value"), [("PMS_PORT", "many"), ("PMS_LOG_JSON", "perhaps"), ("PMS_ENVIRONMENT", "testing")]
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("PMS_SECRET_KEY", SECRET)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load()


def test_a_relative_sqlite_file_lies_where_the_command_was_called(tmp_path: Path) -> None:
    settings = load({"ENVIRONMENT": "demo", "DATABASE_URL": "sqlite:///data/house.db"})
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/data/house.db"


def test_what_is_unsafe_in_production_is_named() -> None:
    settings = load({"SECRET_KEY": SECRET, "SESSION_COOKIE_SECURE": False})
    assert [problem.split()[0] for problem in unsafe(settings)] == ["PMS_SECRET_KEY", "PMS_SESSION_COOKIE_SECURE"]
    assert unsafe(load({"ENVIRONMENT": "demo"})) == []
