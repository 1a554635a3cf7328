# Everything that is done with this repository is a target here; `make` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
PORT ?= 8000

help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  \033[1m%-18s\033[0m %s\n", $$1, $$2}'

# --- Set-up ---------------------------------------------------------------------------------

setup: .venv/.ready ## Build .venv with the locked versions (the other targets call this when needed)

.venv/.ready: uv.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh

catalogues: setup
	@$(PY) scripts/messages.py compile >/dev/null

# --- Run ------------------------------------------------------------------------------------

demo: catalogues ## Run the demo: one command, SQLite, made-up district (PORT=8000)
	@$(PY) -m scripts.run_demo --port $(PORT)

demo-reset: catalogues ## Throw the demo's data away and start over
	@$(PY) -m scripts.run_demo --port $(PORT) --reset

# --- Test -----------------------------------------------------------------------------------

test: catalogues ## Run the whole suite on SQLite and on PostgreSQL + Redis, with what it needs (ARGS=tests/portal/ui)
	@$(PY) -m scripts.run_tests $(ARGS)

unit: catalogues ## Run the tests that need no database (seconds)
	@$(PY) -m pytest -q -m unit

services: setup ## Start PostgreSQL and Redis on private ports until Ctrl-C, and print their addresses
	@$(PY) -m scripts.services

coverage: catalogues ## Run the tests on SQLite and report what they do not reach
	@$(PY) -m coverage run -m pytest -q -m "not browser" && $(PY) -m coverage report --skip-covered --show-missing

# --- Check ----------------------------------------------------------------------------------

CHECKS := format-check lint types contracts migrations templates translations docs django

check: catalogues ## Run every check that needs no running product
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target $(CHECKS)
	@echo "all checks passed"

format: setup ## Format the code
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix-only --quiet .

format-check: setup ## Is the code formatted?
	@$(PY) -m ruff format --check --quiet . || { echo "run: make format"; exit 1; }

lint: setup ## Ruff: style, banned clocks and signals, security
	@$(PY) -m ruff check --quiet .

types: setup ## mypy: strict in kernel, rules, states, events, actions, queries
	@.venv/bin/mypy --no-error-summary

contracts: setup ## import-linter: who may import whom
	@mkdir -p var && .venv/bin/lint-imports >var/contracts.log 2>&1 || { cat var/contracts.log; exit 1; }

migrations: setup ## Does every model change have its migration?
	@mkdir -p var && $(PY) manage.py makemigrations --check --dry-run --verbosity 1 >var/migrations.log 2>&1 || { cat var/migrations.log; exit 1; }

templates: setup ## djlint: well-formed templates
	@.venv/bin/djlint --lint --quiet portal

messages: setup ## Bring the English catalogues in line with the code (new texts come empty)
	@$(PY) scripts/messages.py extract

translations: setup ## Is English complete?
	@$(PY) scripts/messages.py check

docs: setup ## Are the generated references what the code says now?
	@$(PY) scripts/generated_docs.py --check

docs-write: setup ## Write the generated references anew
	@$(PY) scripts/generated_docs.py

django: setup ## Django's own checks, the deployment's included
	@$(PY) scripts/check_django.py

clean: ## Remove what tools have left behind (not .venv, not the demo's data)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage* test-results var/test

.PHONY: help setup catalogues demo demo-reset test unit services coverage check format $(CHECKS) messages docs-write clean
