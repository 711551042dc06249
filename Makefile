# make demo: try it. make test: everything that CI runs. make help: the rest.

SHELL := /bin/sh
PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
SOURCES := background csp_site performance priorities tests tools manage.py

INSTALLED := $(VENV)/installed
VENDOR := build/vendor.made
STATIC := build/static.made

.DELETE_ON_ERROR:

.PHONY: help demo demo-reset run test test-fast test-sqlite test-postgresql test-browser check format bench drill mutate lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(STATIC) ## set everything up and serve the demonstration on http://127.0.0.1:8000/ (PORT=8001 for another port)
	@$(PY) -m tools.demo $(PORT)

demo-reset: ## delete what was entered into the demonstration; the next 'make demo' begins afresh
	@rm -rf var/demo && echo "The demonstration is empty. 'make demo' begins afresh."

run: $(VENDOR) ## serve for development: reloads on change, shows errors in full; needs .env
	@$(PY) manage.py migrate -v0 && $(PY) manage.py createcachetable && $(PY) manage.py runserver $(PORT)

test: $(STATIC) ## everything, side by side: check, sqlite, postgresql, browser (PART=sqlite for one of them)
	@$(PY) -m tools.parts $(PART)

test-fast: $(STATIC) ## the tests on SQLite without the slow ones, for the inner loop
	@$(PY) -m pytest -q -n auto -m "not slow" --hypothesis-profile=few tests --ignore=tests/browser

test-sqlite: $(STATIC) ## the tests on SQLite, with coverage
	@TEST_DATABASE=sqlite $(PY) -m coverage run -m pytest -q tests --ignore=tests/browser && $(PY) -m coverage report --skip-covered --skip-empty

test-postgresql: $(STATIC) ## the tests on a real PostgreSQL, started for them
	@TEST_DATABASE=postgresql $(PY) -m pytest -q tests --ignore=tests/browser

test-browser: $(STATIC) ## journeys and accessibility in a real browser
	@$(PY) -m tools.browser && $(PY) -m pytest -q tests/browser

check: $(VENDOR) ## format, lint, types, import contracts, templates, migrations, production settings
	@echo "Format and lint"; $(VENV)/bin/ruff format --check -q $(SOURCES) && $(VENV)/bin/ruff check -q $(SOURCES)
	@echo "Types"; SECRET_KEY=none ENV_FILE= $(VENV)/bin/mypy
	@echo "Import contracts"; $(VENV)/bin/lint-imports --no-logo
	@echo "Templates"; { $(VENV)/bin/djlint --quiet --check templates && $(VENV)/bin/djlint --quiet --lint templates; } || { echo "Run 'make format' and look at what it changes."; exit 1; }
	@echo "Migrations and production settings"; $(PY) -m tools.check_django

format: $(INSTALLED) ## put code and templates into the house format
	@$(VENV)/bin/ruff format -q $(SOURCES); $(VENV)/bin/ruff check -q --fix $(SOURCES); $(VENV)/bin/djlint --quiet --reformat templates || true

bench: $(STATIC) ## measure the dashboard against a bare Django view; figures go into docs/performance.md by hand
	@$(PY) -m tools.bench --big

drill: $(STATIC) ## many clients at once on both databases, with negative controls (about half an hour; PART=kills for one)
	@$(PY) -m tools.drill $(PART)
	@test -n "$(PART)" || PARTNERSHIPS_TO_WALK=2000 $(PY) -m pytest -q -n 2 tests/performance/test_every_word.py

mutate: $(STATIC) ## make small faults in the calculations, the access and the returns: do the tests see them? (an hour or more)
	@$(PY) -m tools.mutate $(FILES)

lock: $(INSTALLED) ## resolve the dependencies anew into requirements/
	@$(VENV)/bin/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header --group dev pyproject.toml -o requirements/dev.txt
	@$(VENV)/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-header -c requirements/dev.txt pyproject.toml -o requirements/production.txt

clean: ## delete everything that make has made, the demonstration too; var/db.sqlite3 stays
	@rm -rf $(VENV) build node_modules var/demo var/test.sqlite3*

$(INSTALLED): requirements/dev.txt
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed and was not found. Name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Installing the Python packages into $(VENV) (about half a minute)"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install -q --disable-pip-version-check "$$(grep -o '^uv==[^ ]*' requirements/dev.txt)" || { echo "The package registry cannot be reached."; exit 1; }
	@$(VENV)/bin/uv pip sync -q --require-hashes --python $(PY) requirements/dev.txt || { echo "The Python packages could not be installed; the reason stands above."; exit 1; }
	@touch $@

$(VENDOR): $(INSTALLED) package-lock.json tools/build_assets.py tools/govuk.scss
	@echo "Fetching and compiling what the browser gets (a few seconds)"
	@$(PY) tools/build_assets.py && touch $@

$(STATIC): $(VENDOR) $(shell find static -type f)
	@echo "Collecting and compressing the static files (about ten seconds)"
	@rm -rf build/static && SECRET_KEY=none ENV_FILE= DEBUG=off $(PY) manage.py collectstatic --noinput -v0 && touch $@
