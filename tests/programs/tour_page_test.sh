#!/usr/bin/env bash
# tour_page_test.sh BUILD - rxt tour makes one page from a folder of studies: all sentences, the
# right verdicts on synthetic studies, names taken literally, no content from elsewhere. A missing
# or damaged study affects only its own sentences; errors get one message and their exit code.
# shellcheck source=tests/lib.sh disable=SC2034,SC2317
. "$(dirname "$0")/../lib.sh"

rxt=$build/rxt

refused() { # CODE WORDS...
    claim "$ran: exit code $1" exits "$1"
    claim "$ran: one message" says_once "${@:2}"
    claim "$ran: not a line more" equal "$(wc -l <"$dir/err")" 1
    claim "$ran: nothing on stdout" empty "$dir/out"
}

# Writes a study from lines "KERNEL RANKS THREADS N SECONDS SPREAD", with ROUNDS rounds; a SPREAD of
# 0.1 is ± 10 %. SECONDS is - for a row that could not be measured, ! for a wrong one. HOST is
# further JSON about the host.
plant() { # FILE PROGRAM [ROUNDS] [HOST]
    awk -v program="$2" -v rounds="${3:-11}" -v host="${4:-}" '
        function median(from, count,    i, j, v, s) {
            for (i = 1; i <= count; i++) {
                v = from[i]
                for (j = i; j > 1 && s[j - 1] > v; j--) s[j] = s[j - 1]
                s[j] = v
            }
            return count % 2 ? s[(count + 1) / 2] : (s[count / 2] + s[count / 2 + 1]) / 2
        }
        { kernel[NR] = $1; ranks[NR] = $2; threads[NR] = $3; n[NR] = $4; time[NR] = $5
          spread[NR] = $6 + 0; note[NR] = $7; if ($2 * $3 == 1) base[$1, $4] = NR }
        END {
            printf "{\"schema\": \"rxt-study-1\", \"created\": \"2026-11-28T12:00:00Z\", "
            printf "\"program\": \"%s\", \"version\": \"1.0\", \"command\": [\"%s\", \"-q\"], ", program, program
            printf "\"settings\": {}, \"host\": {%s\"nodes\": [{\"names\": [\"n1\"], ", host
            printf "\"cpu\": \"<b>CPU</b>\", \"cores\": 2}]}, \"status\": \"complete\", \"rows\": ["
            for (i = 1; i <= NR; i++) {
                there = time[i] + 0 > 0; b = base[kernel[i], n[i]]
                for (r = 1; r <= rounds; r++) {
                    t[i, r] = time[i] * (1 + spread[i] * (((r * (i + 2)) % 11) - 5) / 5)
                    one[r] = t[i, r]
                }
                printf "%s\n{\"kernel\": \"%s\", \"type\": \"f64\", \"scaling\": \"strong\", ", (i > 1 ? "," : ""), kernel[i]
                single = ranks[i] * threads[i] == 1
                printf "\"team\": \"%s\", \"combine\": \"%s\", \"bind\": \"hybrid\", ", single ? "-" : "forkjoin", single ? "-" : "mpi"
                printf "\"n\": %d, \"bytes\": null, \"level\": null, \"nodes\": 1, \"ranks\": %d, ", n[i], ranks[i]
                printf "\"threads\": %d, \"workers\": %d, \"rounds\": %d, \"calls\": 1, ", threads[i], ranks[i] * threads[i], there ? rounds : 0
                m = there ? sprintf("%.17g", median(one, rounds)) : "null"
                low = there && rounds > 5 ? m * (1 - spread[i]) : "null"
                high = there && rounds > 5 ? m * (1 + spread[i]) : "null"
                printf "\"time_median\": %s, \"time_low\": %s, \"time_high\": %s, ", m, low, high
                printf "\"time_min\": %s, \"time_q1\": %s, \"time_q3\": %s, \"time_max\": %s, ", m, m, m, m
                for (r = 1; r <= rounds; r++) if (there) one[r] = t[b, r] / t[i, r]
                s = there ? sprintf("%.17g", median(one, rounds)) : "null"
                printf "\"baseline\": \"1x1\", \"speedup\": %s, \"speedup_low\": null, \"speedup_high\": null, ", s
                printf "\"efficiency\": null, \"gbytes_per_s\": null, \"gflops_per_s\": null, \"roof\": null, "
                printf "\"result\": null, \"error\": %s, \"verified\": %s, ", there ? 0 : time[i] == "!" ? 2 : "null", there ? "true" : time[i] == "!" ? "false" : "null"
                printf "\"placement\": null, \"note\": %s, \"unit\": \"number\", \"p99\": null, \"samples\": [", note[i] ? "\"" note[i] "\"" : "null"
                for (r = 1; there && r <= rounds; r++) printf "%s[%d, %.17g]", (r > 1 ? ", " : ""), r - 1, t[i, r]
                printf "]}"
            }
            print "], \"answers\": [], \"fits\": []}"
        }' >"$1"
}

