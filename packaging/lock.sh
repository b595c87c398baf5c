#!/usr/bin/env bash
# Write the lock files: exact versions with SHA-256 hashes, for every platform, wheels only, no index address.
# Needs `uv` on the path or in .venv. Run it after a dependency in pyproject.toml changes.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [[ -z $uv ]]; then uv=.venv/bin/uv; fi

# One lock for everything first, so that all files agree on every version.
compile() {
    local out=$1
    shift
    "$uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-build --quiet \
        --no-header --no-annotate "$@" -o "$out"
}

compile locks/all.lock.txt --extra test --extra lint --extra install --extra atlas-build "$@"
compile locks/requirements.lock.txt --extra install -c locks/all.lock.txt
compile locks/test.lock.txt --extra install --extra test -c locks/all.lock.txt
compile locks/lint.lock.txt --extra install --extra test --extra lint -c locks/all.lock.txt
mv locks/all.lock.txt locks/atlas-build.lock.txt
compile locks/benchmarks.lock.txt --extra install --extra test --extra rivals -c locks/atlas-build.lock.txt

# Ubuntu 22.04 calls its Python 3.11.0rc1; older pip finds no marker on the full version true for a pre-release.
sed -i 's/python_full_version/python_version/' locks/*.lock.txt

if grep -nE '://|^--' locks/*.lock.txt; then
    echo "A lock file names an address; it must not." >&2
    exit 1
fi
