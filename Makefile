# What a developer types. In a fresh checkout every target first makes what it needs: .venv, and for tests a browser.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test unit lint types format screenshots browser clients clean

BIN := .venv/bin
CLIENTS := tests/api/node
# Each test has a database of its own, and every commit waits for the disk: in memory that costs nothing.
IN_MEMORY := $(if $(wildcard /dev/shm/.),TMPDIR=/dev/shm)
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(or $(shell for python in $(PYTHONS); do $$python $(NEW_ENOUGH) && echo $$python && break; done),python3)

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | \
		while IFS='|' read -r target purpose; do printf 'make %-12s %s\n' "$$target" "$$purpose"; done

run: .venv/ready-to-run ## start Sparekey on this machine (elsewhere than on port 8000: PORT=8010 make run)
	@exec $(BIN)/sparekey serve

demo: .venv/ready-to-run ## look around in an invented organization, on port 8001 and apart from yours
	@exec $(BIN)/sparekey demo

test: lint types browser clients ## check everything: style, types, who imports whom, all tests
	$(IN_MEMORY) $(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist worksteal

unit: .venv/ready-to-test ## run the tests that are done in seconds
	$(BIN)/pytest tests/unit tests/properties tests/house

lint: .venv/ready-to-test ## check style and imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: .venv/ready-to-test ## check types
	$(BIN)/mypy

format: .venv/ready-to-test ## bring the code into its one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

screenshots: browser ## take pictures of every page, README's among them
	SPAREKEY_PICTURES=1 $(BIN)/pytest tests/e2e

browser: .venv/ready-to-test
	@$(BIN)/python -m tests.support.browser

clients: $(CLIENTS)/node_modules/.package-lock.json

clean: ## remove what the other targets made; instance/ with its data stays
	rm -rf .venv .*_cache .hypothesis *.egg-info tests/e2e/screenshots $(CLIENTS)/node_modules
	find app tests -name __pycache__ -prune -exec rm -rf {} +

# What npm itself leaves behind when it is done. Its program comes with Node from .venv, whatever this machine has.

$(CLIENTS)/node_modules/.package-lock.json: $(CLIENTS)/package.json $(CLIENTS)/package-lock.json | .venv/ready-to-test
	$(BIN)/npm ci --prefix $(CLIENTS) --loglevel=error
	@touch $@

# The two files below say when pip was last done, so that it runs again only after a change of pyproject.toml.

.venv/ready-to-test: .venv/ready-to-run
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

.venv/ready-to-run: pyproject.toml .venv/pyvenv.cfg
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/pyvenv.cfg:
	@$(PYTHON) $(NEW_ENOUGH) || \
		{ echo 'Sparekey needs Python 3.11 or newer. Install it, or say where it is: make PYTHON=...'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'This Python cannot make environments. On Debian and Ubuntu: apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv --clear .venv
