#!/usr/bin/env bash
# peers_test.sh BUILD - bench_peers makes the right figure from pairs, judges it by its interval,
# names what it cannot measure, and refuses unknown arguments. Results of jobs are joined. The
# scripts in tests/bench and jobs/tour judge by the same rule. all.sh refuses what it cannot do.
# shellcheck source=tests/lib.sh disable=SC2016,SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/tests/bench_peers

# Judges pairs "OURS THEIRS" on stdin as a figure; do not call it at the end of a pipe:
# $status would be lost. `cells` prints fields of the figure's line, by number.
figure() { # BAR[,CLAIMS]
    "$bench" --format=tsv --pairs="row,what it is,7,2,peer,$1" >"$dir/out" 2>"$dir/err"
    status=$?
    ran="bench_peers --pairs, bar $1"
}
cells() { # LIST
    cut -f"$1" "$dir/out" | tr '\t' ' '
}

# The ratios 1.1 … 2.1: the median is 1.6, and the 95 % interval of 11 values is from the second to
# the second last, 1.2 to 2.
eleven() {
    seq 11 21 | sort -R --random-source=<(yes) | awk '{ print 2, $1 / 5 }'
}

judges() { # BAR[,CLAIMS] VERDICT: on the eleven ratios
    figure "$1" < <(eleven)
    claim "pairs in [1.2 2], bar $1: $2" equal "$(cells 13)" "$2"
}

figure 1.1 < <(eleven)
claim "pairs: exit code 0" exits 0
claim "pairs: row, what, n and threads as given" equal "$(cells 1-4)" "row what it is 7 2"
claim "pairs: the median of the ratios, theirs by ours, and its interval" \
    equal "$(cells 8-10)" "1.6 1.2 2"
claim "pairs: rounds, what is required, the verdict" equal "$(cells 11-13)" "11 1.1 reached"
judges 1.2 reached # an end that equals the bar reaches it
judges 1.3 'cannot tell'
judges 1.6 'cannot tell' # although the median equals the bar
judges 2 'cannot tell'
judges 2.1 missed
judges :2 reached
judges :1.6 'cannot tell'
judges :1.1 missed
judges 1.2:2 reached
judges 1.3:2 'cannot tell'
judges 2.5:3 missed
judges 0 -
judges 1.1,5 reached       # for five figures at once the interval is the whole range, 1.1 to 2.1
judges 1.15,5 'cannot tell'
judges 0.5,1000 'cannot tell' # 11 rounds have no interval for that many figures
figure 0.97 < <(printf '1 10\n1 0.1\n%.0s' 1 2 3)
claim "pairs: a wide interval that spans the bar cannot tell" equal "$(cells 13)" "cannot tell"
figure 1 <<<"1 2"
claim "pairs: one pair has no interval, and cannot tell" equal "$(cells 8-11,13)" \
    "2 nan nan 1 cannot tell"
for bar in x 1:x -1 1,0; do
    figure "$bar" <<<"1 2"
    claim "pairs: the bar $bar is refused" exits 2
done
figure 1 </dev/null
claim "no pairs are refused" exits 2

# Several jobs are joined by the verdict of each job, whatever their ratios are.
job() { # VERDICT...: rows of one job, named by their number
    local verdict row=0

    for verdict in "$@"; do
        row=$((row + 1))
        printf 'r\trow %d\t1\t1\t1\tpeer\t1\t1\tnan\tnan\t9\t1\t%s\n' "$row" "$verdict"
    done
}
join() { # FILE...
    status=0
    awk -v jobs=$# -f "$(dirname "$0")/../bench/peers/table.awk" "$@" >"$dir/out" 2>"$dir/err" ||
        status=$?
    ran="table.awk"
}
joined() { # ROW VERDICT
    claim "jobs: row $1 is $2" equal "$(sed -n "s/^| row $1 .*| \(.*\) |\$/\1/p" "$dir/out")" "$2"
}

job reached missed 'cannot tell' reached missed reached - >"$dir/1"
job reached missed 'cannot tell' missed 'cannot tell' 'cannot tell' - >"$dir/2"
join "$dir/1" "$dir/2"
claim "jobs: a bar that all missed is exit code 1" exits 1
joined 1 reached
joined 2 '**missed**'
joined 3 'cannot tell'
joined 4 'cannot tell (1 reached, 1 missed)'
joined 5 'cannot tell (1 missed)'
joined 6 'cannot tell (1 reached)'
joined 7 ''
claim "jobs: no interval is said in words" holds "$dir/out" "1 [no interval] | 1 [no interval] |"
claim "jobs: bars are counted" holds "$dir/out" \
    "Of 6 bars 1 are reached, 1 missed; of 4 the intervals cannot tell."
job missed >"$dir/1"
job reached >"$dir/2"
join "$dir/1" "$dir/2"
claim "jobs: a bar that one job missed is exit code 0" exits 0

# The rule in the shell scripts must be the same.
shell() { # LOW HIGH BAR
    bash -c '. "$0" && verdict "$@"' "$(dirname "$0")/../bench/lib.sh" "$@"
}
claim "scripts: an interval above the bar" equal "$(shell 0.96 1.02 0.95)" reached
claim "scripts: an interval that begins at the bar" equal "$(shell 0.95 1.02 0.95)" reached
claim "scripts: an interval below the bar" equal "$(shell 0.80 0.94 0.95)" missed
claim "scripts: an interval across the bar" equal "$(shell 0.90 1.02 0.95)" 'cannot tell'
claim "scripts: no interval" equal "$(shell nan nan 0.95)" 'cannot tell'
claim "scripts: at most" equal "$(shell 0 0.2 :2)" reached
claim "scripts: within" equal "$(shell 0.94 1.02 0.95:1.05)" 'cannot tell'

