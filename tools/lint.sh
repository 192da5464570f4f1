#!/bin/sh
# The rules of the house: imports, style, types, migrations, lengths. Each is run, all failures are shown.
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
bad=0
step() { echo "· $1"; shift; "$@" || bad=1; }
step "ruff check" $bin/ruff check --quiet .
step "ruff format" $bin/ruff format --check --quiet .
step "import-linter" $bin/lint-imports --no-cache
step "mypy, strict on the workshops" $bin/mypy --no-error-summary
step "migrations" env DRIEGESPREK_DATA="${TMPDIR:-/tmp}/driegesprek-lint" $bin/python -m django makemigrations --check --dry-run -v0 --settings driegesprek.web.site.settings
exit $bad
