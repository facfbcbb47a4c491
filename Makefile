# Two commands matter: `make demo` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := bash

.PHONY: help demo test lint bench pictures clean packages

help:  ## list what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/installed  ## set up, then follow, keep and publish the bundled newsstand
	$(BIN)/python demo/run.py

test: $(VENV)/developing packages  ## set up, then lint, types, tests and coverage
	$(BIN)/python tests/run.py

lint: $(VENV)/developing  ## style and types only
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: $(VENV)/developing  ## the benchmarks, as ratios beside the peers
	for each in benchmarks/*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

pictures: $(VENV)/developing packages  ## make the README's pictures again
	$(BIN)/python tools/pictures.py

clean:  ## remove what was made
	rm -rf $(VENV) demo/out .coverage* .mypy_cache .pytest_cache .ruff_cache

# Jekyll and Chromium build and look at what we publish. Without them those tests skip.
packages:
	@missing=""; command -v jekyll >/dev/null || missing="jekyll"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing $$missing"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; } \
			>/tmp/newskeep-packages.log 2>&1 || echo "could not install $$missing; their tests will skip"; \
	fi

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newskeep needs Python 3.11 or newer; run: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@
