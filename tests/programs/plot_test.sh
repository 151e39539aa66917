#!/usr/bin/env bash
# plot_test.sh BUILD - rxt plot draws a study in every format, says what else the study has, and
# takes any file name literally; a file that is no study, or a missing gnuplot, gets one message and
# its exit code.
# shellcheck source=tests/lib.sh disable=SC2001,SC2016,SC2034,SC2317
. "$(dirname "$0")/../lib.sh"

rxt=$build/rxt
study=$dir/study.json

refused() { # CODE WORDS...
    claim "$ran: exit code $1" exits "$1"
    claim "$ran: one message" says_once "${@:2}"
    claim "$ran: not a line more" equal "$(wc -l <"$dir/err")" 1
    claim "$ran: nothing on stdout" empty "$dir/out"
}

# ---- the program ----

run "$rxt"
claim 'no verb: exit code 2' exits 2
claim 'no verb: usage' holds "$dir/err" 'Usage: rxt VERB'
run "$rxt" nonsense
refused 2 'nonsense: no such verb' 'rxt --help'
run "$rxt" plto
refused 2 'did you mean plot?'
run "$rxt" --nonsense
refused 2 '--nonsense: no such option'
for verb in sweep report compare fit; do # verbs that do not exist yet
    run "$rxt" "$verb"
    refused 2 "$verb: no such verb"
done
for arguments in --help --usage --version 'plot --help' 'plot --usage'; do
    # shellcheck disable=SC2086
    run "$rxt" $arguments
    claim "$arguments: exit code 0" exits 0
    claim "$arguments: prints" [ -s "$dir/out" ]
    claim "$arguments: silent on stderr" empty "$dir/err"
done
run ldd "$rxt"
claim 'libraries are linked' exits 0
claim 'MPI is not linked' equal "$(grep -ci 'lib[a-z]*mpi' "$dir/out")" 0

# ---- its command line ----

run "$build/dotbench" -k dot,dot_blas -n 1k,10k -t 1,2 --oversubscribe --rounds=7:7 -q \
    -o "$study" # with two splits and two sizes
claim 'a study to draw' exits 0
GNUTERM=qt DISPLAY='' run "$rxt" plot "$study" -o "$dir/window.svg"
claim 'GNUTERM=qt: exit code 0' exits 0
claim 'GNUTERM=qt: the picture is there' grep -q '</svg>' "$dir/window.svg"
run "$build/spawnbench" -k thread --count=1 --rounds=2:2 -q -o "$dir/lesson.json"
run "$rxt" plot "$dir/lesson.json" -o "$dir/lesson.svg"
claim 'a study of tasks: exit code 0' exits 0
claim 'a study of tasks: no word is missing' equal "$(grep -c '(null)' "$dir/lesson.svg")" 0
run "$rxt" plot
refused 2 'no study is named'
run "$rxt" plot "$study"
refused 2 '--output is missing'
run "$rxt" plot "$study" "$study" -o "$dir/a.svg"
refused 2 'one study'
run "$rxt" plot "$study" -o
refused 2 '--output: a value is missing'
run "$rxt" plot "$study" --bogus
refused 2 'unknown option --bogus' 'rxt plot --help'
run "$rxt" plot "$study" --quiet=yes -o "$dir/a.svg"
refused 2 '--quiet takes no value'
run "$rxt" plot "$study" -o "$dir/a.svg" -n few
refused 2 '--size=few: '
cp "$study" "$dir/itself.svg"
run "$rxt" plot "$dir/itself.svg" -o "$dir/./itself.svg"
refused 2 "is the study's own file"
claim 'a picture in place of its study: it is as it was' cmp -s "$study" "$dir/itself.svg"
claim 'nothing was written' equal "$(find "$dir" -name '*a.svg*')" ''

# ---- files that are no study ----

no_study() { # NAME CONTENT WORDS...
    printf '%s' "$2" >"$dir/$1"
    run "$rxt" plot "$dir/$1" -o "$dir/a.svg"
    refused 2 "$1: " "${@:3}"
}

