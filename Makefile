# make demo: install, assess the first case, say where the page lies.
# make test: install with the tools, lint, types, all tests.
# make coverage: the same tests, and what they reach.
VENV := .venv
BIN := $(VENV)/bin
NPM := $(shell command -v npm 2>/dev/null)
UV := $(shell command -v uv 2>/dev/null)
PYTHON ?= python3

.PHONY: demo test coverage bench equal stress docs constraints clean

demo: $(VENV)/.installed
	@$(BIN)/detente run nato-csto

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/pytest -n auto --dist worksteal

# What the tests reach, against the floor in pyproject.toml.
coverage: $(VENV)/.installed-dev
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered

bench: $(VENV)/.installed-dev
	PYTHONPATH=. $(BIN)/python bench/bench.py

# The page against the product: 500 random states of the first case, 100 of each other, 10,000 hostile fragments.
equal: $(VENV)/.installed-dev
	$(BIN)/python -m tests.report.live.equal
	DETENTE_FRAGMENTS=10000 $(BIN)/pytest -q tests/report/live/test_live_page.py -k hostile

# Hours on two cores: 3,000 mutated cases and hostile text through everything, and kills inside the writing of a report.
stress: $(VENV)/.installed-dev
	$(BIN)/python -m tests.stress hostile
	$(BIN)/python -m tests.stress.kills --kills 40 --seed 1
	$(BIN)/python -m tests.stress mutants

docs: $(VENV)/.installed-dev
	$(BIN)/python docs/generate.py

$(VENV)/.installed: pyproject.toml constraints.txt
ifdef UV
	@test -x $(BIN)/python || uv venv --quiet --python '>=3.11' $(VENV)
	@uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable .
else
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
endif
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt package.json
ifdef UV
	@test -x $(BIN)/python || uv venv --quiet --python '>=3.11' $(VENV)
	@uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'
else
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
endif
ifdef NPM
	@$(NPM) install --silent --no-audit --no-fund
else
	@echo "npm was not found; the types of the page's scripts will not be checked."
endif
	@touch $@ $(VENV)/.installed

# Needs uv. No addresses, no comments: what is installed, and nothing about where from.
constraints:
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-header --no-annotate --no-emit-index-url pyproject.toml --output-file constraints.txt

clean:
	rm -rf $(VENV) node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
