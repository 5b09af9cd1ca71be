# Two commands prepare everything: `make demo` and `make test`. Stamps under build/ remember what is
# done, so that the second time is fast. What needs root is tried only as root.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
OFFICE_FONTS ?=
TESTS ?=

B := build
RUN := .venv/bin/python
PIP := $(RUN) -m pip install -qq --disable-pip-version-check --require-hashes
MANAGE := DEBUG=1 DEMO=1 $(RUN) manage.py
PYTEST := $(RUN) -m pytest -q -n 3 --dist worksteal
READY := $(B)/runtime $(B)/native.stamp $(B)/fonts/fonts.json .env
TESTABLE := $(B)/development $(READY) $(B)/testtools

# Debian splits venv from pip: where only pip is there, it can furnish an empty environment.
venv-by-pip = { $(PYTHON) -m venv --clear --without-pip .venv && \
	$(PYTHON) -m pip -q --python $(RUN) install pip; }

# Runs a command that says something only when it fails.
quietly = said=$$($(1) 2>&1) || { echo "$$said"; exit 1; }

export OFFICE_FONTS

.DELETE_ON_ERROR:
.PHONY: help demo guide bundle test test-long bench lint fonts lock clean

help:
	@echo "make demo       prepare all, load the sample, write out/, serve http://127.0.0.1:$(PORT)/"
	@echo "                (SERVE=0 stops before serving)"
	@echo "make guide      take the screenshots of the guides anew"
	@echo "make bundle     one file to install the site from on a server without internet"
	@echo "make test       lint, types, import contracts, all tests on SQLite and PostgreSQL"
	@echo "make test-long  all tests: the random ones at full size, browsers, races, kills"
	@echo "make bench      the figures of speed and memory"
	@echo "make lint       lint, format, types and import contracts only"
	@echo "make fonts      make the fonts anew (OFFICE_FONTS=/folder puts licensed faces first)"
	@echo "make lock       write the lock files anew (UPGRADE=1 takes newer releases)"
	@echo "make clean      remove what make made; the database and releases stay"

# ---- environment -------------------------------------------------------------------------------

$(B)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with make PYTHON=..."; exit 1; }
	@echo "environment: making .venv"
	@$(PYTHON) -m venv .venv > /dev/null 2>&1 || $(venv-by-pip) || \
		{ echo "Python has neither venv nor pip; Debian: apt-get install python3-venv"; exit 1; }
	@mkdir -p $(B) && touch $@

$(B)/runtime: requirements.lock | $(B)/venv
	@echo "environment: installing what the site needs"
	@$(PIP) -r $<
	@touch $@

$(B)/development: requirements-dev.lock | $(B)/runtime
	@echo "environment: installing what the tests need"
	@$(PIP) -r $<
	@touch $@

$(B)/bench: requirements-bench.lock | $(B)/development
	@$(PIP) -r $<
	@touch $@

$(B)/native.stamp: scripts/native.py scripts/debian.py | $(B)/runtime
	@$(RUN) -m scripts.native $(B) $@

$(B)/testtools: scripts/testtools.py scripts/debian.py | $(B)/runtime
	@$(RUN) -m scripts.testtools $@

$(B)/fonts/fonts.json: $(wildcard scripts/fonts/*.py) | $(B)/runtime
	@$(RUN) -m scripts.fonts $(B)

fonts: $(B)/runtime
	@$(RUN) -m scripts.fonts $(B)

# A key for this checkout alone; a server gets its own by the environment (.env.example).
.env: | $(B)/venv
	@$(RUN) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(48))' > $@
	@chmod 600 $@

# ---- the site ----------------------------------------------------------------------------------

demo: $(READY)
	@echo "demo: database, code lists, the sample department, drafts of invented departments"
	@$(call quietly,$(MANAGE) migrate)
	@$(call quietly,$(MANAGE) loadcodes)
	@$(call quietly,$(MANAGE) loadsample)
	@$(call quietly,$(MANAGE) loadsample --drafts)
	@$(call quietly,$(MANAGE) loadindicators)
	@echo "demo: a small city of invented departments in every state of the way"
	@$(call quietly,START_JOBS=0 $(MANAGE) loadcity)
	@echo "demo: its document as HTML, PDF, XLSX, CSV and JSON in $(CURDIR)/out"
	@$(call quietly,$(MANAGE) writedisclosure 157 2023 --out out)
	@echo "demo: invented people to sign in as"
	@$(MANAGE) createdemopeople --site http://127.0.0.1:$(PORT)
ifneq ($(SERVE),0)
	@echo "Open http://127.0.0.1:$(PORT)/ for the published documents (Ctrl+C stops),"
	@echo "http://127.0.0.1:$(PORT)/admin/ after: $(RUN) manage.py createsuperuser"
	@DJANGO_RUNSERVER_HIDE_WARNING=true DEBUG=0 DEMO=1 $(RUN) manage.py runserver --noreload 127.0.0.1:$(PORT)
endif

# From the demo, in a database that is made for it and gone afterwards.
guide: $(TESTABLE)
	@$(RUN) -m scripts.guide docs/images/guide

# For a server of this machine's kind: its processor, its Python. Takes what is committed.
bundle: $(READY)
	@$(RUN) -m scripts.bundle $(B)

# ---- tests -------------------------------------------------------------------------------------

lint: $(B)/development .env
	@echo "lint: ruff"
	@$(RUN) -m ruff check -q .
	@$(call quietly,$(RUN) -m ruff format --check .)
	@echo "lint: mypy"
	@$(RUN) -m mypy --no-error-summary .
	@echo "lint: import contracts"
	@$(call quietly,.venv/bin/lint-imports --no-logo --cache-dir $(B)/import-linter)

# On PostgreSQL only what touches the database runs again.
test: lint $(TESTABLE)
	@echo "tests: migrations"
	@$(call quietly,DATABASE_URL=sqlite:///$(B)/none.sqlite3 \
		$(RUN) manage.py makemigrations --check --dry-run)
	@echo "tests: all, on SQLite"
	@DATABASE_URL= $(PYTEST) $(TESTS)
	@echo "tests: those that touch the database, on PostgreSQL"
	@$(RUN) -m scripts.postgres $(PYTEST) --only-database $(TESTS)

test-long: $(TESTABLE)
	@DATABASE_URL= $(PYTEST) --long $(TESTS)
	@$(RUN) -m scripts.postgres $(PYTEST) --long --only-database $(TESTS)

bench: $(READY) $(B)/bench
	@$(RUN) -m bench

# ---- upkeep ------------------------------------------------------------------------------------

# uv resolves for every Python and system at once; plain pip installs the result.
COMPILE = $(B)/uv/bin/uv pip compile -q --no-config --universal --python-version 3.11 \
	--generate-hashes --no-header $(if $(UPGRADE),--upgrade)

lock: | $(B)/venv
	@test -x $(B)/uv/bin/uv || { $(PYTHON) -m venv $(B)/uv && $(B)/uv/bin/pip install -qq uv; }
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	@$(COMPILE) --group bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	@rm -rf .venv $(B) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
