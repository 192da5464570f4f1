#!/bin/sh
# Collects the desk's texts (English in the source) into the Dutch catalogue and compiles it; tells what has no Dutch yet.
cd "$(dirname "$0")/.." || exit 1
command -v xgettext >/dev/null || { echo "xgettext is missing. Remedy: apt-get install gettext." >&2; exit 77; }
DRIEGESPREK_DATA="${DRIEGESPREK_DATA:-${TMPDIR:-/tmp}/driegesprek-messages}" DJANGO_SETTINGS_MODULE=driegesprek.web.site.settings exec .venv/bin/python tools/messages.py
