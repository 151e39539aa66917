#!/usr/bin/env bash
# tour_test.sh BUILD - jobs/tour.sh makes its page also if something is missing; every study that it
# leaves is valid, the page says why a study is missing, and no process continues after any end.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
as_users_do

here=$(cd "$(dirname "$0")/../.." && pwd)
tour=$here/jobs/tour.sh
cpython=$here/jobs/tour/cpython.py
kept=$dir/kept
names=(spawn share lock one_core_compute one_core_wait wait small smt cpython)
python=$(command -v /usr/bin/python3 || command -v python3)
cd "$dir" || exit 2

# Is there one message of the scripts themselves, and does it have the words?
says() { # WORDS
    equal "$(grep -c '^[a-z]*\.\(sh\|py\): ' "$dir/err")" 1 &&
        grep '^[a-z]*\.\(sh\|py\): ' "$dir/err" | grep -qF -- "$1"
}

ours="*$dir/*"

tours_folders() {
    find "$dir" -maxdepth 1 -name 'rxt-tour.*'
}

# ---- a wrong command line ----

refuse() { # ARGUMENT... -- WORDS
    local arguments=()
    while [ "$1" != -- ]; do
        arguments+=("$1")
        shift
    done
    run "$tour" "${arguments[@]}"
    claim "$ran: exit code 2" exits 2
    claim "$ran: one line, with what is wrong" says "$2"
    claim "$ran: not a line more" equal "$(wc -l <"$dir/err")" 1
}
refuse --bogus -- '--bogus: not an option'
refuse page.html -- 'page.html: not an option'
refuse -o -- '-o: needs a value'
refuse -o page.pdf -- '--output=page.pdf: '
refuse --output="$dir/none/page.html" -- 'make it first'
refuse --budget=soon -- '--budget=soon: '
refuse --budget=0 -- '--budget=0: '
refuse --build="$dir" -- "--build=$dir: "
run "$tour" --help
claim '--help: exit code 0' exits 0
claim '--help tells the options' holds "$dir/out" '--keep=FOLDER'

# ---- the tour ----

schema=$("$python" -c 'import jsonschema; print("there")' 2>/dev/null)
[ -n "$schema" ] || skip 'studies are not held against the schema: no python3-jsonschema here'

# Without the schema, a study is valid if rxt reads it without a message.
is_study() { # FILE
    if [ -n "$schema" ]; then
        "$python" "$here/tests/study.py" "$here/docs/study.schema.json" valid "$1"
    else
        rm -rf "$dir/one" && mkdir "$dir/one" && cp "$1" "$dir/one" &&
            equal "$("$build/rxt" tour "$dir/one" -q -o "$dir/one.html" 2>&1)" ''
    fi
}

valid() { # NAME: its study is valid, or one line says why there is none
    if [ -s "$kept/$1.json" ]; then
        is_study "$kept/$1.json"
    else
        equal "$(wc -l <"$kept/$1.why")" 1
    fi
}

tours() { # WORDS: claims after a tour
    claim "$1: exit code 0" exits 0
    claim "$1: the page is there" grep -q '</html>' "$dir/page.html"
    claim "$1: says where the page is" holds "$dir/out" "The page: $dir/page.html"
    claim "$1: a line for each of ten steps" equal "$(grep -cE '^ ?[0-9]+/10  ' "$dir/err")" 10
    claim "$1: its own folder is gone" equal "$(tours_folders)" ''
    claim "$1: nothing runs on" gone "$ours"
}

# Prints the id of a program that this test's tour runs.
programs="$build/*bench*$dir/rxt-tour.*"
driver() {
    wait_until "$limit" at_work 1 "$programs" && running "$programs" | head -n 1
}

