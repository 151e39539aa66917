#!/usr/bin/env bash
# levels_test.sh BUILD - cache sizes that the system reports are compared with the times of loads: a
# wrong size is reported and not used; right sizes are kept; --resume does not measure them again.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

quick=(-r 1 -t 1 --rounds=2:2)
study=$dir/study.json

# ---- what this machine says, and what counts ----

# Does the file have a warning of this kind?
warned_of() { # FILE KIND
    grep -qF "\"kind\": \"$2\"" "$1"
}

# There must be a warning if a measured size replaces a reported size, or is the only known size;
# otherwise there must be none.
told_as_counted() { # FILE
    if sed -nE 's/.*"caches_measured": \{([^}]*)\}.*/\1/p' "$1" | grep -q '[0-9],\|[0-9]$'; then
        warned_of "$1" levels
    else
        ! warned_of "$1" levels
    fi
}

run "$bench" -n 1k,dram "${quick[@]}" -q --format=json
cp "$dir/out" "$study"
claim 'this machine: exit code 0' exits 0
claim 'this machine: the loads are kept' grep -q '"ladder": \[\[8192\.0, [0-9.e-]*\]' "$study"
claim 'this machine: a size that counts instead is told, no other' told_as_counted "$study"
sizes=()
for level in L1 L2 L3; do
    sizes+=("$(cache_of "$study" caches $level)")
done

# ---- wrong sizes ----

# Simulates a machine of one core, CPU 0, that reports these cache sizes; null: it reports no such
# cache.
cache() { # LEVEL SIZE
    [ "$2" = null ] || printf '<object type="L%dCache" cpuset="0x1" complete_cpuset="0x1" nodeset="0x1"
        complete_nodeset="0x1" gp_index="%d" cache_size="%s" depth="%d" cache_linesize="64"
        cache_associativity="0" cache_type="%d"/>' "$1" $((10 + $1)) "$2" "$1" $(($1 == 1))
}
plant() { # L1 L2 L3
    local all closing='' level size
    for level in 3 2 1; do
        size=${!level}
        [ "$size" = null ] && continue
        all+=$(cache $level "$size" | sed 's|/>$|>|')
        closing+='</object>'
    done
    cat >"$dir/planted.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE topology SYSTEM "hwloc2.dtd">
<topology version="2.0">
<object type="Machine" os_index="0" cpuset="0x1" complete_cpuset="0x1" allowed_cpuset="0x1"
    nodeset="0x1" complete_nodeset="0x1" allowed_nodeset="0x1" gp_index="1">
<object type="Package" os_index="0" cpuset="0x1" complete_cpuset="0x1" nodeset="0x1"
    complete_nodeset="0x1" gp_index="2">
<object type="NUMANode" os_index="0" cpuset="0x1" complete_cpuset="0x1" nodeset="0x1"
    complete_nodeset="0x1" gp_index="3" local_memory="1073741824"/>
$all
<object type="Core" os_index="0" cpuset="0x1" complete_cpuset="0x1" nodeset="0x1"
    complete_nodeset="0x1" gp_index="4">
<object type="PU" os_index="0" cpuset="0x1" complete_cpuset="0x1" nodeset="0x1"
    complete_nodeset="0x1" gp_index="5"/>
</object>
$closing
</object>
</object>
</topology>
XML
    export HWLOC_THISSYSTEM=1 HWLOC_COMPONENTS=xml,-gl HWLOC_XMLFILE=$dir/planted.xml
}

# If the machine is busy during the half second of a ladder, the ladder finds nothing. So several
# studies are tried.
looks=8
seen() { # LEVEL ARGUMENT...
    local tries
    for ((tries = 0; tries < looks; tries++)); do
        run "$bench" "${quick[@]}" "${@:2}"
        cp "$dir/out" "$study"
        [ "$(cache_of "$study" caches_measured "$1")" != null ] && return
    done
    return 1
}
# Prints bytes and seconds of a ladder, rounded to the digits that all files have.
ladder_of() { # FILE
    sed -nE 's/.*"ladder": ?\[\[(.*)/\1/p' "$1" | sed -E 's/\]\].*//' | head -n 1 |
        tr -s '[], ' '\n' | awk '{ printf "%.10g ", $1 }'
}
# Bytes as warnings print them.
told() { # BYTES
    awk -v bytes="$1" 'BEGIN { for (unit = 1; bytes >= 1024 && unit < 4; unit++) bytes /= 1024
        printf "%.4g %s", bytes, substr("B  KiBMiBGiB", 3 * unit - 2, 3) }'
}
below() { # A B
    [ "$1" != null ] && [ "$1" -lt "$2" ]
}

