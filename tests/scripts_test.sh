#!/usr/bin/env bash
# scripts_test.sh - shellcheck finds nothing in any script.
set -u

cd "$(dirname "$0")/.." || exit 1
if ! command -v shellcheck >/dev/null; then
    echo "skipped: shellcheck is not installed"
    exit 77
fi
find tests jobs .ci -type f \
    \( -name '*.sh' -o -name '*.sbatch' -o -name '*.pbs' -o -path '.ci/*' \) -print0 | xargs -0 shellcheck --shell=bash
