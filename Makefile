# Two commands do everything on a fresh machine, set-up included: `make features` and `make test`.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
BROWSERS ?= --browser chromium --browser firefox

.PHONY: help setup features test lint site prove bench soak

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what is missing: virtual environment, packages, browsers
	@scripts/setup

features: setup ## Run every feature against the reference site, in Chromium and Firefox
	$(PYTEST) features $(BROWSERS) $(ARGS)

test: setup lint ## Run the project's own tests
	$(PYTEST) tests -m "not grid and not managers and not webkit" $(ARGS)

lint: setup ## Check format, style and types
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy .

site: setup ## Serve the reference site by itself, for people who want to click through it
	$(PYTHON) -m reference_site --port 8443

prove: setup ## Run the features against every seeded defect and against sites that are right; write docs/proof.md
	$(PYTHON) -m proof $(ARGS)

bench: setup ## Time the same flows here and in the peers
	$(PYTHON) -m bench $(ARGS)

soak: setup ## Run a thousand scenarios in a row; look for disagreement, leaks and growth
	$(PYTHON) -m soak $(ARGS)