if [ "${sizes[0]}" = null ]; then
    skip 'this machine names no first-level cache, and no lie can be planted beside a truth'
else
    lie=$((64 * sizes[0]))
    plant "$lie" "${sizes[1]}" "${sizes[2]}"
    claim 'L1 of 64 times its size: something else counts' seen L1 -n L1 -q --format=json
    counts=$(cache_of "$study" caches_measured L1)
    claim 'L1: the file has what the system says' equal "$(cache_of "$study" caches L1)" "$lie"
    size=$(told "$counts")
    claim 'L1: a warning has both' grep -qE \
        "this host says L1 has [0-9.]+ [KM]iB, but loads slow down beyond $size: $size is used" "$study"
    claim 'L1: -n L1 is half of what counts' grep -qE "\"bytes\": $((counts / 2)),.*\"level\": \"L1\"" \
        <(tr -d '\n' <"$study")
    run "$bench" --dry-run -n L1 "${quick[@]}"
    claim 'L1: a dry run times nothing' grep -qF "$((lie / 32 / 1024))Ki" "$dir/out"

    # The times must be those of the file; a new ladder would have other times. A ladder gets a part
    # of the budget.
    many_rungs() {
        [ -s "$file" ] && [ "$(ladder_of "$file.journal" | wc -w)" -gt 6 ]
    }
    for file in "$dir/a.json" "$dir/b.json"; do
        grown_until many_rungs run "$bench" -n L1 -r 1 -t 1 --rounds=100000 --budget=SOON -q -o "$file"
        before=$(ladder_of "$file.journal")
        [ "$file" = "$dir/a.json" ] || rm "$file"
        run "$bench" -n L1 -r 1 -t 1 --rounds=2:2 -q -o "$file" --resume
        claim "$ran: exit code 0" exits 0
        claim "$ran: the loads were timed" [ "$(wc -w <<<"$before")" -gt 6 ]
        claim "$ran: and not anew" equal "$(ladder_of "$file")" "$before"
    done
    run "$bench" -n L1 -r 1 -t 1 --rounds=2:2 -q -o "$file" --resume
    claim 'a complete file: the same size is found in it' exits 0
fi

if [ "${sizes[1]}" = null ] || [ "${sizes[2]}" = null ]; then
    skip 'this machine names no third-level cache'
else
    plant "${sizes[0]}" "${sizes[1]}" 1073741824
    # If a ladder does not reach the end of the last cache, dram takes all memory; so a small size
    # is tried first.
    if seen L3 -n L1 -q --format=json && looks=2 && seen L3 -n dram -q --format=json; then
        claim 'L3 of 1 GiB: it counts less' below "$(cache_of "$study" caches_measured L3)" 536870912
        claim 'L3: so do all of them' below "$(cache_of "$study" caches_measured last_level_all)" 536870912
        claim 'L3: dram is four times that' grep -qE \
            "\"bytes\": $((4 * $(cache_of "$study" caches_measured last_level_all)))," "$study"
        claim 'L3: a warning says so' grep -qF 'this host says L3 has 1 GiB, but loads slow down beyond' "$study"
    else
        skip 'half a second was not enough to see the end of the last cache here'
    fi
fi

# ---- caches that are one ----

# Simulates two cores that are one: every binding to a single CPU binds to CPU 0. The planted
# last-level caches have the size of a core's own cache, so that loads can show that these caches
# are one.
if [ "$cores" -lt 2 ] || [ "${sizes[1]}" = null ]; then
    skip 'caches that are one: this machine has one core, or names no second-level cache'
    finish
elif ! taskset -c 0,1 true 2>/dev/null ||
    [[ $(cat /sys/devices/system/cpu/cpu0/cache/index2/shared_cpu_list) != 0 ]]; then
    skip 'caches that are one: CPUs 0 and 1 may not be used, or are not alone with their caches'
    finish
