#!/bin/sh
# Everything `make check` looks at, in the order of what fails soonest. It changes no file.
set -u
status=0

check() {
    title=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $title"
    else
        echo "FAILED  $title: $*"
        echo "$output"
        status=1
    fi
}

check "Python's layout" .venv/bin/ruff format --check .
check "Python's style" .venv/bin/ruff check .
check "Python's layers" .venv/bin/lint-imports
check "Python's types" .venv/bin/mypy
check "the page's layout, style and types" npm --prefix web run --silent check
check "the page's kernel is what its source gives" .venv/bin/python -m local.kernel --check
check "the stack, by cdk-nag and cfn-lint" .venv/bin/python -m infrastructure.lint
check "the API description is current" .venv/bin/python -m infrastructure.openapi --check
exit $status
