# What one can do here; `make` alone lists it. Needs Python 3.12 or newer and make, nothing else.

PYTHON ?= python3
BIN := .venv/bin
# The machine's uv where it works, or else one installed into .venv; --inexact keeps that one there.
UV = $$(uv --version >/dev/null 2>&1 && echo uv || echo $(BIN)/uv)
SYNC = VIRTUAL_ENV= UV_PROJECT_ENVIRONMENT=.venv $(UV) sync --quiet --frozen --inexact --no-python-downloads --python $(BIN)/python
PYTEST := $(BIN)/pytest -n auto --dist loadscope
MANIFEST := pyproject.toml uv.lock

.DEFAULT_GOAL := help
.PHONY: help report check test proof depths lab data verify messages notebooks bench picture lint format clean

help:  ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

report: .venv/report.stamp  ## Run the notebooks on the data that ship; write reports/aguilera-mederos/index.html
	$(BIN)/pileup report

check: lint  ## While working: style, types, and the tests that take under about a second each
	$(PYTEST) -m "not slow and not proof" --durations=10 --durations-min=1 tests

test: .venv/test.stamp  ## Everything once: every test, and the notebooks under nbval
	$(PYTEST) -m "not proof" --nbval --nbval-current-env tests notebooks

proof: .venv/test.stamp  ## Before a release: all states and cases, long fuzzing, kills, planted faults
	$(PYTEST) -m "proof or hypothesis" --hypothesis-profile proof tests

depths: .venv/test.stamp  ## Time check, test and proof one after another; print the table of docs/testing.md
	$(BIN)/python -m bench.depths

lab: .venv/lab.stamp  ## Open JupyterLab at the form that makes a report, with the notebooks beside it
	$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/launcher.ipynb

data: .venv/report.stamp  ## Download NHTSA's files and rebuild data/crashes (ARGS="--fars FOLDER --ussc FILE --states FOLDER" for more)
	$(BIN)/pileup data build $(or $(ARGS),--fars https://static.nhtsa.gov)

verify: .venv/report.stamp  ## Check the tables under data/ against data/datapackage.json
	$(BIN)/pileup data verify

messages: .venv/report.stamp  ## Bring the translators' catalogs up to date; list what is missing
	$(BIN)/pileup messages

notebooks: .venv/report.stamp  ## Run the four notebooks in place, so that their outputs are today's
	$(BIN)/jupyter nbconvert --execute --inplace --KernelManager.transport_encryption=auto --ExecutePreprocessor.record_timing=False notebooks/[1-3]*.ipynb notebooks/report.ipynb

bench: .venv/test.stamp  ## Time a report, the gate, a sweep and the crash tables against stock tools (ARGS="--fars FOLDER" for all of it)
	$(BIN)/python -m bench.report
	$(BIN)/python -m bench.page
	$(BIN)/python -m bench.gate
	$(BIN)/python -m bench.sweep
	$(BIN)/python -m bench.tables $(ARGS)

picture: .venv/report.stamp  ## Take the README's picture of the page anew (needs Chromium)
	$(BIN)/python docs/picture.py

lint: .venv/test.stamp .venv/repository.stamp  ## Check style, types and what only GitHub runs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/ty check --quiet src

format: .venv/test.stamp  ## Put the code in the house style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:  ## Remove the environment and every cache; data and reports stay
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -prune -exec rm -rf {} +

# A virtual environment, with uv inside it where the machine has none.
.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 12))' || { echo "Python 3.12 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Say which to use: make PYTHON=python3.13" >&2; exit 2; }
	@echo "Setting up .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@uv --version >/dev/null 2>&1 || test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/report.stamp: .venv/made.stamp $(MANIFEST)
	@$(SYNC)
	@touch $@

.venv/lab.stamp: .venv/made.stamp $(MANIFEST)
	@$(SYNC) --extra lab
	@touch $@

.venv/test.stamp: .venv/made.stamp $(MANIFEST)
	@$(SYNC) --extra test
	@touch $@

# What only GitHub runs or reads, by the schemas that check-jsonschema carries and by zizmor; no network.
WORKFLOWS := $(wildcard .github/workflows/*.yml)
FORMS := $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
SCHEMA = $(BIN)/check-jsonschema --builtin-schema
.venv/repository.stamp: .venv/test.stamp Makefile .github/dependabot.yml .github/ISSUE_TEMPLATE/config.yml CITATION.cff $(WORKFLOWS) $(FORMS)
	$(BIN)/zizmor --quiet --offline --strict-collection --persona=pedantic .
	$(SCHEMA) vendor.github-workflows $(WORKFLOWS)
	$(SCHEMA) custom.github-workflows-require-timeout $(WORKFLOWS)
	$(SCHEMA) vendor.github-issue-forms $(FORMS)
	$(SCHEMA) vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(SCHEMA) vendor.dependabot .github/dependabot.yml
	$(SCHEMA) vendor.citation-file-format CITATION.cff
	@touch $@
