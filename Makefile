# Two commands set everything up on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# Every process would compile all it imports again: seconds each, of which the tests start hundreds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test long bench docs lock lint format messages
setup: .venv/.base

.venv/.base: requirements/base.txt requirements/uv.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Driegesprek needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
	@touch $@

# What pip cannot bring is fetched beside it.
.venv/.dev: requirements/base.txt requirements/uv.txt requirements/dev.txt pyproject.toml package-lock.json
	@sh tools/ensure_machine.sh & machine=$$!; $(MAKE) --no-print-directory .venv/.base && \
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt; code=$$?; wait $$machine; exit $$code
	@touch $@

demo: setup
	@$(BIN)/driegesprek demo

test: .venv/.dev
	@sh tools/test.sh

long: .venv/.dev
	@sh tools/long.sh

bench: .venv/.dev
	@$(BIN)/python -m bench

docs: .venv/.dev
	@$(BIN)/sphinx-build -q -W -b html docs docs/_build

lint: .venv/.dev
	@sh tools/lint.sh

messages: .venv/.dev
	@sh tools/messages.sh

format: .venv/.dev
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: setup
	@for name in uv base dev; do $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --quiet --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt; done