# ---- a folder of studies for which all sentences hold ----

folder() {
    mkdir -p "$1"
    plant "$1/spawn.json" spawnbench <<'E'
thread 1 1 1 12e-6 0.05
region_cold 1 1 1 110e-6 0.05
region_hot 1 1 1 0.7e-6 0.05
fork 1 1 1 160e-6 0.05
spawn 1 1 1 420e-6 0.05
thread@64M 1 1 1 12.2e-6 0.05
region_cold@64M 1 1 1 111e-6 0.05
region_hot@64M 1 1 1 0.71e-6 0.05
fork@64M 1 1 1 2900e-6 0.05
spawn@64M 1 1 1 425e-6 0.05
E
    plant "$1/share.json" sharebench <<'E'
pointer 1 1 1000 0.3e-6 0.05
pointer 1 2 1000 0.6e-6 0.05
window 1 1 1000 0.5e-6 0.05
window 2 1 1000 0.9e-6 0.05
message 1 1 1000 0.8e-6 0.05
message 2 1 1000 2.0e-6 0.05
pipe 1 1 1000 4e-6 0.05
pipe 2 1 1000 7e-6 0.05
serialised 1 1 1000 20e-6 0.05
serialised 2 1 1000 24e-6 0.05
file 1 1 1000 24e-6 0.05
file 2 1 1000 34e-6 0.05
pointer 1 1 1000000 300e-6 0.05
pointer 1 2 1000000 300.6e-6 0.05
window 1 1 1000000 500e-6 0.05
window 2 1 1000000 509e-6 0.05
message 1 1 1000000 800e-6 0.05
message 2 1 1000000 1200e-6 0.05
pipe 1 1 1000000 4000e-6 0.05
pipe 2 1 1000000 5000e-6 0.05
serialised 1 1 1000000 20000e-6 0.05
serialised 2 1 1000000 14000e-6 0.05
file 1 1 1000000 4000e-6 0.05
file 2 1 1000000 6000e-6 0.05
E
    plant "$1/lock.json" lockbench <<'E'
interpreted 1 1 1000 0.1 0.01
interpreted 1 2 1000 0.103 0.01
interpreted 2 1 1000 0.052 0.01
interpreted_nolock 1 1 1000 0.1 0.01
interpreted_nolock 1 2 1000 0.051 0.01
interpreted_nolock 2 1 1000 0.0508 0.01
native_released 1 1 1000 0.1 0.01
native_released 1 2 1000 0.06 0.01
native_released 2 1 1000 0.06 0.01
native_held 1 1 1000 0.1 0.01
native_held 1 2 1000 0.101 0.01
native_held 2 1 1000 0.06 0.01
E
    plant "$1/one_core_compute.json" lockbench <<'E'
interpreted_nolock 1 1 1000 0.1 0.01
interpreted_nolock 1 2 1000 0.1005 0.01
interpreted_nolock 2 1 1000 0.101 0.01
E
    plant "$1/one_core_wait.json" iobench <<'E'
request 1 1 64 0.0641 0.01
request 1 4 64 0.0163 0.01
request 1 16 64 0.0042 0.02
request 4 1 64 0.0164 0.01
E
    plant "$1/wait.json" iobench <<'E'
request 1 1 64 0.0641 0.01
request 1 4 64 0.0163 0.01
request 1 16 64 0.0042 0.02
request 4 1 64 0.0164 0.01
E
    plant "$1/small.json" dotbench <<'E'
dot 1 1 1000 0.1e-6 0.02
dot 1 2 1000 0.9e-6 0.02
dot 2 1 1000 0.5e-6 0.02
dot 1 1 10000 1e-6 0.02
dot 1 2 10000 1.3e-6 0.02
dot 2 1 10000 1.0e-6 0.02
dot 1 1 100000 10e-6 0.02
dot 1 2 100000 6.2e-6 0.02
dot 2 1 100000 5.7e-6 0.02
dot 1 1 1000000 110e-6 0.02
dot 1 2 1000000 60e-6 0.02
dot 2 1 1000000 59e-6 0.02
dot 1 1 10000000 10.4e-3 0.02
dot 1 2 10000000 5.5e-3 0.02
dot 2 1 10000000 5.6e-3 0.02
E
    plant "$1/smt.json" dotbench <<'E'
dot 1 1 10000000 10.4e-3 0.02
dot 1 2 10000000 9.9e-3 0.02
E
    plant "$1/cpython.json" cpython 11 '"python": "3.11.2", "lock": "on", "start_method": "fork", "numpy": "1.24.2", ' <<'E'
interpreted 1 1 1000 0.3 0.01
interpreted 1 2 1000 0.309 0.01
interpreted 2 1 1000 0.17 0.01
native_released 1 1 1000 0.1 0.01
native_released 1 2 1000 0.055 0.01
native_released 2 1 1000 0.06 0.01
thread 1 1 1 52e-6 0.05
fork 1 1 1 900e-6 0.05
spawn 1 1 1 20e-3 0.05
pointer 1 1 1000 20e-6 0.05
pointer 1 2 1000 60e-6 0.05
serialised 1 1 1000 80e-6 0.05
serialised 2 1 1000 124e-6 0.05
pointer 1 1 1000000 320e-6 0.05
pointer 1 2 1000000 560e-6 0.05
serialised 1 1 1000000 8e-3 0.05
serialised 2 1 1000000 12e-3 0.05
E
}

