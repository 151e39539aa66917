#!/usr/bin/env bash
# cluster_test.sh BUILD - on two nodes, simulated by namespaces: splits on one node and on both are
# measured and verified, their rows say on which nodes they ran, and a study that a signal ends
# leaves nothing on either node.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench
cluster=$(cd "$(dirname "$0")/../cluster" && pwd)
export RXT_NODES=$dir/nodes
mkdir "$RXT_NODES"
leave() {
    "$cluster/nodes.sh" "$RXT_NODES" down
    rm -rf "$dir"
}
trap leave EXIT

why=
[ "$(id -u)" = 0 ] || why='only root can make namespaces'
have ip unshare || why='ip or unshare is missing (packages iproute2, util-linux)'
open_mpi || why='ranks are spread by the agent of Open MPI'
[ -z "$why" ] && ! "$cluster/nodes.sh" "$RXT_NODES" up 2 2>"$dir/err" &&
    why="no namespaces can be made here: $(head -n 1 "$dir/err")"
if [ -z "$why" ] && ! "$cluster/on.sh" n1 hostname >"$dir/out" 2>"$dir/err"; then
    why="nothing can be mounted here: $(head -n 1 "$dir/err")"
fi
[ -z "$why" ] || { skip "$why"; exit 77; }

# Both nodes have all CPUs of this machine, so their ranks share CPUs: waiting ranks yield.
launch=("$mpiexec" --mca plm_rsh_agent "$cluster/on.sh" --mca mpi_yield_when_idle 1 --bind-to none)

# Runs the launcher on n1; its own options come before the program.
spread() { # HOSTS COUNT [OPTION...] COMMAND ARGUMENT...
    run "$cluster/on.sh" n1 "${launch[@]}" -H "$1" -np "${@:2}"
}

measured() { # SPLITS: ranks x threads @ nodes, all verified, and on their nodes
    claim "$ran: exit code 0" exits 0
    claim "$ran: these splits" equal \
        "$(cells "$dir/out" ranks threads nodes | sed 's/|/x/; s/|/@/' | sort -u | paste -sd' ')" "$1"
    claim "$ran: every row is verified" all_rows "$dir/out" '^true\|0$' verified error
    claim "$ran: every row was measured" all_rows "$dir/out" '^2\|[0-9.e-]+$' rounds time_median
    claim "$ran: ranks sit where their split is" sits_right
}

# A placement is n1:…;n1:…;n2:…;n2:…: one part for each rank, the same number of parts on each node,
# and only nodes of the split.
sits_right() {
    equal "$(cells "$dir/out" ranks nodes placement | awk -F'|' '{
        here["n1"] = here["n2"] = 0
        parts = split($3, part, ";")
        for (i = 1; i <= parts; i++) here[substr(part[i], 1, index(part[i], ":") - 1)]++
        if (here["n1"] != $1 / $2 || here["n2"] != ($2 == 2 ? $1 / 2 : 0)) print }')" ''
}

claim 'a node has its own name' equal "$(cat "$dir/out")" n1
spread n1:3,n2:3 6 "$build/tests/test_combine"
claim 'results of both nodes become one by every way' exits 0
quick=(-n 1009 --rounds=2:2 --format=csv -q)
spread n1:2,n2:2 4 "$build/sharebench" "${quick[@]}" -p 2x1,2x1@2 --oversubscribe
claim 'between nodes numbers are handed over by message alone' equal \
    "$(cells "$dir/out" kernel nodes verified | sed -n 's/|2|/ /p')" 'message true'

spread n1:2,n2:2 4 "$bench" "${quick[@]}" -r 1,2,4 -t 1,2 --oversubscribe --combine=window,mpi
measured '1x1@1 1x2@1 2x1@1 2x2@1 4x1@2 4x2@2'
claim 'the same bits on one and two nodes' equal "$(cells "$dir/out" result | sort -u | wc -l)" 1