no_study empty.json '' 'is empty'
no_study text.json 'hello' 'is not a study file'
no_study cut.json "$(head -c 3000 "$study")" 'is cut off'
no_study deep.json "{\"a\":$(printf '%5000s' '' | tr ' ' '[')" 'is not a study file'
no_study other.json "$(sed 's/rxt-study-1/rxt-study-9/' "$study")" 'schema rxt-study-9'
no_study negative.json "$(sed 's/"time_min": /"time_min": -/' "$study")" 'row 1: time_min is -'
no_study nan.json "$(sed 's/"time_min": [0-9.e-]*/"time_min": NaN/' "$study")" 'is not a study file'
no_study baseline.json "$(grep -v '"ranks": 1, "threads": 1,' "$study")" 'is not among the rows'
sed '/^{"kernel"/d' "$study" >"$dir/rows.json"
run "$rxt" plot "$dir/rows.json" -o "$dir/a.svg"
refused 2 'nothing to plot'
no_study lines.csv "$(printf 'n,time\n1,2\n')" 'is not a study file'
run "$rxt" plot "$dir/none.json" -o "$dir/a.svg"
refused 2 'none.json: cannot be opened'
run "$rxt" plot "$dir" -o "$dir/a.svg"
refused 2 'cannot be read (Is a directory)'

# ---- without gnuplot ----

mkdir "$dir/bin"
run env PATH="$dir/bin" "$rxt" plot "$study" -o "$dir/a.svg"
refused 3 'gnuplot was not found' 'package gnuplot-nox'
printf '#!/bin/sh\necho "no such terminal: \033[1m" >&2\nexit 7\n' >"$dir/bin/gnuplot"
chmod +x "$dir/bin/gnuplot"
run env PATH="$dir/bin" "$rxt" plot "$study" -o "$dir/a.svg"
refused 3 'gnuplot failed with exit code 7: no such terminal: ?[1m'
printf '#!/bin/sh\nkill -9 $$\n' >"$dir/bin/gnuplot"
run env PATH="$dir/bin" "$rxt" plot "$study" -o "$dir/a.svg"
refused 3 'gnuplot failed with exit code 137'
printf '#!/bin/sh\nexit 0\n' >"$dir/bin/gnuplot"
run env PATH="$dir/bin" "$rxt" plot "$study" -o "$dir/a.svg"
refused 3 "--output=$dir/a.svg: gnuplot drew nothing"
claim 'nothing was written without gnuplot' equal "$(find "$dir" -name '*a.svg*')" ''

# A driver with --plot notices before its first measurement that gnuplot is missing.
rm "$dir/bin/gnuplot"
run env PATH="$dir/bin" "$build/dotbench" -n 1k --rounds=7:7 -o "$dir/a.json" --plot="$dir/a.svg"
refused 3 'gnuplot was not found' 'package gnuplot-nox'
claim 'nothing was measured without gnuplot' equal "$(find "$dir" -name '*a.json*')" ''

if ! have gnuplot; then
    skip 'the pictures: gnuplot is not installed'
    finish
fi

# ---- pictures ----

