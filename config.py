"""Defaults of Innkeep. Every UPPERCASE name may be overridden by the environment: PMS_<NAME> wins.

This file travels inside the package; edit a checkout's copy only for development. In production set the
environment (see docs/operators/configuration.md). Values from the environment are read as the type of the default.
"""

# --- Where things are kept ------------------------------------------------------------------------------------------
# SQLAlchemy address of the database. SQLite: sqlite:///relative.db or sqlite:////absolute.db.
# PostgreSQL 15 or later: postgresql+psycopg://user:password@host/name
DATABASE_URL = "sqlite:///var/innkeep.db"
# What the program writes besides the database: the copies of the night audit, in backups/.
DATA_DIR = "var"

# --- Security -------------------------------------------------------------------------------------------------------
# "production", "demo" or "development". In production the program refuses to start without SECRET_KEY.
ENVIRONMENT = "production"
# Signs form tokens. At least 32 random characters: python -c "import secrets; print(secrets.token_urlsafe(48))"
SECRET_KEY = ""
# The browser sends the session cookie over HTTPS only. Switch off only for a demo on your own machine.
SESSION_COOKIE_SECURE = True
# A signed-in person is asked again after this many idle minutes, and after this many hours in any case.
SESSION_IDLE_MINUTES = 60
SESSION_HOURS = 12
# Wrong passwords: after this many tries for one account, or from one address, a pause of so many minutes.
LOGIN_TRIES_PER_ACCOUNT = 5
LOGIN_TRIES_PER_ADDRESS = 30
LOGIN_PAUSE_MINUTES = 15
# How many proxies stand in front and set X-Forwarded-For and X-Forwarded-Proto. 0 trusts none.
TRUSTED_PROXIES = 0
# Names under which the house may be called, separated by commas in the environment; empty: any.
TRUSTED_HOSTS: list[str] = []
# Largest upload in bytes (hotel files, booking files).
MAX_CONTENT_LENGTH = 16 * 1024 * 1024

# --- Serving --------------------------------------------------------------------------------------------------------
HOST = "127.0.0.1"
PORT = 5000
# Threads of the built-in server (`pms serve`).
THREADS = 8

# --- Language -------------------------------------------------------------------------------------------------------
# Of somebody who has not chosen: "en" or "zh".
DEFAULT_LANGUAGE = "en"

# --- Logs -----------------------------------------------------------------------------------------------------------
# DEBUG, INFO, WARNING or ERROR; one JSON object a line when LOG_JSON is on. Guests' data never goes into the log.
LOG_LEVEL = "INFO"
LOG_JSON = True

# --- Regular work (pms worker) --------------------------------------------------------------------------------------
# Papers are laid here, in a folder for each department; empty: they stay in the archive only.
PAPERS_FOLDER = ""
# Who gets them by mail as well: "housekeeping=hk@hotel.example,concierge=bell@hotel.example".
PAPERS_MAIL: list[str] = []
# The mail server; without a host nothing is sent.
SMTP_HOST = ""
SMTP_PORT = 587
SMTP_TLS = True
SMTP_USER = ""
SMTP_PASSWORD = ""
MAIL_FROM = "innkeep@localhost"
