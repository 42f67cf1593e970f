# Two commands do everything on a fresh machine, set-up included: `make features` and `make test`.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
NIGHTLY := grid or managers or webkit or mutation or rest or strangers
QUICK := "not (browser or process or completeness or proof or $(NIGHTLY))"
BROWSERS ?= --browser chromium --browser firefox
# A whole run has a floor of coverage (pyproject.toml); a few tests, which ARGS selects, are not measured.
COVERAGE = $(if $(strip $(ARGS)),,--cov --cov-report=)
FIRST_BROWSER = $(wordlist 1,2,$(BROWSERS))

.PHONY: help setup features test quick coverage fuzz lint style types own-tests dist site prove bench soak

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what is missing: virtual environment, packages, browsers
	@tools/setup

features: setup ## Run every feature: the first policy in Chromium and Firefox, the second one in Chromium
	@status=0; \
	$(PYTEST) features $(BROWSERS) $(ARGS) || status=$$?; \
	$(PYTEST) features --site garden $(FIRST_BROWSER) --report reports/garden $(ARGS) || status=$$?; \
	exit $$status

# The tests start many processes; without its bytecode, each would compile the engine anew.
test quick: export PYTHONDONTWRITEBYTECODE =

test: setup style ## Check style and types, and run the project's own tests; without ARGS, measure which lines they cover
	@$(MAKE) --no-print-directory --jobs 2 types own-tests

# Three workers on two cores: a test often waits for a browser. Each would prepare all the tests' assertions by itself,
# and its coverage measures that as well.
own-tests: setup
	@$(if $(strip $(ARGS)),,$(PYTEST) tests --collect-only -qq > /dev/null 2>&1 || true)
	$(PYTEST) tests -n 3 --dist loadfile --no-loadscope-reorder -m "not ($(NIGHTLY))" $(COVERAGE) $(ARGS)

quick: setup ## Run the tests that need no browser, in a minute or two
	HYPOTHESIS_PROFILE=quick $(PYTEST) tests -m $(QUICK) $(ARGS)

coverage: setup ## List the lines of the engine that the last whole `make test` did not cover
	$(PYTHON) -m coverage report --show-missing

dist: setup ## Build the wheel and the source distribution into dist/
	$(PYTHON) -m build --quiet --outdir dist .

fuzz: setup ## Ask 100,000 times and more whether anything that a stranger writes stops a run
	$(PYTEST) tests/evidence/test_hostile_text.py --hypothesis-profile nightly $(ARGS)

lint: style types ## Check format, style and types

style: setup
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types: setup
	$(PYTHON) -m mypy

site: setup ## Serve the reference site by itself, for people who want to click through it
	$(PYTHON) -m consentinel site --port 8443

prove: setup ## Run the features against every seeded defect and against sites that are right; write docs/proof.md
	$(PYTHON) -m consentinel prove $(ARGS)

bench: setup ## Time the same flows here and in the peers
	$(PYTHON) -m tools.bench $(ARGS)

soak: setup ## Run a thousand scenarios in a row; look for disagreement, leaks and growth
	$(PYTHON) -m tools.soak $(ARGS)