# If the user names numbers of ranks, splits are on the fewest nodes; the default is the diagonal of
# full nodes, on one node and on both.
spread n1:2,n2:2 4 --map-by node "$bench" "${quick[@]}"
measured "$([ "$cores" -ge 2 ] && echo '1x1@1 1x2@1 2x1@1 2x2@2 4x1@2' || echo '1x1@1 2x1@2')"

# Pairs say on how many nodes they are; with weak scaling each worker has n elements on any node.
spread n1:2,n2:2 4 "$bench" "${quick[@]}" --scaling=weak -p 2x1,2x1@2,4x1@2,2x2@2 --oversubscribe
measured '1x1@1 2x1@1 2x1@2 2x2@2 4x1@2'
claim 'weak: n elements of each worker on both nodes' equal \
    "$(cells "$dir/out" scaling workers bytes | sort -u | paste -sd' ')" \
    'weak|1|16144 weak|2|32288 weak|4|64576'
spread n1:2,n2:2 4 "$bench" "${quick[@]}" -p 2x1@2,4x1@2 --baseline=2x1@2
claim 'a baseline on two nodes: exit code 0' exits 0
claim 'a baseline on two nodes: every row is against it' all_rows "$dir/out" '^2x1@2$' baseline

# Splits by --nodes and --ranks-per-node.
spread n1:2,n2:2 4 "$bench" "${quick[@]}" -N 1,2 -r 2,4 -t 1 --oversubscribe
measured '1x1@1 2x1@1 2x1@2 4x1@2'
spread n1:2,n2:2 4 "$bench" "${quick[@]}" -N 2 --ranks-per-node=1,2 -t 1,2 --oversubscribe
measured '1x1@1 2x1@2 2x2@2 4x1@2 4x2@2'
spread n1:2,n2:2 4 "$bench" "${quick[@]}" -N 1
measured "$([ "$cores" -ge 2 ] && echo '1x1@1 1x2@1 2x1@1' || echo '1x1@1')"
spread n1:2,n2:2 4 "$bench" "${quick[@]}" -N 3
claim 'more nodes than started: exit code 2' exits 2
claim 'more nodes than started: one message' says_once '--nodes=3: only 2 nodes were started'

# A dry run plans what would be measured: splits as ranks x threads @ nodes.
spread n1:2,n2:2 4 "$bench" --dry-run -r 2,4 -t 1 --oversubscribe
claim 'a dry run: exit code 0' exits 0
claim 'a dry run: ranks and nodes' holds "$dir/out" 'started      4 ranks on 2 nodes'
claim 'a dry run: the splits measured' \
    equal "$(awk '$2 == "×" { print $1 $3 }' "$dir/out" | paste -sd' ')" '11 21 41@2'

# The node with fewer ranks limits the number of ranks on both.
spread n1:2,n2:2 3 "$bench" -n 1009 --rounds=2:2 --format=csv -r 1,2 -t 1 --oversubscribe
measured '1x1@1 2x1@2'
claim 'unequally many ranks: it says which are left out' \
    equal "$(said | grep -c 'left out: 1 of 3 ranks: .*; 1 on each node take part')" 1

spread n1:2,n2:2 4 "$bench" -n 1009 --rounds=2:2 -q
claim 'text: exit code 0' exits 0
claim 'text: two nodes are named in the header' holds "$dir/out" '2 nodes of '
claim 'text: write cross on nodes' holds "$dir/out" 'ranks × threads @ nodes'

# Both nodes are this machine: they are equal, so they are listed once, each with its name.
spread n1:2,n2:2 3 "$bench" -n 1009 --rounds=2:2 -q --format=json
claim 'JSON: exit code 0' exits 0
claim 'JSON: a node of two ranks and one of one are told apart' equal \
    "$(grep -o '"names": \["n[12]"\], "ranks": [12]' "$dir/out" | paste -sd' ')" \
    '"names": ["n1"], "ranks": 2 "names": ["n2"], "ranks": 1'
