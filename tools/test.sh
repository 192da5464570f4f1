#!/bin/sh
# Everything: rules, tests on SQLite (browser included), the web tests once more on PostgreSQL.
cd "$(dirname "$0")/.." || exit 1
bad=0
# Tables are made as the models are: `makemigrations --check` says that migrations lead there, and tests of the command line,
# of serving and of keeping run them.
quick="-q -n 2 --dist loadscope --no-migrations"
sh tools/lint.sh || bad=1
echo "· tests on SQLite"
.venv/bin/python -m pytest $quick "$@" || bad=1
echo "· tests on PostgreSQL"
sh tools/with_postgres.sh .venv/bin/python -m pytest $quick -m "not browser" tests/web "$@"
code=$?
[ $code = 77 ] && echo "skipped: the PostgreSQL tests, because its programs are not here (remedy above)"
[ $code = 0 ] || [ $code = 77 ] || bad=1
exit $bad
