#!/usr/bin/env bash
# topology_test.sh BUILD - a topology that cannot be planned for is refused with a message of one
# line that says why: no file, another kind of file, impossible numbers.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

right=$(cd "$(dirname "$0")/.." && pwd)/topology/ryzen-ai-9-hx370.xml
bench=$build/dotbench
limit=20
cd "$dir" || exit 2

plan() { # TOPOLOGY OPTION...
    run "$bench" --dry-run --topology="$1" "${@:2}"
}

told() { # TOPOLOGY WORDS
    plan "$1"
    refused "--topology=$1: " "$2"
    claim "$ran: not a line more" equal "$(wc -l <"$dir/err")" 1
}

changed() { # FILE EXPRESSION: makes a changed copy of the right topology
    sed -E "$2" "$right" >"$1"
    claim "$1: is changed" [ "$(diff "$right" "$1" | wc -l)" -gt 0 ]
}

plan "$right"
claim 'a topology of hwloc: exit code 0' exits 0
claim 'the name of a processor has no blanks at its end' \
    grep -q '^host  *AMD Ryzen AI 9 HX 370 w/ Radeon 890M, 12 cores, ' out

changed twice.xml 's/type="PU" os_index="3"/type="PU" os_index="2"/'
told twice.xml 'two CPUs numbered 2'
changed negative.xml 's/type="PU" os_index="3"/type="PU" os_index="-1"/'
told negative.xml 'a CPU numbered 4294967295; the largest number allowed is 4095'
changed cache.xml 's/cache_size="[0-9]+"/cache_size="18446744073709551615"/'
told cache.xml 'an L1 cache of 1.84e+19 bytes'
told 'core:3000 pu:2' 'a CPU numbered 4096'
changed three.xml 's/<topology version="2.0">/<topology version="3.0">/'
told three.xml 'was written by hwloc 3'

told nowhere.xml 'No such file or directory'
mkdir folder
told folder 'is a folder'
mkfifo waits.xml
told waits.xml 'is not a regular file'
echo '<svg/>' >picture.xml
told picture.xml 'is not a topology'
: >nothing.xml
told nothing.xml 'is not a topology'
head -c 5000 "$right" >half.xml
told half.xml 'hwloc cannot read it'
told 'pack:two' 'neither an existing file nor a description'
cp "$right" unnamed
plan unnamed
claim 'a file may have any name' exits 0

# The user did not choose this topology: it stands for that of this machine. So CPUs beyond the
# limit are left out, and a line says so.
changed beyond.xml 's/type="PU" os_index="23"/type="PU" os_index="5000"/'
run env -u HWLOC_COMPONENTS HWLOC_XMLFILE=beyond.xml "$bench" --dry-run
claim 'a machine with a CPU too many: exit code 0' exits 0
claim 'a machine with a CPU too many: says so' grep -q '^left out  *1 CPUs numbered 4096 and above' out

finish
