# Everything from nothing: needs python3 (3.11 or later) and make.
#
# Packages are locked in requirements.lock (to run and to build) and requirements-test.lock (the
# same and what the tests need). After a change to pyproject.toml, lock both again, in this order:
#   uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate \
#     --python-version 3.11 --extra build pyproject.toml -o requirements.lock
#   uv pip compile -q --generate-hashes --no-emit-index-url --no-header --no-annotate \
#     --python-version 3.11 --extra build --extra test -c requirements.lock pyproject.toml \
#     -o requirements-test.lock
# The web part is locked in web/package-lock.json: `cd web && npm install` after a change there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
# WEB=no leaves the web part out: pages then work without scripts.
WEB ?= yes

PIP := $(BIN)/pip install --quiet --disable-pip-version-check
NPM := sh web/npm.sh $(BIN)/python --prefix web
BUNDLES := src/gcm_graph/service/static/web/manifest.json
WEB_SOURCES := $(shell find web/src -type f) web/vite.config.ts web/tsconfig.json
ifeq ($(WEB),no)
  WITH_WEB :=
else
  WITH_WEB := $(BUNDLES)
endif

.PHONY: serve test build web check lint docs translations fuzz soak audit bench clean

serve: build $(WITH_WEB)
	$(BIN)/gcm-graph serve --host $(HOST) --port $(PORT)

build: $(VENV)/installed
	$(BIN)/gcm-graph build

web: $(BUNDLES)

check: $(VENV)/installed
	$(BIN)/gcm-graph check

lint: $(VENV)/installed-test web/node_modules/installed
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --quiet --check
	$(BIN)/mypy
	$(NPM) run --silent check

test: lint $(WITH_WEB)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n 2
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# What takes too long for every run of the tests; each writes its result into docs/.
SECONDS ?= 3600
fuzz: $(VENV)/installed-test
	$(BIN)/python tests/fuzz

soak: $(VENV)/installed-test
	$(BIN)/python tests/soak $(SECONDS)

audit: $(VENV)/installed
	.ci/audit

docs: $(VENV)/installed
	$(BIN)/python -m gcm_graph.documentation

# Bring the catalogues of French and Spanish up to the words of the interface; then fill in
# what is empty in src/gcm_graph/service/locale.
translations: $(VENV)/installed
	$(BIN)/python -m gcm_graph.service.catalogue

clean:
	rm -rf $(VENV) release web/node_modules src/gcm_graph/service/static/web

$(VENV)/installed: requirements.lock pyproject.toml
	test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-test: $(VENV)/installed requirements-test.lock
	$(PIP) --require-hashes -r requirements-test.lock
	touch $@

web/node_modules/installed: web/package-lock.json web/package.json $(VENV)/installed
	@$(NPM) ci --silent --prefer-offline || { \
	  echo "The packages of the web part could not be installed. They come from the npm registry" >&2; \
	  echo "once, and from npm's cache after that; $(NPM) ci shows what npm says." >&2; \
	  echo "To go on without scripts in the pages: make serve WEB=no" >&2; exit 1; }
	@touch $@

$(BUNDLES): $(WEB_SOURCES) web/node_modules/installed
	$(NPM) run --silent build

# Compare with peers over HTTP; RDFLIB_ENDPOINT and OXIGRAPH name their programs, where they are
# not on the path. The tables go to docs/performance.md by hand, with versions and date.
bench: build
	$(BIN)/python -m benchmarks.endpoints
