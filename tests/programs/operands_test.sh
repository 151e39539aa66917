#!/usr/bin/env bash
# operands_test.sh BUILD - operands from the user's files: the result equals NumPy's within both
# bounds, is proved on every split, and the output says so.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
python=/usr/bin/python3 # the one that Debian's python3-numpy belongs to
tests=$(cd "$(dirname "$0")/.." && pwd)
cd "$dir" || exit 2 # so that messages name files without folders
splits=(-r "$(up_to 3)" -t '1,2' --oversubscribe)
quick=("${splits[@]}" --rounds=1:1 -q --format=csv)
all=$(($(most 3) * 2)) # number of splits
dots=dot,dot_blas,dot_openmp
one=(-r 1 -t 1 --rounds=1:1)

"$python" -c 'import numpy' 2>/dev/null || {
    skip 'own vectors: no python3-numpy'
    finish
}
"$python" "$tests/vectors.py" || exit 2

# ---- right ----

as_numpy() { # X Y
    "$python" "$tests/vectors_check.py" "$1" "$2" out
}

bound_of() { # KERNEL: its error bound on one worker
    cells out kernel workers note | sed -n "s/^$1|1|error bound \([0-9.e+-]*\).*/\1/p"
}

tenth() { # A B: A is at most a tenth of B
    awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > 0 && 10 * a <= b) }'
}

proved() { # ROWS
    claim 'exit code 0' exits 0
    claim "a row for every split: $1" rows_of out "$1"
    claim 'every split is verified' \
        all_rows out '^true\|[0-9.e-]+\|.*error bound' verified error note
}

ranks 3 "$bench" --x=x.npy --y=y.npy "${quick[@]}"
proved "$all"
claim '10 million elements: as NumPy within both bounds' as_numpy x.npy y.npy

ranks 3 "$bench" --x=a_little_f8.npy --y=b_little_f8.npy -k "$dots" "${quick[@]}"
proved $((3 * all))
claim 'a prime length, every dot: as NumPy' as_numpy a_little_f8.npy b_little_f8.npy
claim 'sums side by side make the bound smaller' tenth "$(bound_of dot)" "$(bound_of dot_openmp)"
cells out kernel ranks threads result >bits

for kind in little_f4 big_f8 big_f4; do
    ranks 3 "$bench" --x=a_$kind.npy --y=b_$kind.npy -k "$dots" "${quick[@]}"
    proved $((3 * all))
    claim "$kind: as NumPy" as_numpy a_$kind.npy b_$kind.npy
    claim "$kind: the bits of the same values in little_f8" \
        equal "$(cells out kernel ranks threads result | grep '^dot|')" "$(grep '^dot|' bits)"
done

ranks 3 "$bench" --x=whole.npy --y=whole.npy -k "$dots" "${quick[@]}"
proved $((3 * all))
claim 'integers: equal, and so on every split' equal "$(cells out error result | sort -u | wc -l)" 1
claim 'integers: a bound of 0' all_rows out '^0\|error bound 0(;|$)' error note
claim 'integers: as NumPy' as_numpy whole.npy whole.npy

# Kernels of one operand, and kernels that store, must all use the numbers of the file.
for type in f64 f32; do
    ranks 2 "$build/kernbench" --x=whole.npy -k sum,asum,nrm2,max,min,iamax,copy,axpy,exp,sqrt \
        --type=$type -r "$(up_to 2)" -t 1 --oversubscribe --rounds=1:1 -q --format=csv
    claim "$type, other kernels: exit code 0" exits 0
    claim "$type, other kernels: a row for every split" rows_of out $((10 * $(most 2)))
    claim "$type, other kernels: every row is verified" all_rows out '^true$' verified
done

fault=$build/tests/faultbench
if [ -x "$fault" ] && several; then
    ranks 2 "$fault" -k dot_loses_one --x=a_little_f8.npy --y=b_little_f8.npy -r 2 -t 1 \
        --oversubscribe --rounds=1:1 -q --format=csv
    claim 'a lost element: exit code 5' exits 5
    claim 'a lost element: the row is marked' equal "$(cells out ranks verified)" $'1|true\n2|false'
fi

