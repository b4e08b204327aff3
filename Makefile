# Innkeep. Everything runs in .venv; nothing outside this folder is touched, except that `make test` and `make install`
# fetch missing system packages with apt-get when run as root.

PORT ?= 5000
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset test lint bench wheel translations lock

help: ## Show this list
	@echo "make <target>, one of:"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

install: .venv/.installed ## Make .venv with the pms command (needs Python 3.11 or later)

demo: install ## Serve the demo hotel on PORT (5000); a second start keeps its data
	@.venv/bin/pms demo --port $(PORT)

demo-reset: install ## Throw the demo hotel away and serve a new one
	@.venv/bin/pms demo --reset --port $(PORT)

test: .venv/.installed-dev lint ## Set up what is missing, check the code, run every test on SQLite and PostgreSQL
	@tools/setup_machine.sh
	$(PY) -m pytest -n auto --dist loadgroup

lint: .venv/.installed-dev ## Style, types and who may import whom
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: .venv/.installed-dev ## Measure again every speed the README states
	$(PY) -m bench

wheel: .venv/.installed-dev ## Build dist/innkeep-*.whl
	$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

translations: .venv/.installed-dev ## Extract the sentences anew and name those without Chinese
	$(PY) tools/translations.py update
	$(PY) tools/translations.py check

lock: ## Write requirements/*.txt anew from pyproject.toml (needs pip-tools)
	$(PY) tools/lock.py

# Stamps, so that the second time is quick.
.venv/.installed: pyproject.toml requirements/install.txt tools/install.sh
	@tools/install.sh requirements/install.txt
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.txt
	@tools/install.sh requirements/install.txt requirements/dev.txt
	@touch $@
