# Kecan: every target sets the project up first when the lock files have changed.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
ARGS ?=
MEASURE ?=
COOL_DOWN ?= $(shell date -d '-7 days' +%F)
WEB_TESTS := tests/web

.PHONY: help setup demo serve test coverage test-postgres browser check format lint types walls bench migrations lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(STAMP) ## build .venv from the lock files

$(STAMP): requirements/dev.lock pyproject.toml
	@echo "==> Setting up .venv from requirements/dev.lock"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@echo "==> Preparing the reader of ballots: about a minute"
	@$(BIN)/kecan ballot prepare
	@touch $@

demo: $(STAMP) ## build the demonstration district, run its day, serve it (ARGS=--no-serve)
	@$(BIN)/kecan demo $(ARGS)

serve: $(STAMP) ## serve the web application
	@$(BIN)/kecan serve $(ARGS)

test: $(STAMP) ## all tests, in random order
	@echo "==> Running all tests"
	@$(BIN)/python $(MEASURE) -m pytest -q -n 2 -p no:cacheprovider $(ARGS)

# A wrong answer of these costs somebody a career: every branch of them is tested.
EXACT := src/kecan/regulations/*,src/kecan/tally.py,src/kecan/paper_ballot/interpret.py,src/kecan/paper_ballot/habit.py

coverage: $(STAMP) ## all tests with branch coverage: 95 % of all, 100 % where a wrong answer costs a career
	@rm -f .coverage .coverage.*
	@$(MAKE) --no-print-directory test MEASURE='-m coverage run'
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report --format=total
	@$(BIN)/python -m coverage report --fail-under=100 --include='$(EXACT)'

test-postgres: $(STAMP) ## the web tests on PostgreSQL (embedded, or KECAN_TEST_DATABASE_URL)
	@$(BIN)/python tests/run_on_postgresql.py $(WEB_TESTS) $(ARGS)

BROWSER_STAMP := .venv/.browser-ready

$(BROWSER_STAMP): $(STAMP) requirements/browser.lock
	@echo "==> Adding what drives a browser"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/browser.lock
	@touch $@

# A browser may hold a connection a moment longer than the server of its test: sockets and threads end then, with a warning.
browser: $(BROWSER_STAMP) ## journeys in the Chromium of this machine (KECAN_CHROMIUM: another one)
	@KECAN_CHROMIUM=$${KECAN_CHROMIUM:-$$(command -v chromium || command -v google-chrome)} $(BIN)/python -m pytest -q -W ignore::pytest.PytestUnraisableExceptionWarning -W ignore::pytest.PytestUnhandledThreadExceptionWarning tests/web/browser $(ARGS)

check: format-check lint types walls migrations ## format, lint, types, walls, migrations

format: $(STAMP) ## format the code
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

.PHONY: format-check
format-check: $(STAMP)
	@$(BIN)/ruff format --check --quiet .

lint: $(STAMP) ## ruff and deptry
	@$(BIN)/ruff check .
	@$(BIN)/deptry src 2>&1 | tail -15; exit $${PIPESTATUS[0]}

types: $(STAMP) ## mypy, strict
	@$(BIN)/mypy

walls: $(STAMP) ## import-linter
	@$(BIN)/lint-imports --no-cache

migrations: $(STAMP) ## every model change has its migration
	@DJANGO_SETTINGS_MODULE=kecan.web.settings $(BIN)/python -m django makemigrations --check --dry-run

BENCH_STAMP := .venv/.bench-ready

$(BENCH_STAMP): $(STAMP) requirements/bench.lock
	@echo "==> Adding what the benchmarks compare with"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	@touch $@

bench: $(BENCH_STAMP) ## print every benchmark with its comparison
	@for b in benchmarks/*.py; do echo "==> $$b"; $(BIN)/python $$b || exit 1; done

lock: ## renew the lock files (needs uv); keeps a week's distance from new releases
	uv pip compile pyproject.toml --extra web --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --exclude-newer $(COOL_DOWN) --quiet -o requirements/runtime.lock
	uv pip compile pyproject.toml --extra web --group build --group dev -c requirements/runtime.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --exclude-newer $(COOL_DOWN) --quiet -o requirements/dev.lock
	uv pip compile pyproject.toml --extra web --group bench -c requirements/dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --exclude-newer $(COOL_DOWN) --quiet -o requirements/bench.lock
	uv pip compile pyproject.toml --extra web --group browser -c requirements/dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --exclude-newer $(COOL_DOWN) --quiet -o requirements/browser.lock

clean: ## remove the environment and every state of a run
	rm -rf .venv var