all=$dir/all
folder "$all"
page=$dir/tour.html

tour() { # FOLDER OPTION...
    run "$rxt" tour "$1" -o "$page" "${@:2}"
}

# ---- the page ----

tour "$all"
claim 'exit code 0' exits 0
claim 'silent on stderr' empty "$dir/err"
claim 'text: every sentence holds' equal "$(grep -c '^ *[0-9]*  holds here ' "$dir/out")" 12
claim 'text: the figure with its interval and bound' \
    grep -qE 'fork/thread 13\.[0-9]× \[1[0-9.]+ 1[0-9.]+\] >1\.1' "$dir/out"
claim 'text: at most 100 columns' equal "$(grep -E '.{101}' "$dir/out")" ''
claim 'text: CPython, and how often it differs' \
    grep -qE 'CPython 3\.11\.2, its lock on, .* fork, .* of 9 figures measured' "$dir/out"
claim 'every sentence has a section' equal "$(grep -c '<section id="s[0-9]*">' "$page")" 12
claim 'every section has a guess' equal "$(grep -c 'Write your guess first' "$page")" 12
claim 'every section has a picture' equal "$(grep -c '<svg class="picture" viewBox=' "$page")" 12
claim 'every picture has a title and words' equal "$(grep -c '<desc id=' "$page")" 12
claim 'every sentence holds' equal "$(grep -c '<p class="verdict holds">holds here' "$page")" 12
claim 'the figure, its interval, bound and margin' grep -qE 'fork takes <strong>13\.[0-9]×</strong> \[1[0-9.]+ 1[0-9.]+\] as long as a thread; the sentence needs more than 1\.1× \(margin 5' "$page"
claim 'CPython: its figure' grep -q 'holds here</span> <span class="small">CPython.s figure differs from ours' "$page"
claim 'CPython: where it agrees' grep -q 'CPython.s figure and ours agree within' "$page"
claim 'CPython: its curve' grep -q '>interpreted, threads, CPython</text>' "$page"
for words in '3.11.2' 'its lock on' 'starts by fork' 'NumPy 1.24.2' '2026-11-28T12:00:00Z' \
    'How it was measured' 'prefers-color-scheme:dark' 'media print'; do
    claim "has \"$words\"" holds "$page" "$words"