# jobs/tour/row.py must have the interval of sample.c for series that are independent,
# autocorrelated (AR(1), 0.9 of the last), alternating (-0.9), rising, or of few different values.
series() { # SEED COUNT CARRIED [VALUES]
    awk -v seed="$1" -v count="$2" -v carried="$3" -v values="${4:-900}" 'BEGIN {
        srand(seed)
        for (i = 0; i < count; i++) {
            x = carried * x + rand() - 0.5
            print 1000 + int(values / 9 * (x + 4.5))
        }
    }'
}
in_python() { # LINE of Python: has row.py, and the numbers on stdin as `values`
    "$python" -B -c "import sys
sys.path.insert(0, sys.argv[1])
from row import *
values = [int(line) for line in sys.stdin]
$1" "$(dirname "$0")/../../jobs/tour" "$(dirname "$0")/../../docs/study.schema.json"
}
alike() { # WHAT, numbers on stdin
    local values
    values=$(cat)
    figure 0 < <(awk '{ print 1, $1 }' <<<"$values")
    claim "row.py: the interval of $1 is C's" \
        equal "$(in_python "$ends" <<<"$values")" "$(cells 9,10)"
}
noted() { # the note of a row with the times on stdin; the other row is equally fast in all rounds
    in_python 'def row(seconds):
    new = Row("", "", 1, 1, 1, None)
    new.samples = list(enumerate(seconds))
    return new
print(record(row(values), row([1] * len(values)))["note"])'
}
# test_columns compares the schema with the table of columns.
columns='import json
row = Row("", "", 1, 1, 1, None)
row.take(0, 1, 1, 1)
row = record(row, row)
with open(sys.argv[2], encoding="utf-8") as file:
    schema = json.load(file)["$defs"]["row"]
known = [key for key in schema["properties"] if key in row]
print(*(f"no {key}" for key in schema["required"] if key not in row),
      *(f"{key} in another place, or unknown" for key, at in
        zip(row, known + [None] * len(row)) if key != at),
      *(f"{key} is {row[key]!r}" for key in known
        if row[key] not in schema["properties"][key].get("enum", [row[key]])), sep=", ")'
ends='print(*("nan" if end is None else end for end in interval(values)[:2]))'
widened="consecutive times are autocorrelated: the time's interval is widened"
python=$(command -v /usr/bin/python3 || command -v python3)
if [ -n "$python" ]; then
    for count in 5 6 9 10 17 40 119 300; do
        alike "$count independent values" < <(series "$count" "$count" 0)
        alike "$count values that go on" < <(series "$count" "$count" 0.9)
    done
    alike "60 values that swing" < <(series 1 60 -0.9)
    alike "60 values, many of them equal" < <(series 2 60 0.8 9)
    alike "60 values that rise" < <(seq 1001 1060)
    alike "60 equal values" < <(yes 1001 | head -n 60)
    claim "row.py: the columns are those of docs/study.schema.json" \
        equal "$(in_python "$columns" </dev/null)" ""
    claim "row.py: independent times have no note" equal "$(noted < <(series 40 40 0))" None
    claim "row.py: a note on times and on speedups that go on" \
        equal "$(noted < <(series 119 119 0.9))" "$widened; ${widened//time/speedup}"
    claim "row.py: a note on an interval that cannot be as wide as it should" \
        equal "$(noted < <(seq 1001 1060) | sed 's/;.*//')" "$widened, but covers less than 95 %"
else
    skip "the intervals of row.py: no python3"
fi

# all.sh runs all benchmarks.
all=$(dirname "$0")/../bench/all.sh
run "$all" --list
claim "all.sh: its sections are listed" exits 0
claim "all.sh: with what they remake" holds "$dir/out" 'peers     '
run "$all" "$build" -o "$dir/figures" no_such_section
claim "all.sh: an unknown section is refused" exits 2
claim "all.sh: and named" holds "$dir/err" "no_such_section"
run "$all" "$dir"
claim "all.sh: a folder without programs is refused" exits 2
run "$all" "$build" -o "$dir" planted
claim "all.sh: a folder with files in it is not written to" exits 2
claim "all.sh: and it says so" holds "$dir/err" "is not empty"

# OpenBLAS chooses its core itself, or --core does, and it is printed; the environment has no
# effect.
core_of() { # OPTION...
    "$bench" --rounds=6 --format=tsv "$@" empty 2>&1 >/dev/null |
        sed -n 's/^bench_peers: OpenBLAS .*, //p'
}
usual=$(core_of)
if [ -z "$usual" ]; then
    echo "peers_test: there is no OpenBLAS to ask for its core, or one core alone"
else
    claim "OpenBLAS's core is not the environment's" \
        equal "$(OPENBLAS_CORETYPE=Prescott core_of)" "$usual"
    if [ "$(uname -m)" = x86_64 ]; then
        claim "--core has OpenBLAS run another's kernels" equal "$(core_of --core=Prescott)" Prescott
    fi
fi

run "$bench" no_such_row
claim "an unknown row is refused" exits 2
claim "an unknown row is named" holds "$dir/err" "no_such_row"
run "$bench" --rounds=5 dot
claim "too few rounds for an interval are refused" exits 2
run "$bench" --pairs=row,what
claim "pairs without all they need are refused" exits 2
run "$bench" --once=L9
claim "an unknown level is refused" exits 2

finish
