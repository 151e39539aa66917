#!/usr/bin/env bash
# nodes.sh - pretend nodes on this machine: network namespaces n1, n2, … joined by a switch, each with
# a name and an address of its own. Only root can make them.
#
#   nodes.sh FOLDER up N    makes n1 … nN; keeps their files in FOLDER, which must exist
#   nodes.sh FOLDER down    ends their processes and removes the nodes; no error if there are none
#
# on.sh runs commands on a node. Namespaces of others are not touched: the names of these namespaces
# start with a word that is in a file of FOLDER. Apart from the namespaces, everything is in FOLDER.
set -u

folder=$(cd "${1:?the folder is missing}" && pwd) || exit 2

fail() {
    echo "nodes.sh: $1" >&2
    down
    exit 1
}

ours() {
    [ -s "$folder/word" ] && ip netns list | awk -v word="$(cat "$folder/word")-" \
        'index($1, word) == 1 { print $1 }'
}

down() {
    local name process
    for name in $(ours); do
        for process in $(ip netns pids "$name"); do
            kill -KILL "$process" 2>/dev/null
        done
        ip netns delete "$name"
    done
    rm -f "$folder/word" "$folder/hosts"
}

# The switch is a bridge in its own namespace, so that the devices of this machine do not change.
node() { # NUMBER
    local switch=$word-switch node=$word-n$1
    ip netns add "$node" &&
        ip -n "$switch" link add "port$1" type veth peer name eth0 netns "$node" &&
        ip -n "$switch" link set "port$1" master bridge up &&
        ip -n "$node" link set lo up &&
        ip -n "$node" address add "10.77.0.$1/24" dev eth0 &&
        ip -n "$node" link set eth0 up &&
        echo "10.77.0.$1 n$1" >>"$folder/hosts" &&
        mkdir -p "$folder/n$1"
}

up() { # COUNT
    local count i
    word=rxt$$
    echo "$word" >"$folder/word" || exit 2
    echo '127.0.0.1 localhost' >"$folder/hosts"
    { ip netns add "$word-switch" && ip -n "$word-switch" link add bridge type bridge &&
        ip -n "$word-switch" link set bridge up; } || fail 'cannot make the switch'
    for ((i = 1, count = $1; i <= count; i++)); do
        node "$i" || fail "cannot make node n$i of $count"
    done
}

case ${2:-} in
up) up "${3:?how many nodes?}" ;;
down) down ;;
*)
    echo "usage: nodes.sh FOLDER up N | down" >&2
    exit 2
    ;;
esac