done
claim 'no number that is none' equal "$(grep -ciE '[^a-z](nan|inf)([^a-z]|$)' "$page")" 0
claim 'nothing from elsewhere' equal "$(grep -ciE 'https?:|[^a-z]src=|url\(|@import|<link|<script' "$page")" 0
claim 'small' [ "$(wc -c <"$page")" -lt 200000 ]
claim 'nothing else was left' equal "$(find "$dir" -name '*.tmp')" ''

# Every element that is opened is closed, in order; every link of the page has its target.
if have python3; then
    well_formed() { # FILE
        python3 - "$1" <<'E'
import html.parser, sys
class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.wanted, self.wrong = [], [], [], []
    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(set(names)) < len(names):
            self.wrong.append(f"{tag}: an attribute twice")
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name == "for" or name == "href" and value.startswith("#"):
                self.wanted.append(value.lstrip("#"))
            if name == "aria-labelledby":
                self.wanted += value.split()
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)
    def handle_startendtag(self, tag, attributes):
        pass
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")
reader = Reader()
reader.feed(open(sys.argv[1], encoding="utf-8").read())
reader.close()
wrong = reader.wrong + reader.open
wrong += [f"id {i} twice" for i in set(reader.ids) if reader.ids.count(i) > 1]
wrong += [f"no id {i}" for i in reader.wanted if i not in reader.ids]
if wrong:
    print(*wrong, sep="\n")
sys.exit(bool(wrong))
E
    }
    whole() { # WORDS
        claim "$1" well_formed "$page"
    }
else
    whole() { :; }
    skip 'the form of the page: python3 is not installed'
fi
whole 'well formed'
run "$rxt" tour "$all" -q -o "$page"
claim '-q: exit code 0' exits 0
claim '-q: no text' empty "$dir/out"

# ---- what is missing, wrong or damaged affects only its own sentences ----

some=$dir/some
verdict() { # SENTENCE: its verdict in the text
    sed -nE "s/^ *$1  (holds here|does not hold here|cannot tell here) .*/\1/p" "$dir/out"
}
cp -r "$all" "$some"
rm "$some/smt.json" "$some/cpython.json" "$some/wait.json"
echo 'this host has no hardware <threads>' >"$some/smt.why"
plant "$some/small.json" dotbench <<'E'
dot 1 1 1000 1e-6 0.02
dot 1 2 1000 0.6e-6 0.02
dot 2 1 1000 2e-6 0.02
dot 1 1 10000000 1e-2 0.02
dot 1 2 10000000 0.6e-2 0.02
dot 2 1 10000000 0.6e-2 0.02
E
plant "$some/spawn.json" spawnbench <<'E'
thread 1 1 1 1e-5 0.02
fork 1 1 1 1.1e-5 0.02
spawn 1 1 1 ! 0.02
fork@64M 1 1 1 - 0.02 refused<here>
E
plant "$some/share.json" sharebench 5 <<'E'
pointer 1 1 1000 1e-6 0.02
pointer 1 2 1000 1e-6 0.02
serialised 1 1 1000 2e-6 0.02
serialised 2 1 1000 3e-6 0.02
E
head -c 700 "$all/lock.json" >"$some/lock.json"
tour "$some"
claim 'damaged: exit code 0' exits 0
claim 'damaged: one line names the file' says_once 'lock.json: is cut off'
for s in 1 2 3 4 8 9 10 11 12; do
    claim "sentence $s: cannot tell" equal "$(verdict "$s")" 'cannot tell here'
