#!/usr/bin/env bash
# lesson.sh BUILD [FOLDER] - the figures of the lesson on this machine, for docs/performance.md:
# what workers and handing cost, one lock per process, waiting on one core; then CPython's own.
#
# Nothing else should run meanwhile. Study files are left in FOLDER, when it is given.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:?the build folder is missing}" && pwd)
# shellcheck source=jobs/packages.sh
. "$here/../../jobs/packages.sh"
rxt_packages_settings

folder=${2:-$(mktemp -d)}
[ $# -gt 1 ] || trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"
echo "on $(date -u +%F), $(git -C "$here" describe --always --dirty 2>/dev/null || echo no commit)"

study() { # NAME RANKS PROGRAM ARGUMENT...
    echo
    echo "== $1: mpirun -np $2 ${*:3}"
    mpirun -q -np "$2" "$build/$3" "${@:4}" -q -o "$folder/$1.json" |
        sed -n '/^rounds/p; /^.*n = /,$p' | grep -v '^ *|' || true
}

study crowds 1 spawnbench -k thread,region_cold,region_hot,fork,spawn --count=1,100 \
    --rounds=30:300 --budget=60s
study spawn 1 spawnbench -k thread,region_cold,region_hot,fork,spawn --count=1 --heap=0,256M \
    --rounds=30:300 --budget=60s
study share 2 sharebench -n 1k,1M --rounds=30:300 --budget=60s
study lock 2 lockbench -p 1x1,1x2,2x1 --rounds=20:60 --budget=60s
study one_core_compute 2 lockbench -k interpreted,interpreted_nolock --cores=1 -p 1x2,2x1 \
    --rounds=20:40 --budget=40s
study one_core_wait 4 iobench -k request --cores=1 -p 1x2,1x4,1x8,1x16,4x1 --rounds=12:12
echo
echo "== CPython"
$(command -v /usr/bin/python3 python3 | head -n 1) "$here/../../jobs/tour/cpython.py" --budget 60 --output "$folder/cpython.json"
echo
"$build/rxt" tour "$folder" -o "$folder/tour.html"
