#!/bin/sh
# Everything `make check` looks at, two things at a time, the longest first. It changes no file.
set -u

check() {
    title=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $title"
    else
        printf '%s\n' "FAILED  $title: $*" "$output"
        exit 1
    fi
}

case ${1:-all} in
all) printf '%s\n' types page stack layout style layers kernel api | xargs -n 1 -P 2 sh "$0" ;;
types) check "Python's types" .venv/bin/mypy ;;
page) check "the page's layout, style and types" npm --prefix web run --silent check ;;
stack) check "the stack, by cdk-nag and cfn-lint" .venv/bin/python -m infrastructure.lint ;;
layout) check "Python's layout" .venv/bin/ruff format --check . ;;
style) check "Python's style" .venv/bin/ruff check . ;;
layers) check "Python's layers" .venv/bin/lint-imports ;;
kernel) check "the page's kernel is what its source gives" .venv/bin/python -m local.kernel --check ;;
api) check "the API description is current" .venv/bin/python -m infrastructure.openapi --check ;;
esac