done
claim 'sentence 5: holds' equal "$(verdict 5)" 'holds here'
claim 'sentence 7: does not hold, where small work gains' equal "$(verdict 7)" 'does not hold here'
claim 'missing: says why' holds "$dir/out" 'smt.json is missing: this host has no hardware <threads>'
claim 'wrong: says so' holds "$dir/out" 'spawn at 1×1 gave a wrong result'
claim 'refused: its note' holds "$dir/out" 'was not measured: refused<here>'
claim 'few rounds: says how many' holds "$dir/out" 'only 5 of the 7 rounds that an interval needs'
claim 'no row: says which' holds "$dir/out" 'share.json has no row of message at 2×1'
claim 'the page says why, escaped' holds "$page" 'no hardware &lt;threads&gt;'
claim 'the page names what is damaged' holds "$page" 'lock.json: is cut off'
claim 'the page has a verdict of each kind' equal \
    "$(grep -oE '<p class="verdict (holds|fails|unknown)">' "$page" | sort -u | wc -l)" 3
claim 'no number that is none' equal "$(grep -ciE '[^a-z](nan|inf)([^a-z]|$)' "$page")" 0
whole 'with what is missing: well formed'

# ---- names are only names ----

names=$dir/names
mkdir "$names"
plant "$names/spawn.json" 'x</code><script>alert(1)</script>' 11 '"python": "<i>", ' <<'E'
thread 1 1 1 1e-5 0.02
thread@<script>alert(1)</script>&\"'ä 1 1 1 1e-5 0.02
fork 1 1 1 1e-4 0.02
fork@</svg><script>alert(2)</script> 1 1 1 2e-4 0.02
E
printf 'line\033[1m <script> \377\n' >"$names/lock.why"
tour "$names"
claim 'odd names: exit code 0' exits 0
claim 'odd names: no markup' equal "$(grep -c '<script\|<i>\|<b>CPU' "$page")" 0
claim 'odd names: they are there' holds "$page" '&lt;/svg&gt;&lt;script&gt;alert(2)'
claim 'odd names: no control character' equal "$(grep -c $'\033' "$page" "$dir/out" | grep -v ':0')" ''
whole 'odd names: well formed'

# ---- errors ----

rm "$page"
run "$rxt" tour
refused 2 'no folder of studies is named'
run "$rxt" tour "$all"
refused 2 '--output is missing'
run "$rxt" tour "$all" "$some" -o "$page"
refused 2 'more than one folder is named'
run "$rxt" tour "$all" -o "$dir/tour.pdf"
refused 2 'tour.pdf' 'only .html can be written'
run "$rxt" tour "$all" -o "$dir/none/tour.html"
refused 2 'make it first'
run "$rxt" tour "$dir/none" -o "$page"
refused 2 'cannot be opened'
run "$rxt" tour "$all/spawn.json" -o "$page"
refused 2 'is not a folder'
mkdir "$dir/empty"
tour "$dir/empty"
refused 2 'none of a tour' 'jobs/tour.sh'
echo '{' >"$dir/empty/spawn.json"
tour "$dir/empty"
refused 2 'spawn.json: is cut off'
claim 'nothing was written for what was refused' [ ! -e "$page" ]
if [ -w /dev/full ]; then
    run sh -c "'$rxt' tour '$all' -o '$page' >/dev/full"
    claim 'a full stdout: exit code 3' exits 3
fi
run "$rxt" tour --help
claim '--help: exit code 0' exits 0
claim '--help: tells of the folder' holds "$dir/out" 'tour [OPTION...] FOLDER -o FILE.html'
run "$rxt" --help
claim 'rxt --help: lists it' grep -q '^  tour ' "$dir/out"

finish
