# The only door. `make` alone lists the recipes.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-all demo hub test check fix bench docs lock clean

help: ## list the recipes
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## what running Crosswalk needs, in .venv

setup-all: $(VENV)/.ready-all ## also what testing it needs

$(VENV)/bin/python:
	@tools/system python
	@$$(tools/system which-python) -m venv $(VENV)

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-all: requirements-dev.lock $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The hub stays up where somebody sits at a terminal; else it shows that it answers, and stops.
demo: setup ## an invented county, from raw files to the explained list (the main job), then the hub on it
	@$(BIN)/crosswalk demo
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/crosswalk serve --demo --data demo --open; \
	else $(BIN)/crosswalk serve --demo --data demo --once; fi

hub: setup ## the hub alone, on the county of `make demo`: http://127.0.0.1:8000 until Ctrl-C
	@test -f demo/latest/findings.parquet || $(BIN)/crosswalk demo --no-open
	@$(BIN)/crosswalk serve --demo --data demo

test: setup-all ## install all that the tests need and run them
	@tools/system chromium java postgresql
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --junitxml=.pytest_cache/junit.xml $(ARGS)

check: setup-all ## format, lint, types, import laws, policy, documentation, known vulnerabilities
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/crosswalk policy check
	@$(BIN)/python tools/docs.py --check
	@$(BIN)/python tools/words.py --check
	@$(BIN)/python tools/audit.py

fix: setup-all ## mend what a machine can mend: format, import order, generated pages
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/python tools/docs.py
	@$(BIN)/python tools/words.py

docs: setup-all ## write the generated pages
	@$(BIN)/python tools/docs.py
	@$(BIN)/python tools/words.py

bench: setup-all ## measure: ratios side by side in one run (long; bench/README.md names the parts)
	@$(BIN)/python bench/all.py $(ARGS)

lock: setup-all ## resolve the newest versions that fit and pin them
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --extra embedded --group build -o requirements.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group build --group dev -o requirements-dev.lock

clean: ## remove what was made here (not data/)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis demo