spread n1:2,n2:2 4 "$bench" -n 1009 --rounds=2:2 -q --format=json
# On a loaded machine one node may find another size for a cache: then the nodes are not equal.
counted=$(grep -o '"caches_measured": {[^}]*}' "$dir/out" | sort -u | wc -l)
names=('"names": ["n1"], "ranks": 2' '"names": ["n1", "n2"], "ranks": 2')
claim 'JSON: nodes that are alike are told once' holds "$dir/out" "${names[counted == 1]}"
claim 'JSON: one group of nodes' equal "$(grep -o '"names"' "$dir/out" | wc -l)" "$counted"
claim 'JSON: all ranks' holds "$dir/out" '], "ranks": 4, "launcher": "mpirun"'
if /usr/bin/python3 -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null; then
    claim 'JSON: as the schema says' /usr/bin/python3 "$cluster/../study.py" \
        "$cluster/../../docs/study.schema.json" study "$dir/out" complete
else
    skip 'no python3-jsonschema here: the study file is not read'
fi

# ---- an end by a signal ----

# Within three seconds there must be no process on either node, and no file of Open MPI's.
of_nodes() {
    local node
    for node in n1 n2; do
        ip netns pids "$(cat "$RXT_NODES/word")-$node"
    done
}
nobody() {
    [ -z "$(of_nodes)" ]
}
nothing_left() {
    wait_until 3 nobody && equal "$(find "$RXT_NODES/n1" "$RXT_NODES/n2" ! -type d)" '' && return
    ps -o pid,args -p "$(of_nodes | paste -sd,)"
    return 1
}

as_users_do
file=$dir/study.csv
begin "$cluster/on.sh" n1 "${launch[@]}" -H n1:2,n2:2 -np 4 "$bench" -n 100k -r 1,2,4 -t 1 \
    --rounds=1000:100000 --budget=600s --progress=yes -o "$file"
wait_until "$limit" under_way
kill -s TERM "$job" # on.sh, ip, unshare and mpirun are one process, which executes them in turn
ended
claim 'SIGTERM to mpirun: not exit code 0' [ "$status" -ne 0 ]
claim 'SIGTERM to mpirun: nothing is left on either node' nothing_left
claim 'SIGTERM to mpirun: the file is whole, and every row says stopped' \
    all_rows "$file" '^[12]\|stopped' nodes note

# ---- the nodes themselves ----

ours() {
    ip netns list | grep -c "^$word-"
}

word=$(cat "$RXT_NODES/word")
claim 'two nodes and their switch are there' equal "$(ours)" 3
(
    "$cluster/on.sh" n2 sleep 600
    echo $? >"$dir/sleeper"
) 2>/dev/null &
job=$!
sleeper_is_there() {
    [ -n "$(ip netns pids "$word-n2")" ]
}
wait_until "$limit" sleeper_is_there
"$cluster/nodes.sh" "$RXT_NODES" down
wait $job
claim 'down ends the processes of its nodes' equal "$(cat "$dir/sleeper")" 137
claim 'down removes the nodes' equal "$(ours)" 0
PATH=$dir/bin:$PATH
mkdir "$dir/bin"
cat >"$dir/bin/ip" <<'END'
#!/usr/bin/env bash
case "$*" in *10.77.0.2*) echo 'no more addresses' >&2; exit 1 ;; esac
PATH=${PATH#*:} exec ip "$@"
END
chmod +x "$dir/bin/ip"
before=$(ip netns list | sort)
run "$cluster/nodes.sh" "$RXT_NODES" up 2
claim 'nodes that cannot be made: exit code 1' exits 1
claim 'nodes that cannot be made: says so' holds "$dir/err" 'cannot make node n2 of 2'
claim 'nodes that cannot be made leave none behind' equal "$(ip netns list | sort)" "$before"

finish