starts() { # FILE BYTES
    equal "$(head -c "${#2}" "$1" | tr -d '\0')" "$2"
}

run "$rxt" plot "$study" -o "$dir/a.svg"
claim 'svg: exit code 0' exits 0
claim 'svg: says what is not drawn' says_once 'not drawn' '--kernel dot_blas' '--size 1k'
claim 'svg: it is one' grep -q '</svg>' "$dir/a.svg"
for words in 'dot   n = 10k' 'baseline 1×1' 'Speedup against 1×1' 'Time against size' \
    'Times of all rounds' 'threads, 1×t' ideal 'time per call'; do
    claim "svg: has \"$words\"" grep -qF "$words" "$dir/a.svg"
done
claim 'svg: no heat map of one rank' equal "$(grep -c 'threads per rank' "$dir/a.svg")" 0
claim 'svg: small' [ "$(wc -c <"$dir/a.svg")" -lt 100000 ]
run "$rxt" plot -q "$study" -o "$dir/a.png"
claim '-q: silent' empty "$dir/err"
claim 'png: it is one' starts "$dir/a.png" $'\x89PNG'
run "$rxt" plot -q "$study" -o "$dir/a.pdf"
claim 'pdf: it is one' starts "$dir/a.pdf" '%PDF'
run "$rxt" plot -q "$study" -k dot_blas -n 1k --bind=hybrid -o "$dir/a.svg"
claim '-k and -n choose' grep -qF 'dot_blas   n = 1k' "$dir/a.svg"
run "$rxt" plot "$study" -k sum -o "$dir/b.svg"
refused 2 '--kernel=sum: is not in the study' 'dot, dot_blas'
run "$rxt" plot "$study" -n 7 -o "$dir/b.svg"
refused 2 '--size=7: is not in the study' '1k, 10k'
run "$rxt" plot "$study" --team=resident -o "$dir/b.svg"
refused 2 '--team=resident: is not in the study' 'forkjoin'
run "$rxt" plot "$study" -o "$dir/b.txt"
refused 2 '.svg, .png and .pdf'
run "$rxt" plot "$study" -o "$dir/nowhere/b.svg"
refused 2 'make it first'
claim 'nothing was written for what was refused' equal "$(find "$dir" -name '*b.svg*')" ''

# A driver draws the same as rxt plot, and says so if a signal or a failure prevents it.
ranks 2 "$build/dotbench" -n 1k,10k -t 1,2 --oversubscribe --rounds=7:7 -o "$dir/d.json" \
    --plot="$dir/d.svg"
claim '--plot: exit code 0' exits 0
claim '--plot: says what is not drawn' holds "$dir/err" 'measured but not drawn: --size 1k'
claim '--plot: the text is there as well' grep -q '^n = 10k ' "$dir/out"
run "$rxt" plot -q "$dir/d.json" -o "$dir/e.svg"
# The figures in a file have nine digits, so a line of the picture can move by a hundredth of a
# point.
words() { # FILE: the words of a picture, and its number of lines
    grep '<text>' "$1" | grep -v 'baseline 1×1'
    wc -l <"$1"
}
claim '--plot: the pictures of rxt plot, but for the host' \
    equal "$(words "$dir/d.svg")" "$(words "$dir/e.svg")"
run "$build/dotbench" -n 1k --rounds=1:1 --budget=1ms -q --plot="$dir/f.svg"
claim '--plot of a study without a time: exit code 4' exits 4
# A fast machine may measure something before the budget ends.
as_measured() {
    if holds "$dir/out" 'Nothing was measured.'; then
        [ ! -e "$dir/f.svg" ]
    else
        holds "$dir/f.svg" 'stopped early'
    fi
}
claim '--plot of a study without a time: nothing is drawn, or one that says so' as_measured
by_budget "$dir/g.svg" run "$build/dotbench" -n 1k -t 1 --rounds=100000 --budget=SOON -q \
    --plot="$dir/g.svg"
claim '--plot of a study that is stopped: exit code 4' exits 4
claim '--plot of a study that is stopped: the page says so' holds "$dir/g.svg" 'stopped early'

# A picture must never replace its study, whichever of the two files is there first.
mkdir "$dir/apart"
ln -s study.json "$dir/apart/study.svg"
for there in no yes; do
    run "$build/dotbench" -n 1k -t 1 --rounds=2:2 -q -o "$dir/apart/study.json" \
        --plot="$dir/apart/study.svg"
    refused 2 'study.svg: is the file of --output and would be overwritten'
    [ $there = yes ] || cp "$study" "$dir/apart/study.json"
done
claim '--plot that leads to --output: that is as it was' cmp -s "$study" "$dir/apart/study.json"
rm "$dir/apart"/*
ln -s study.json.journal "$dir/apart/study.svg"
run "$build/dotbench" -n 1k -t 1 --rounds=2:2 -q -o "$dir/apart/study.json" \
    --plot="$dir/apart/study.svg"
refused 2 'study.svg: is the journal of --output and would be overwritten'
rm "$dir/apart"/*
begin "$build/dotbench" -n 1k -t 1 --rounds=100000 --budget=60s -q -o "$dir/apart/study.json" \
    --plot="$dir/apart/study.svg"
wait_until "$limit" grep -qs '"round":0' "$dir/apart/study.json.journal"
ln -s study.json "$dir/apart/study.svg"
kill -TERM "$job"
ended
claim '--plot that came to lead to --output: exit code 3' exits 3
claim '--plot that came to lead to --output: says so' \
    holds "$dir/err" 'study.svg: is now the same file as --output'
claim '--plot that came to lead to --output: the study is there' \
    grep -q '"status": "stopped"' "$dir/apart/study.json"

# If files may not grow, gnuplot gets no commands and draws nothing, or it cannot write its picture.
# Messages go through a pipe, which has no limit.
for room in 0 1; do
    run bash -c 'set -o pipefail
        (ulimit -f "$1" && shift && exec "$@" >/dev/null) 2>&1 | cat >&2' - $room \
        "$build/dotbench" -n 1k -t 1 --rounds=2:2 -q --plot="$dir/small.svg"
    claim "room for files of $room kB: exit code 3" exits 3
    claim "room for files of $room kB: says why, and what helps" \
        says_once "--plot=$dir/small.svg: gnuplot" 'File too large; see ulimit -f'
done

# A picture made from rows alone, without rounds.
run "$build/dotbench" -n 1k -t 1,2 --oversubscribe --rounds=7:7 -q -o "$dir/rows.csv"
run "$rxt" plot "$dir/rows.csv" -o "$dir/rows.svg"
claim 'csv: exit code 0' exits 0
claim 'csv: quartiles in place of rounds' grep -q 'Quartiles of times' "$dir/rows.svg"
no_study cut.csv "$(head -c -20 "$dir/rows.csv")" 'cut off'

# ---- names are only names ----

mkdir "$dir/names" && cd "$dir/names" || exit 1
for name in 'a b' "it's" '"x"' '$(touch x)' '`touch x`' $'a\nb' ';touch x' '-o' '| touch x' 'ä%s\n'; do
    cp "$study" "./$name.json"
    run "$rxt" plot -q -o "./$name.svg" -- "./$name.json"
    claim "$name: exit code 0" exits 0
    claim "$name: is drawn" grep -q '</svg>' "./$name.svg"
    # The same text as the name of a kernel.
    jq_name=$(sed 's/[\\"]/\\&/g' <<<"${name//$'\n'/ }")
    awk -v name="${jq_name//\\/\\\\}" '{ sub(/"kernel": "dot"/, "\"kernel\": \"\001\"")
        i = index($0, "\001"); print i ? substr($0, 1, i - 1) name substr($0, i + 1) : $0 }' "$study" \
        >"$dir/kernel.json"
    run "$rxt" plot -q -o "$dir/kernel.svg" "$dir/kernel.json"
    claim "kernel $name: exit code 0" exits 0
done
run "$rxt" plot -q -o -a.svg -- -o.json
claim 'names that begin with -: exit code 0' exits 0
claim 'no name was a command' equal "$(find "$dir" -name x)" ''
claim 'nothing else was left' equal "$(find . -type f ! -name '*.json' ! -name '*.svg')" ''
cd / || exit 1

# ---- odd studies ----

run "$build/dotbench" -n 1k -p 1x1 -r 1 -t 1 --rounds=2:2 -q -o "$dir/one.json"
run "$rxt" plot "$dir/one.json" -o "$dir/one.svg"
claim 'one split: exit code 0' exits 0
claim 'one split: no curve' equal "$(grep -c 'Speedup against' "$dir/one.svg")" 0
claim 'one split: its times' grep -q 'too few for intervals' "$dir/one.svg"

# 10^5 equal splits.
{
    sed '/"rows": \[/q' "$study"
    awk 'BEGIN { for (t = 1; t <= 100000; t++) printf("{\"kernel\": \"dot\", \"type\": \"f64\", \
\"scaling\": \"strong\", \"team\": \"%s\", \"combine\": \"%s\", \"bind\": \"hybrid\", \"n\": 1000, \
\"bytes\": 16000, \"level\": \"L1\", \"nodes\": 1, \"ranks\": 1, \"threads\": %d, \"workers\": %d, \
\"rounds\": 1, \"calls\": 1, \"time_median\": 1e-6, \"time_low\": null, \"time_high\": null, \
\"time_min\": 1e-6, \"time_q1\": 1e-6, \"time_q3\": 1e-6, \"time_max\": 1e-6, \"baseline\": \"1x1\", \
\"speedup\": 1, \"speedup_low\": null, \"speedup_high\": null, \"efficiency\": 1, \
\"gbytes_per_s\": 1, \"gflops_per_s\": 1, \"roof\": null, \"result\": null, \"error\": 0, \
\"verified\": true, \"placement\": null, \"note\": null, \"samples\": [[0, 1e-6]]}%s\n",
        t > 1 ? "forkjoin" : "-", t > 1 ? "mpi" : "-", t, t, t < 100000 ? "," : "") }'
    echo '], "answers": [], "fits": []}'
} >"$dir/many.json"
run "$rxt" plot "$dir/many.json" -o "$dir/many.svg"
claim '100000 rows: exit code 0, in seconds' exits 0
claim '100000 rows: says that not all are drawn' grep -q '1 split of 251' "$dir/many.svg"
claim '100000 rows: small' [ "$(wc -c <"$dir/many.svg")" -lt 400000 ]

finish
