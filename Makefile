# Everything a newcomer needs; `make` alone says what there is.
PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
# Tests wait for servers and browsers of theirs, so one more runs than there are processors.
JOBS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 1) + 1)))
DEV := DJANGO_SETTINGS_MODULE=feedback.config.settings.dev EARSHOT_ADDRESS=http://$(HOST):$(PORT)
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo code test quick database check fix journeys fuzz audit secrets bench peers docs clean everything

help: ## says what there is
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

.venv/bin/python:
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. On Debian: apt install python3-venv" >&2; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed." >&2; exit 1; }
	python3 -m venv .venv

.venv/run.ok: requirements.txt | .venv/bin/python
ifdef UV
	uv pip install -q -p $(PY) --require-hashes -r requirements.txt
else
	$(PY) -m pip install -q --no-compile --disable-pip-version-check --require-hashes -r requirements.txt
endif
	@touch $@

.venv/dev.ok: requirements-dev.txt .venv/run.ok
ifdef UV
	uv pip install -q -p $(PY) --require-hashes -r requirements-dev.txt
else
	$(PY) -m pip install -q --no-compile --disable-pip-version-check --require-hashes -r requirements-dev.txt
endif
	@touch $@

.venv/languages.ok: $(wildcard locale/*/LC_MESSAGES/django.po) .venv/run.ok
	@$(DEV) $(PY) manage.py compile_languages
	@touch $@

demo: .venv/run.ok .venv/languages.ok ## loads two invented areas and serves them at http://HOST:PORT
	@$(DEV) $(PY) manage.py migrate -v0
	@$(DEV) $(PY) manage.py demo
	@echo "  Stop with Ctrl-C. The data stays in var/."
	@$(DEV) $(PY) manage.py screen_waiting --watch 2 & sweeper=$$!; trap "kill $$sweeper 2>/dev/null" EXIT INT TERM; \
	$(DEV) .venv/bin/gunicorn feedback.config.wsgi --bind $(HOST):$(PORT) --worker-class gthread --threads 4 --log-level warning --no-control-socket

code: .venv/run.ok ## the six digits that the demo's second factor asks for
	@$(DEV) $(PY) manage.py demo_code

test: .venv/dev.ok .venv/languages.ok ## runs every test this machine can run; says at the end what it cannot
	$(PY) -m pytest -q -n $(JOBS) --dist loadgroup tests/unit tests/spec tests/integration tests/guards
	$(PY) -m pytest -q -n $(JOBS) --dist loadfile tests/journeys

quick: .venv/dev.ok ## the pure rooms only, in seconds
	$(PY) -m pytest -q tests/unit tests/spec

database: .venv/dev.ok .venv/languages.ok ## the tests that touch a database, on the one that DATABASE_URL names
	$(PY) -m pytest -q -n $(JOBS) --dist loadgroup tests/integration tests/guards

check: .venv/dev.ok ## format, lint, types, import contracts, migrations, generated docs; runs all, reports all
	@failed=; for step in "ruff format --check -q ." "ruff check -q ." "mypy" "lint-imports --no-logo" \
	  "djlint --quiet --lint surveys cms feedback" "python .ci/find_secrets.py --changed"; do \
	  .venv/bin/$$step || failed="$$failed\n  $$step"; done; \
	$(DEV) $(PY) manage.py makemigrations --check --dry-run -v0 || failed="$$failed\n  migrations are missing"; \
	$(DEV) $(PY) manage.py reference --check || failed="$$failed\n  generated docs: run make docs"; \
	if [ -n "$$failed" ]; then printf "Failed:$$failed\n" >&2; exit 1; fi; echo "All checks passed."

fix: .venv/dev.ok ## puts right what a tool can
	.venv/bin/ruff check -q --fix . ; .venv/bin/ruff format -q .

docs: .venv/run.ok ## writes docs/reference anew
	$(DEV) $(PY) manage.py reference

journeys: .venv/dev.ok .venv/languages.ok ## the browser tests; SCREENSHOTS=dir keeps a picture of every screen
	$(PY) -m pytest -q -n $(JOBS) --dist loadfile tests/journeys

fuzz: .venv/dev.ok .venv/languages.ok ## sends CASES requests (2,000) of every bad kind to every input of respondents; SEED draws them again
	$(PY) -m tests.fuzz --cases $(or $(CASES),2000) $(if $(SEED),--seed $(SEED))

audit: .venv/dev.ok ## asks the registry whether a locked package has a known weakness; says what it could not ask
	$(PY) .ci/audit.py

secrets: .venv/dev.ok ## looks for keys and passwords in every committed file
	$(PY) .ci/find_secrets.py

bench: .venv/dev.ok ## the benchmark catalogue; prints a table and writes benchmarks/results/
	$(PY) -m benchmarks

peers: ## installs what the benchmark compares Earshot with, in an environment of its own
	python3 -m venv .venv-peers
	.venv-peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r benchmarks/peers/requirements.txt

everything: ## what CI runs
	bash .ci/run

clean: ## forgets the demo's data and the virtual environment
	rm -rf .venv var/*.sqlite3* var/media
