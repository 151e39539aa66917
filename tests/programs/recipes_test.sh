#!/usr/bin/env bash
# recipes_test.sh BUILD - the recipes of docs/architecture.md, followed in a copy of the tree: a kernel,
# a verb, a transport, a placement and two columns are added with the edits that it names and no others,
# built, and run. The kernel is README's. Other kernels are left out of the copy to save time.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
copy_tree "$dir/a tree"
cd "$dir/a tree" || exit 2
recipes=docs/architecture.md

code_of() { # FILE: its first block of C
    awk '/^```c$/ { code = 1; next } /^```$/ && code { exit } code' "$1"
}
add_line() { # FILE LINE BEFORE: adds LINE before the first line that begins with BEFORE, blanks aside
    LINE=$2 BEFORE=$3 awk '{
        text = $0
        sub(/^ */, "", text)
        if (!done && index(text, ENVIRON["BEFORE"]) == 1) { print ENVIRON["LINE"]; done = 1 }
        print
    } END { exit !done }' "$1" >"$dir/edited" && cp "$dir/edited" "$1"
}
edit() { # FILE SED: changes it, or fails
    cp "$1" "$dir/whole" && sed -i "$2" "$1" && ! cmp -s "$1" "$dir/whole"
}

# ---- a kernel, and a verb: a file each ----

code_of README.md >kernels/dot_plain.c
claim "README's kernel has 25 lines at most" [ "$(wc -l <kernels/dot_plain.c)" -le 25 ]

cat >drivers/app/verb_count.c <<'C'
/* verb_count.c - how many rows a study has. */
#include "app/verb.h"

#include <stdio.h>

#include "files/study_reader.h"

static rxt_status count(const rxt_verb_line *line)
{
    rxt_study_reader *reader = NULL;
    rxt_status st = rxt_study_reader_open(line->argument[0], &reader);

    if (!st)
        printf("%d\n", reader->rows.count);
    rxt_study_reader_close(reader);
    return st;
}

const rxt_verb rxt_verb_count = {
    .name = "count", .purpose = "how many rows a study has", .arguments = "STUDY", .run = count
};
C

# ---- a transport: a file, and two edits ----

cat >drivers/comm/mpi_chain.c <<'C'
/* mpi_chain.c - ranks' partial results made one from rank to rank. */
#include "comm/mpi.h"

#include <string.h>

static void combine(const rxt_comm *comm, void *state, const rxt_merge *merge, void *partial)
{
    unsigned char before[RXT_PARTIAL], own[RXT_PARTIAL];
    int size = (int)merge->size;

    (void)state;
    if (comm->rank > 0) {
        memcpy(own, partial, merge->size);
        MUST(comm, MPI_Recv(before, size, MPI_BYTE, comm->rank - 1, 0, comm->comm,
                            MPI_STATUS_IGNORE));
        memcpy(partial, before, merge->size);
        if (merge->size > 0)
            merge->merge(partial, own);
    }
    if (comm->rank + 1 < comm->size)
        MUST(comm, MPI_Send(partial, size, MPI_BYTE, comm->rank + 1, 0, comm->comm));
    MUST(comm, MPI_Bcast(partial, size, MPI_BYTE, comm->size - 1, comm->comm));
}

const rxt_transport rxt_transport_chain = { .combine = combine };
C
claim 'a transport: its line' edit drivers/comm/combine.h \
    's/^\( *WAY(WINDOW, .*"\))$/\1) \\\n    WAY(CHAIN, chain, "from rank to rank")/'
claim 'a transport: its word in the schema' edit docs/study.schema.json \
    's/^\( *"combine": {"enum": \[.*"\)\]/\1, "chain"]/'

# ---- a placement: two edits in one file, and one in another ----

claim 'a placement: its function' add_line drivers/machine/place_plan.c \
    '/* From the last CPU down. */
static void deal_backwards(const rxt_place *place, int ranks, int threads, int cpu[])
{
    for (int w = 0; w < ranks * threads; w++)
        cpu[w] = place->seat[place->bound - 1 - w].cpu;
}
' '/* ---- bindings: '
claim 'a placement: its entry' edit drivers/machine/place_plan.c \
    '/^} bindings\[\] = {/,/^};/s/^};/    { .word = { "backwards", "from the last CPU down" }, .deal = deal_backwards },\n};/'
claim 'a placement: its word in the schema' edit docs/study.schema.json \
    's/^\( *"bind": {"enum": \[.*"\)\]/\1, "backwards"]/'

# ---- a column that follows from others: two edits ----

# shellcheck disable=SC2016
line=$(sed -n 's/^ *`\({ "seconds_per_element", .* }\)`.*/    \1,/p' $recipes)
claim "$recipes has a column's line" [ -n "$line" ]
claim 'a column: its line' add_line drivers/results/columns.c "$line" '{ "placement", '
claim 'a column: its function' add_line drivers/results/columns.c \
    'static double seconds_per_element(const rxt_row *row)
{
    return row->time.median / (double)row->n;
}
' '/* ---- columns that are not printed'

# ---- a column that each visit measures: a file, and two edits ----

cat >drivers/measure/figure_threads_seen.c <<'C'
/* figure_threads_seen.c - how many threads a visit had on each rank. */
#include "measure/visit_state.h"

