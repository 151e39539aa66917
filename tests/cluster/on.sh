#!/usr/bin/env bash
# on.sh NODE COMMAND… - runs a command line on a pretend node of nodes.sh: with its network, its host
# name, and its own /dev/shm, TMPDIR and /etc/hosts. Open MPI uses it as plm_rsh_agent, too.
#
# RXT_NODES names the folder of nodes.sh. The mounts end with the command's last process.
set -u

node=$1
shift
export RXT_NODES TMPDIR=$RXT_NODES/$node
# Open MPI writes a command line for a shell, so a shell must read it again.
# shellcheck disable=SC2016
exec ip netns exec "$(cat "$RXT_NODES/word")-$node" unshare --uts bash -c '
    hostname "$0" && mount -t tmpfs -o size=256m shm /dev/shm &&
        mount --bind "$RXT_NODES/hosts" /etc/hosts && exec bash -c "$*"' "$node" "$@"
