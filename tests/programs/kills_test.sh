#!/usr/bin/env bash
# kills_test.sh BUILD [COUNT] - studies that are killed at a random time (SIGKILL to mpirun or to a
# random rank) are completed by --resume: no visit in the journal is lost or there twice, and no
# process or file is left behind. Repeats until COUNT kills (default 4) hit a running study. Every
# second study uses --team=resident and, with several ranks, --combine=window.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
unset OMPI_MCA_odls_base_sigkill_timeout # an end as users have it

kills=${2:-4}
bench=$build/dotbench
folder=$dir/study
file=$folder/dot.json
mkdir "$folder"
python=$(command -v /usr/bin/python3 || command -v python3) || { skip 'no python3'; finish; }
if [ "${RXT_BUILD_TYPE:-}" = Asan ] && [ $# -lt 2 ]; then
    kills=2
fi
RANDOM=$$
options=(-n 1k -r "$(up_to 3)" -t '1,2' --oversubscribe --rounds=16:16 -q)
count=3
if several && ! open_mpi; then
    count=2 options[3]=1,2 options[5]=1 # other MPIs spin where ranks and threads share cores
fi
usual=("$bench" "${options[@]}" -o "$file")
several && usual=("$mpiexec" -np "$count" "${usual[@]}")
waiting=(--team=resident) # threads and ranks that wait on shared memory
several && waiting+=(--combine=window)
study=("${usual[@]}")
ours="*$folder*"

visits() { # FILE: number of visits in a journal, if there is one
    local count
    count=$(grep -cs '"round":[0-9]' "$1")
    echo "${count:-0}"
}
visited_or_over() {
    [ "$(visits "$file.journal")" -ge 10 ] || [ -e "$file" ]
}

# Kills the launcher, or one of the ranks, after a random part of the study's time. As long as no
# killed study has left visits in a journal, it waits for the first visit instead.
strike() {
    local victims
    if [ "$held" = 0 ]; then
        wait_until "$limit" visited_or_over
    else
        sleep "$(awk -v most="$lasts" -v dice="$RANDOM" \
            'BEGIN { print 0.8 * most * dice / 32768 }')"
    fi
    victim=$bench
    several && ((RANDOM % 2)) && victim=$mpiexec
    mapfile -t victims < <(running "$ours" "$victim")
    [ ${#victims[@]} -gt 0 ] || return
    kill -KILL "${victims[RANDOM % ${#victims[@]}]}" 2>/dev/null && struck=yes
}

# Starts the study, strikes (kills), and waits until all processes are gone. A strike counts if it
# hit a living process, and if the study did not end with exit code 0.
killed() { # ARGUMENT...
    struck=no
    begin "${study[@]}" "$@"
    strike
    ended
    if [ $struck = yes ] && [ "$status" != 0 ]; then
        strikes=$((strikes + 1))
    else # another load may have ended that slowed the study
        lasts=$(awk -v lasts="$lasts" 'BEGIN { print 0.7 * lasts }')
    fi
    printf 'try %s: %s, struck: %s, exit code %s\n' "$try" "${victim##*/}" "$struck" "$status"
    claim "killed: all processes are gone" gone "$ours"
    claim "killed: no file but the study's and its journal" \
        equal "$(find "$folder" -type f ! -name dot.json ! -name dot.json.journal)" ''
    cat "$file.journal" >>"$dir/journals" 2>/dev/null
    held=$((held + $(visits "$dir/journals")))
}

# Every visit in the journals must be in the study with the same bits (each journal repeats the
# visits of the one before); every row must have all rounds, and none of them twice.
cat >"$dir/check.py" <<'END'
import json, sys, zlib

study = json.load(open(sys.argv[1]))
visits = {}
for line in open(sys.argv[2], 'rb'):
    text = line[9:-1]
    if len(line) < 10 or line[-1:] != b'\n' or b'%08x' % zlib.crc32(text) != line[:8]:
        continue
    record = json.loads(text)
    if record.get('round', -1) >= 0 and record['cell'] < len(study['rows']): # not a roof's
        visits[record['cell'], record['round']] = record['seconds']
samples = {}
for cell, row in enumerate(study['rows']):
    rounds = [round for round, seconds in row['samples']]
    assert len(set(rounds)) == len(rounds) == row['rounds'] >= 16, row
    samples.update({(cell, round): seconds for round, seconds in row['samples']})
assert study['status'] == 'complete'
lost = [visit for visit in visits if visit not in samples]
changed = [visit for visit in visits if visit in samples and samples[visit] != visits[visit]]
print(f'{len(visits)} visits in journals, {len(samples)} in the study, '
      f'{len(lost)} lost, {len(changed)} changed')
sys.exit(bool(lost or changed))
END

shared_memory >"$dir/shm"
began=$EPOCHREALTIME
run "${study[@]}"
lasts=$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { print to - from }')
claim 'left alone: exit code 0' exits 0
claim 'left alone: the file alone is left' equal "$(ls -A "$folder")" dot.json
# A study may end before it is struck: then another one is tried.
strikes=0 held=0
for ((try = 1; strikes < kills && try <= 4 * kills; try++)); do
    rm -f "$folder"/* "$dir/journals"
    study=("${usual[@]}")
    ((try % 2)) || study+=("${waiting[@]}")
    killed
    ((try % 3)) || killed --resume
    run "${study[@]}" --resume
    claim "killed: --resume completes the study" exits 0
    claim "killed: no visit is lost, none twice" \
        "$python" "$dir/check.py" "$file" "$dir/journals"
    claim "completed: the file alone is left" equal "$(ls -A "$folder")" dot.json
done
claim 'as many strikes as asked for hit a living process' [ "$strikes" -ge "$kills" ]
claim 'journals of studies that were killed hold visits' [ "$held" -gt 0 ]
# Open MPI leaves its segments if mpirun is killed; libomp leaves a name if its process is killed.
if ! several || open_mpi; then
    claim 'shared memory that is left is of the runtimes' nothing_shared_is_left "$dir/shm"
fi
printf '%d strikes in %d tries\n' "$strikes" $((try - 1))

finish
