# Everything from nothing: needs python3 (3.11 or later) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: serve test build check lint docs clean

serve: build
	$(BIN)/gcm-graph serve --host $(HOST) --port $(PORT)

build: $(VENV)/installed
	$(BIN)/gcm-graph build

check: $(VENV)/installed
	$(BIN)/gcm-graph check

lint: $(VENV)/installed
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	$(BIN)/mypy

test: lint
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

docs: $(VENV)/installed
	$(BIN)/python -m gcm_graph.documentation

clean:
	rm -rf $(VENV) release

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
