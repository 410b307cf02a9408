#!/bin/sh
# Writes every lock anew: the newest versions that the stated wishes allow, each with its hashes.
# One version of a package serves every Python and system. No lock names a package index, so that
# each machine uses its own.
set -eu

compile() {
    output=$1
    shift
    .venv/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 \
        --fork-strategy fewest --no-header --no-emit-index-url --no-emit-find-links \
        --output-file "$output" "$@"
}

compile functions/requirements.txt functions/requirements.in
compile requirements.txt --group dev functions/requirements.in --constraints functions/requirements.txt
compile local/uv.txt local/uv.in --constraints requirements.txt
npm --prefix web install --package-lock-only --ignore-scripts --silent
npm --prefix infrastructure/cdk install --package-lock-only --ignore-scripts --silent
