#!/bin/sh
# Installs what only the tests need and pip cannot bring: axe-core, a Chromium, PostgreSQL, nginx.
# What cannot be installed is said, with its remedy; the tests that need it are then skipped with the same words.
cd "$(dirname "$0")/.." || exit 1
if command -v npm >/dev/null; then
  npm ci --no-audit --no-fund --silent || echo "axe-core could not be installed (npm ci failed): accessibility tests are skipped."
else
  echo "npm is missing: accessibility tests are skipped. Remedy: install Node.js 20 or newer."
fi
here() { for name; do command -v "$name" >/dev/null && return; done; return 1; }
if here chromium-headless-shell chrome-headless-shell; then :
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  # The shell is the same engine at a third of the processor time; it is not in every distribution, and without it a Chromium will do.
  (timeout 120 apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::http::Timeout=20 install -y -qq chromium-headless-shell ||
    here chromium chromium-browser google-chrome || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null 2>&1 ||
    echo "Chromium could not be installed: browser tests are skipped. Remedy: apt-get install chromium."
elif here chromium chromium-browser google-chrome; then :
else
  echo "Chromium is missing: browser tests are skipped. Remedy: as root, apt-get install chromium."
fi
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql) >/dev/null 2>&1 ||
      echo "PostgreSQL could not be installed: its tests are skipped. Remedy: apt-get install postgresql."
  else
    echo "PostgreSQL is missing: its tests are skipped. Remedy: as root, apt-get install postgresql."
  fi
fi
if ! command -v nginx >/dev/null && [ ! -x /usr/sbin/nginx ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light) >/dev/null 2>&1 ||
      echo "nginx could not be installed: the test of the deployment is skipped. Remedy: apt-get install nginx-light."
  else
    echo "nginx is missing: the test of the deployment is skipped. Remedy: as root, apt-get install nginx-light."
  fi
fi
exit 0
