# Two commands do all set-up: `make run` and `make test`. Everything installs into .venv.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
export PYTHONUTF8 := 1

.PHONY: run erase access retention report app identity-diff test check bench train ui sql graph docs clean help install

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-13s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Kokyaku needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run") if sys.version_info < (3, 11) else None'
	@echo "Installing into .venv (once; about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r constraints.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

install: $(STAMP) ## create .venv with the pinned dependencies

run: $(STAMP) ## run the pipeline on KOKYAKU_LANDING (default: the sample company)
	@$(BIN)/python -m orchestration.console

report: $(STAMP) ## write the page of pictures of what is published again
	@$(BIN)/python -m orchestration.console.report

app: $(STAMP) ## look customers up: search, profile, timeline, identity graph (this machine only)
	@$(BIN)/python -m orchestration.console.app

identity-diff: $(STAMP) ## show what changed identity policies would merge, split and re-key (POLICIES=file)
	@$(BIN)/python -m orchestration.console.identity_diff $(if $(POLICIES),--policies $(POLICIES)) || test $$? -eq 3

erase: $(STAMP) ## erase one person: make erase REQUEST=…, or CUSTOMER=c…, or IDENTIFIER=email=…
	@$(BIN)/python -m orchestration.console.erase $(if $(REQUEST),--request '$(REQUEST)') $(if $(CUSTOMER),--customer '$(CUSTOMER)') $(if $(IDENTIFIER),--identifier '$(IDENTIFIER)')

access: $(STAMP) ## everything held on one person, as one package: same arguments as erase
	@$(BIN)/python -m orchestration.console.access $(if $(REQUEST),--request '$(REQUEST)') $(if $(CUSTOMER),--customer '$(CUSTOMER)') $(if $(IDENTIFIER),--identifier '$(IDENTIFIER)')

retention: $(STAMP) ## what is older than the declared periods: make retention ENFORCE=1 removes it
	@$(BIN)/python -m orchestration.console.retention $(if $(ENFORCE),--enforce)

test: $(STAMP) ## run the test suite
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

check: $(STAMP) ## format, lint, types, import rules, SQL and YAML style
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/sqlfluff lint dbt_project/models dbt_project/tests --disable-progress-bar
	@$(BIN)/yamllint --strict .

train: $(STAMP) ## learn the linkage parameters from the warehouse, for review
	@$(BIN)/python -m orchestration.console.train

ui: $(STAMP) ## Dagster UI on http://127.0.0.1:3000, with schedule and sensor daemon
	@$(BIN)/python -m orchestration.console.ui

sql: $(STAMP) ## SQL prompt on the published warehouse (read-only)
	@$(BIN)/python -m orchestration.console.sql

graph: $(STAMP) ## draw one customer's identity graph: make graph CUSTOMER=c...
	@$(BIN)/python -m orchestration.console.graph $(CUSTOMER)

bench: $(STAMP) ## measure speed and identity quality (benchmarks/README.md)
	@$(BIN)/python -m benchmarks

docs: $(STAMP) ## write docs/sources.md and docs/data-catalogue.md again
	@$(BIN)/python -m orchestration.documentation

clean: ## remove everything a run has written (not .venv)
	rm -rf "$${KOKYAKU_HOME:-.kokyaku}"
