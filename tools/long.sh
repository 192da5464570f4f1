#!/bin/sh
# What takes longer than a change may wait for; its dated result is committed as docs/long.md.
cd "$(dirname "$0")/.." || exit 1
DRIEGESPREK_LONG=1 exec .venv/bin/python -m pytest -q -m long "$@"
