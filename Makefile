# Everything from nothing: needs python3 (3.11 or later) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: build test clean

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

build: $(VENV)/installed
	$(BIN)/gcm-graph build

test: $(VENV)/installed
	$(BIN)/pytest -q -n 2

clean:
	rm -rf $(VENV) release
