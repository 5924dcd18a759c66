# Everything that is done with the portal has a target here; `make` lists them.

PORT ?= 8000
HOST ?= 127.0.0.1
DATA_DIR ?= var
PYTEST_ARGS ?=
export PORT DATA_DIR

PYTHON := .venv/bin/python
RUNTIME := .venv/.runtime
DEV := .venv/.dev
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt

.DEFAULT_GOAL := help
.PHONY: help install run test reset lint format messages screenshots tour benchmark system

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  PORT (8000), HOST (127.0.0.1) and DATA_DIR (./var) are respected: make run PORT=9000"

install: system $(DEV) ## set up ./.venv with everything that running and developing need

run: system $(RUNTIME) ## start the portal with demonstration data (Ctrl-C stops it)
	@$(PYTHON) manage.py serve --host $(HOST) --check
	@$(PYTHON) manage.py prepare --demo
	@exec $(PYTHON) manage.py serve --host $(HOST)

test: system $(DEV) ## run the tests (PYTEST_ARGS="-k term" for some of them)
	@deploy/chromium.sh
	@exec $(PYTHON) -m pytest -n 2 $(PYTEST_ARGS)

reset: $(RUNTIME) ## throw the demonstration data away (all data in DATA_DIR)
	@$(PYTHON) manage.py reset

lint: $(DEV) ## check style, templates and the direction of imports
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/lint-imports

format: $(DEV) ## put the code into the house style
	@.venv/bin/ruff check --fix-only .
	@.venv/bin/ruff format .

messages: $(DEV) ## collect the texts to translate into locale/ (needs gettext)
	@command -v xgettext >/dev/null || { echo "This needs gettext: apt-get install gettext" >&2; exit 1; }
	@$(PYTHON) manage.py makemessages --locale zh_Hans --no-obsolete --add-location file \
		--ignore .venv --ignore tests --ignore var --ignore staticfiles

screenshots: system $(DEV) ## take the pictures of README.md from a portal of their own
	@$(PYTHON) -m docs.screenshots

tour: system $(DEV) ## walk a first-time user's path and take the pictures of docs/tour.md
	@$(PYTHON) -m docs.tour

benchmark: system $(DEV) ## measure the lists; the queue too where DATABASE_URL names PostgreSQL
	@$(PYTHON) -m benchmarks.lists
	@case "$$DATABASE_URL" in postgres*) $(PYTHON) -m benchmarks.queue ;; esac

system:
	@python3 deploy/system_packages.py

.venv/bin/python:
	@deploy/environment.sh

$(RUNTIME): pyproject.toml constraints.txt | .venv/bin/python
	@$(PYTHON) deploy/requirements.py | $(PIP) -r /dev/stdin
	@touch $@

$(DEV): pyproject.toml constraints.txt | .venv/bin/python
	@$(PYTHON) deploy/requirements.py dev | $(PIP) -r /dev/stdin
	@touch $@ $(RUNTIME)
