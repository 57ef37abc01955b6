# Everything a developer does here. The first two lines of a new machine: make run, make test.

PYTHON = python3
VENV = .venv/bin/python
BIN = $(dir $(VENV))
PYTEST = -n 3 --dist loadfile
.DEFAULT_GOAL := help
LAWS = $(addprefix tests/jira_integration/test_,calculation.py difference.py reconstruction.py)
FUZZER = .venv-schemathesis/bin/schemathesis
.PHONY: help run test check lock bench fuzz api matrix screenshots clean core dev

help: ## list what make can do
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

run: core ## set up what is missing and start everything, on http://127.0.0.1:8000
	@exec $(VENV) -m config.up --with-parent

test: dev ## run the whole suite, with coverage (ARGS="-k word" narrows it)
	@$(VENV) -m pytest $(PYTEST) --cov $(ARGS)

check: dev ## run the linters, the type checker and the checks of the locks and of deploy/
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@$(VENV) -m mypy .
	@$(VENV) -m djlint --quiet --check --lint templates
	@$(VENV) -m config.locks --check
	@$(BIN)hadolint Dockerfile
	@$(BIN)check-jsonschema -q --builtin-schema vendor.compose-spec compose.yaml
	@$(BIN)kubernetes-validate --strict --quiet deploy/kubernetes/*.yaml
	@$(BIN)shellcheck .ci/run

matrix: dev ## walk through who may do what, at every address
	@$(VENV) -m pytest -q $(PYTEST) $(wildcard tests/*/matrix) $(ARGS)

bench: dev ## measure what is promised, with the real programs (ARGS="4 --small": one row, in short)
	@$(VENV) -m bench $(ARGS)

fuzz: dev ## hold the formulas of the Jira room to their laws, 10,000 cases each
	@PLUMBLINE_PROPERTY_CASES=10000 $(VENV) -m pytest -q -n 2 $(LAWS) $(ARGS)

api: dev ## hold the API to its own description with Schemathesis (ARGS="--short --cases 5": in short)
	@$(PYTHON) config/bootstrap.py --schemathesis
	@$(VENV) -m tests.described $(FUZZER) $(ARGS)

lock: dev ## work the locked versions out anew from requirements/*.in
	@$(VENV) -m config.locks

screenshots: dev ## take the pictures of the guides anew (ARGS="--all DIR": every page)
	@$(VENV) -m docs.screenshots $(ARGS)

clean: ## remove the environment and every cache; var/, with the data, stays
	rm -rf .venv .venv-schemathesis .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis staticfiles
	find . -name __pycache__ -prune -exec rm -rf {} +

core:
	@$(PYTHON) config/bootstrap.py

dev:
	@$(PYTHON) config/bootstrap.py --dev