double rxt_figure_threads_seen(const rxt_visit *visit, const void *partial)
{
    (void)partial;
    return visit->threads;
}
C
claim 'a column of visits: its line' edit drivers/base/visit_figure.h \
    's/^\(#define RXT_VISIT_FIGURES_OF_ALL(FIGURE)\)$/\1 FIGURE(THREADS_SEEN, threads_seen, RATIO, "threads", "As asked for.")/'

# ---- their lines in the glossary ----

for word in chain backwards seconds_per_element threads_seen; do
    echo "| \`$word\` | added by recipes_test |" >>docs/glossary.md
done

# ---- built ----

# This build also has no MessagePack, and no sem_clockwait in its C library. The programs are built
# first; they need none of the libraries of the tests.
configure "$dir/a tree" "$dir/fresh" -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Debug -DRXT_WERROR=ON \
    -DRXT_msgpack_LIBRARY=OFF -DRXT_HAS_SEM_CLOCKWAIT=OFF
claim 'programs: are configured without tests' exits 0
claim 'without MessagePack: one line says what is left out' \
    equal "$(grep -c 'Left out: .*serialised.*libmsgpack-dev' "$dir/out")" 1
units=(test_columns test_vocabulary)
several && units+=(test_combine)
usual=$limit limit=500
run cmake --build "$dir/fresh" -j 2 --target kernbench sharebench rxt_verbs dotbench iobench
claim 'programs: are built without tests, and without a warning' exits 0
configure "$dir/a tree" "$dir/fresh" -DBUILD_TESTING=ON
claim 'units: are configured' exits 0
run cmake --build "$dir/fresh" -j 2 --target "${units[@]}"
claim 'units: are built without a warning' exits 0
limit=$usual

# test_columns prints each missing line and its place, "FILE, row, WHERE: LINE"; the line is put
# there.
run "$dir/fresh/tests/test_columns"
claim 'a column without its line in the schema: is found' exits 1
for column in threads_seen seconds_per_element; do
    entry=$(sed -n "s/^docs.*, row, properties.*: \(\"$column\": .*\)/        \1/p" "$dir/err")
    wrong=$(sed -n "s/^docs.*, row, else: \(\"$column\": .*\)/          \1/p" "$dir/err")
    claim "$column: the test prints its line" [ -n "$entry" ]
    claim "$column: is put into the schema" add_line docs/study.schema.json "$entry" '"placement": {'
    [ -z "$wrong" ] || claim "$column: is put where rows are wrong" \
        add_line docs/study.schema.json "$wrong" '"samples": {"maxItems": 0}'
done
for unit in "${units[@]}"; do
    run "$dir/fresh/tests/$unit"
    claim "all of it: $unit passes" exits 0
done

run bash tests/programs/glossary_test.sh "$dir/fresh"
claim 'all of it: glossary_test passes' exits 0
run tests/rooms.sh
claim 'all of it: every word stands in its room' exits 0

# ---- run ----

bench=$dir/fresh/kernbench
briefly=(--oversubscribe --rounds=1:1 -q)
for type in f64 f32; do
    run "$bench" -k dot_plain --type=$type -n 1009,65537 -t 1,2 "${briefly[@]}" --format=csv
    claim "the kernel, $type: is measured at every size and split" rows_of "$dir/out" 4
    claim "the kernel, $type: is right" all_rows "$dir/out" '^dot_plain\|true$' kernel verified
done
claim 'the column: has a value in every row' all_rows "$dir/out" '^[0-9.e-]*[1-9][0-9.e-]*$' \
    seconds_per_element
claim 'the column of visits: has the value of each split' equal \
    "$(cells "$dir/out" threads threads_seen | sort -u | paste -sd' ')" '1|1 2|2'
run "$bench" -k dot_plain -n 1009 -t 1,2 --bind=backwards "${briefly[@]}" -o study.json
claim 'the placement: is taken' exits 0
claim 'the placement: is in the file' holds study.json '"bind": "backwards"'
if /usr/bin/python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
    claim 'the schema allows the file' /usr/bin/python3 tests/study.py docs/study.schema.json \
        valid study.json
else
    skip 'no python3-jsonschema here: the file is not held against the schema'
fi
run "$dir/fresh/rxt" count study.json
claim 'the verb: counts the rows' equal "$(cat "$dir/out")" 2
run "$dir/fresh/rxt" --help
claim 'the verb: is in the help' holds "$dir/out" 'how many rows a study has'
if several; then
    ranks 3 "$bench" -k dot_plain,dot -n 1,1009 -p 1x1,2x1,3x1 --combine=chain "${briefly[@]}" --format=csv
    claim 'the transport: every split and kernel is measured' rows_of "$dir/out" 12
    claim 'the transport: is right' all_rows "$dir/out" '^(-|chain)\|true$' combine verified
fi

# ---- without MessagePack ----

run "$dir/fresh/sharebench" -k serialised
refused 'is not in this build, which was made without MessagePack for C'
ranks 2 "$dir/fresh/sharebench" -n 1009 "${briefly[@]}" --format=csv
claim 'without MessagePack: exit code 0' exits 0
claim 'without MessagePack: the other ways are measured' equal \
    "$(cells "$dir/out" kernel | sort -u | paste -sd' ')" 'file message pipe pointer window'

finish
