#!/bin/sh
# Everything: rules, tests on SQLite (browser included), and those of the web that ask the database once more on PostgreSQL.
cd "$(dirname "$0")/.." || exit 1
bad=0
# Tables are made as the models are: `makemigrations --check` says that migrations lead there, and tests of the command line,
# of serving and of keeping run them. Rewriting every assertion so that it can tell what it compared takes each process half a minute
# on a fresh clone: only what failed is run once more, to be told so.
quick="-q -n 2 --dist loadscope --no-loadscope-reorder --no-migrations --assert=plain"
told="-q --no-migrations --last-failed --last-failed-no-failures=none --maxfail=20"
# The rules beside the tests, which wait for servers and browsers now and then; what they say stands after them.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
sh tools/lint.sh >"$said" 2>&1 &
rules=$!
on_sqlite() { .venv/bin/python -m pytest "$@"; }
on_postgresql() { sh tools/with_postgres.sh .venv/bin/python -m pytest -m "not browser and not either_database" "$@"; }
again() { bad=1; echo "· what failed once more, to tell what was compared: failed it remains"; "$@"; }
echo "· tests on SQLite"
on_sqlite $quick "$@" || again on_sqlite $told "$@"
wait $rules || bad=1
cat "$said"
echo "· tests on PostgreSQL"
on_postgresql $quick tests/web "$@"
code=$?
[ $code = 77 ] && echo "skipped: the PostgreSQL tests, because its programs are not here (remedy above)"
[ $code = 0 ] || [ $code = 77 ] || again on_postgresql $told tests/web "$@"
exit $bad