for n in none one order odd; do
    ranks 3 "$bench" --x=$n.npy --y=$n.npy -k "$dots" "${quick[@]}"
    proved $((3 * all))
    claim "$n: as NumPy" as_numpy $n.npy $n.npy
done

# ---- what is said ----

cp a_big_f4.npy a.npy
ranks 3 "$bench" --x=a.npy --y=b_little_f8.npy "${splits[@]}" --rounds=2:2
claim 'text: exit code 0' exits 0
claim 'text: the operands' \
    grep -qxF 'operands   x from a.npy (f4), y from b_little_f8.npy (f8), 100003 elements' out
claim 'text: the result with its bound, and how many splits agree' \
    grep -qE "^  result: dot = -?[0-9.]+ ± [0-9.e-]+ \(bound\), proved on all $all splits$" out
claim 'text: at most 100 columns' equal "$(grep -cE '.{101}' out)" 0
claim 'text: both given, nothing is said of it' equal "$(grep -c 'generated' err)" 0

ranks 2 "$bench" --x=whole.npy --y=whole.npy "${one[@]}" -q
claim 'text: integers are proved exactly' \
    grep -qE '^  result: dot = [0-9]+ exactly, proved on the 1 split$' out

ranks 2 "$bench" --x=ill.npy --y=ones.npy -r 1 -t 1,2 --oversubscribe --rounds=1:1 -q
claim 'ill-conditioned: exit code 0' exits 0
claim 'ill-conditioned: said' grep -q 'ill-conditioned: the error bound exceeds the result' out
run "$bench" --x=tiny.npy --y=tiny.npy "${one[@]}" --format=csv
claim 'products that underflow: a lost element could hide, and it is said' \
    all_rows out '^true\|.*a lost element could hide below the error bound$' verified note

says_made_up() { # WORDS
    equal "$(said | grep -c 'is generated')" 1 && holds err "$1"
}

run "$bench" --x=one.npy "${one[@]}" --format=csv
claim 'x alone: exit code 0' exits 0
claim 'x alone: the other is generated, and it is said' says_made_up '--y is not given: the second'
run "$bench" --y=one.npy "${one[@]}" --format=csv
claim 'y alone: the other is generated, and it is said' says_made_up '--x is not given: the first'

run "$bench" --x=x.npy --y=y.npy --dry-run
claim 'a dry run: exit code 0' exits 0
claim 'a dry run: plans the length' grep -qE '^sizes +10M elements' out
claim 'a dry run: names the files' grep -qE '^operands +x x.npy, y y.npy$' out
run "$bench" --x=x.npy --y=short.npy --dry-run --topology='core:4 pu:1'
claim 'a dry run of what does not fit together: exit code 2' exits 2
claim 'a dry run of what does not fit together: one message' says_once 'has 10000000 elements'

# ---- the digest: of values and their order, however they are stored and split ----

digest() { # RANKS FILE
    ranks "$1" "$bench" --x="$2" -r "$(most "$1")" -t 1 --oversubscribe --rounds=1:1 -q \
        --format=json
    "$python" -c 'import json; print(json.load(open("out"))["settings"]["x"]["digest"])'
}

right=$(digest 1 a_little_f8.npy)
claim 'the digest has 64 bits' equal "$(grep -cxE '[0-9a-f]{16}' <<<"$right")" 1
claim 'the digest is the same on 3 ranks' equal "$(digest 3 a_little_f8.npy)" "$right"
for file in a_big_f8 a_big_f4 a_little_f4 a_v2 a_v3; do
    claim "the digest of $file is the same" equal "$(digest 2 $file.npy)" "$right"
done
turned=$(digest 1 a_turned.npy)
claim 'the digest tells two elements exchanged' [ -n "$turned" -a "$turned" != "$right" ]

cp a_little_f8.npy again.npy
by_budget again.csv run "$bench" --x=again.npy -r 1 -t 1 -q --rounds=100000 --budget=SOON \
    -o again.csv
claim 'a budget that ends: exit code 4' exits 4
cp a_turned.npy again.npy
run "$bench" --x=again.npy -r 1 -t 1 -q --rounds=100000 --budget=30s -o again.csv --resume
claim 'going on with other operands: exit code 2' exits 2
claim 'going on with other operands: one message' says_once 'x.digest'

finish
