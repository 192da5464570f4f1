#!/bin/sh
# What takes longer than a change may wait for: all rounds of kill -9, axe on every page in every role, language and width, backups under
# load on both databases, ten times the examples of the property tests of parsers and schedules. Its dated result is committed as docs/long.md.
cd "$(dirname "$0")/.." || exit 1
export DRIEGESPREK_LONG=1
bad=0
.venv/bin/python -m pytest -q -m "long or only_long or browser" "$@" || bad=1
.venv/bin/python -m pytest -q -n 2 -m "not long and not only_long and not browser" tests/tables tests/roster tests/instruments tests/evidence/disclosure tests/web/talks tests/web/access || bad=1
sh tools/with_postgres.sh .venv/bin/python -m pytest -q -n 2 -m either_database tests/web || bad=1
exit $bad
