#!/bin/sh
# Everything: rules, tests on SQLite (browser included), the web tests once more on PostgreSQL.
cd "$(dirname "$0")/.." || exit 1
bad=0
# Tables are made as the models are: `makemigrations --check` says that migrations lead there, and tests of the command line,
# of serving and of keeping run them.
quick="-q -n 2 --dist loadscope --no-loadscope-reorder --no-migrations"
# The rules beside the tests, which wait for servers and browsers now and then; what they say stands after them.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
sh tools/lint.sh >"$said" 2>&1 &
rules=$!
echo "· tests on SQLite"
.venv/bin/python -m pytest $quick "$@" || bad=1
wait $rules || bad=1
cat "$said"
echo "· tests on PostgreSQL"
sh tools/with_postgres.sh .venv/bin/python -m pytest $quick -m "not browser" tests/web "$@"
code=$?
[ $code = 77 ] && echo "skipped: the PostgreSQL tests, because its programs are not here (remedy above)"
[ $code = 0 ] || [ $code = 77 ] || bad=1
exit $bad