fi
cat >"$dir/one.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sched.h>
int sched_setaffinity(pid_t id, size_t size, const cpu_set_t *set)
{
    int (*real)(pid_t, size_t, const cpu_set_t *) = dlsym(RTLD_NEXT, "sched_setaffinity");
    cpu_set_t first;
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    return CPU_COUNT_S(size, set) == 1 ? real(id, sizeof first, &first) : real(id, size, set);
}
END
plant_two() { # BYTES of the last-level cache of each core
    local node='nodeset="0x1" complete_nodeset="0x1"' cpu own
    cat >"$dir/planted.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE topology SYSTEM "hwloc2.dtd">
<topology version="2.0">
<object type="Machine" os_index="0" cpuset="0x3" complete_cpuset="0x3" allowed_cpuset="0x3"
    $node allowed_nodeset="0x1" gp_index="1">
<object type="Package" os_index="0" cpuset="0x3" complete_cpuset="0x3" $node gp_index="2">
<object type="NUMANode" os_index="0" cpuset="0x3" complete_cpuset="0x3" $node gp_index="3"
    local_memory="1073741824"/>
$(for cpu in 0 1; do
        own="cpuset=\"0x$((cpu + 1))\" complete_cpuset=\"0x$((cpu + 1))\" $node"
        printf '<object type="L3Cache" %s gp_index="%d" cache_size="%s" depth="3" cache_linesize="64"
            cache_associativity="0" cache_type="0"><object type="Core" os_index="%d" %s gp_index="%d">
            <object type="PU" os_index="%d" %s gp_index="%d"/></object></object>' \
            "$own" $((4 + cpu)) "$1" $cpu "$own" $((6 + cpu)) $cpu "$own" $((8 + cpu))
    done)
</object></object></topology>
XML
    export HWLOC_THISSYSTEM=1 HWLOC_COMPONENTS=xml,-gl HWLOC_XMLFILE=$dir/planted.xml
}
two=(-n $((sizes[1] / 12)) -r 1 -t '1,2' --rounds=2:2 -q --format=json) # 4/3 of one cache
plant_two "${sizes[1]}"
# On some virtual machines, two CPUs are hardware threads of one core: then every try finds one
# cache.
apart() {
    local tries
    for ((tries = 0; tries < 4; tries++)); do
        run "$bench" "${two[@]}"
        cp "$dir/out" "$study"
        [ "$(cache_of "$study" caches_measured last_level_all)" != null ] || return 0
    done
    return 1
}
if ! apart; then
    skip 'caches that are one: CPUs 0 and 1 share theirs, as it seems each time'
    finish
fi
claim 'two caches: they count as they are said' equal \
    "$(cache_of "$study" caches_measured last_level_all)" null
claim 'two caches: two cores hold what one does not' equal \
    "$(grep -o '"level": "L3"\|"level": "DRAM"' "$study" | paste -sd' ')" \
    '"level": "DRAM" "level": "L3"'
if ! cc -O1 -shared -fPIC -o "$dir/one.so" "$dir/one.c" -ldl; then
    skip 'caches that are one: no cc to pretend with'
    finish
fi
one() { # ARGUMENT...: on a busy machine nothing is found, so it tries again
    local tries
    for ((tries = 0; tries < 8; tries++)); do
        run env "LD_PRELOAD=$dir/one.so" "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
            "$bench" "${two[@]}" "$@"
        cp "$dir/out" "$study"
        [ "$(cache_of "$study" caches_measured last_level_all)" != null ] && return
    done
    return 1
}
claim 'caches that are one: they are found' one
claim 'caches that are one: they count once' equal \
    "$(cache_of "$study" caches_measured last_level_all)" "${sizes[1]}"
claim 'caches that are one: a warning says so' grep -qF 'this host says it has 2 last-level caches' "$study"
claim 'caches that are one: two cores hold no more than one' equal \
    "$(grep -o '"level": "L3"\|"level": "DRAM"' "$study" | paste -sd' ')" \
    '"level": "DRAM" "level": "DRAM"'

finish