# Kills the first program of a tour. On a loaded machine this program may already have ended, or too
# little may be measured: then another tour gets more time.
killed_and_page() {
    [ -s "$dir/page.html" ] && grep -qs 'was ended by signal 9' "$kept"/*.why
}
for budget in 8s 30s 60s; do
    begin "$tour" --build="$build" --keep="$kept" --budget=$budget -o page.html
    kill -KILL "$(driver)"
    ended
    ! killed_and_page || break
done
tours 'a tour'
claim 'a program that is killed: says so' killed_and_page
for name in "${names[@]}"; do
    claim "a tour: $name.json is a study, or $name.why says why it is not there" valid "$name"
done

# A second tour replaces the files of the first, and no file that somebody else put there.
claim 'the folder: what the tour left is listed' [ -s "$kept/.rxt-tour" ]
echo mine >"$kept/notes.txt"
cp -r "$kept" "$dir/other" && echo mine >"$dir/other/lock.json"
run "$tour" --build="$build" --keep="$dir/other" --budget=6s -o page.html
claim "somebody's lock.json: exit code 2" exits 2
claim "somebody's lock.json: one line" says 'lock.json is there, but not from a tour'
claim "somebody's lock.json: stays" equal "$(cat "$dir/other/lock.json")" mine
claim "somebody's lock.json: nothing else is removed" \
    diff -r "$kept" "$dir/other" --exclude=lock.json
for name in share.json small.why; do
    mkdir "$dir/own" && echo mine >"$dir/own/$name"
    run "$tour" --build="$build" --keep="$dir/own" --budget=6s -o page.html
    claim "somebody's $name: exit code 2" exits 2
    claim "somebody's $name: stays" equal "$(cat "$dir/own/$name")" mine
    rm -r "$dir/own"
done

# A folder with all programs of PATH except Python.
mkdir "$dir/bin"
IFS=: read -ra folders <<<"$PATH"
for folder in "${folders[@]}"; do
    find "$folder" -maxdepth 1 ! -type d ! -name 'python*' \
        -exec ln -s -t "$dir/bin" {} + 2>/dev/null
done
rm page.html
run env PATH="$dir/bin" "$tour" --build="$build" --keep "$kept" --budget=6 -o page.html
claim 'without Python: why there is no study' holds "$kept/cpython.why" 'python3 is not there'
if holds "$dir/err" 'nothing could be measured'; then # in 6 s of a busy machine
    run env PATH="$dir/bin" "$tour" --build="$build" --keep "$kept" --budget=30 -o page.html
fi
tours 'without Python'
claim "the folder: somebody's notes stay" equal "$(cat "$kept/notes.txt")" mine

# ---- any end ----

begin "$tour" --build="$build" --keep="$kept" --budget=100 -o page.html
driver >/dev/null
kill -TERM "$job"
ended
claim 'SIGTERM: exit code 4' exits 4
claim 'SIGTERM: says that it was interrupted' says 'interrupted'
claim 'SIGTERM: nothing runs on' gone "$ours"
claim 'SIGTERM: its own folder is gone' equal "$(tours_folders)" ''

# If a tour is killed, its guard process removes the tour's folder.
no_folder() {
    [ -z "$(tours_folders)" ]
}
begin "$tour" --build="$build" --keep="$kept" --budget=100 -o page.html
driver >/dev/null
claim 'SIGKILL: its own folder was there' [ -n "$(tours_folders)" ]
kill -KILL "$job"
ended 2>/dev/null
claim 'SIGKILL: nothing runs on' gone "$ours"
claim 'SIGKILL: its own folder is gone' wait_until 3 no_folder

# ---- CPython ----

if [ -z "$python" ]; then
    skip 'CPython: no python3'
    finish
fi

run "$python" "$cpython" -o "$kept/cpython.json" --budget=soon
claim 'cpython.py: a wrong budget: exit code 2' exits 2
claim 'cpython.py: a wrong budget: one line' says '--budget'
run "$python" "$cpython" --budget=1 -o "$dir/none/cpython.json"
claim 'cpython.py: nowhere to write: exit code 3' exits 3

mkdir "$dir/broken"
echo 'raise ImportError("none")' >"$dir/broken/numpy.py"
run env PYTHONPATH="$dir/broken" "$python" "$cpython" -o "$kept/cpython.json" --budget=3
claim 'without NumPy: stopped by its budget, or complete' [ "$status" = 4 -o "$status" = 0 ]
claim 'without NumPy: one line' says 'python3-numpy is missing: native_released is left out'
claim 'without NumPy: no row of it' \
    equal "$(grep -c '"kernel": "native_released"' "$kept/cpython.json")" 0
claim 'without NumPy: all others' \
    equal "$(grep -o '"kernel": "[a-z_@0-9M]*"' "$kept/cpython.json" | sort -u | wc -l)" 8
claim 'no bytecode is left among the sources' equal "$(find "$here/jobs" -name '*.pyc')" ''

# cpython.py is killed while it has child processes, whatever their names are.
has_children() {
    [ "$(session "$job" | wc -l)" -ge 2 ]
}
works() { # begins cpython.py, and after a random time waits until it has children
    begin setsid "$python" "$cpython" -o "$kept/cpython.json" --budget=20
    sleep "1.$RANDOM"
    wait_until 10 has_children
}
for ((kill = 1; kill <= 3; kill++)); do
    claim 'cpython.py, SIGKILL: it had children' works
    kill -KILL "$job"
    ended 2>/dev/null
    claim 'cpython.py, SIGKILL: its children are gone' session_is_gone "$job"
done
claim 'cpython.py, SIGTERM: it had children' works
kill -INT "$job"
kill -TERM "$job"
ended
claim 'cpython.py, SIGTERM: exit code 4' exits 4
claim 'cpython.py, SIGTERM: what was measured is saved' \
    grep -q '"status": "stopped"' "$kept/cpython.json"
claim 'cpython.py, SIGTERM: as a study' valid cpython
claim 'cpython.py, SIGTERM: its children are gone' session_is_gone "$job"

# A signal comes while cpython.py looks for NumPy, before anything is measured.
mkdir "$dir/slow"
echo "open('$dir/looking', 'w').close(); import time; time.sleep(60)" >"$dir/slow/numpy.py"
begin env PYTHONPATH="$dir/slow" "$python" "$cpython" -o "$kept/cpython.json" --budget=20
claim 'cpython.py, SIGTERM at its start: it had begun' wait_until 20 [ -e "$dir/looking" ]
kill -TERM "$job"
ended
claim 'cpython.py, SIGTERM at its start: exit code 4' exits 4
claim 'cpython.py, SIGTERM at its start: no traceback' empty "$dir/err"
claim 'cpython.py, SIGTERM at its start: a study without times' valid cpython

# Each signal comes just when the script is about to ignore it.
run env PYTHONDONTWRITEBYTECODE=1 "PYTHONPATH=$here/jobs/tour" /usr/bin/python3 - <<'END'
import os, signal, study
take = signal.signal
def late(which, handler):
    if handler == signal.SIG_IGN:
        os.kill(os.getpid(), which)
    return take(which, handler)
signal.signal = late
def done():
    pass
def signalled():
    os.kill(os.getpid(), signal.SIGTERM)
print(*(study.until_signal(work) for work in (done, signalled)))
END
claim 'cpython.py, signals at its end: none is lost, none is a traceback' holds "$dir/out" 'True True'

finish
