# table.awk - makes the table of docs/performance.md from the figures of several jobs, as
# bench_peers --format=tsv prints them.
#
#   awk -v jobs=JOBS -f table.awk FILE ...
#
# The figures of two jobs can differ by more than their intervals. So a bar is "reached" only if
# every job reached it, and "missed" only if every job missed it. Otherwise the verdict is "cannot
# tell", with the number of jobs that reached or missed the bar. Exit code: 0 if no bar is missed, 1
# if a bar is missed.
BEGIN { FS = "\t" }

function time(s) {
    if (s < 1e-6) return sprintf("%.3g ns", 1e9 * s)
    if (s < 1e-3) return sprintf("%.3g us", 1e6 * s)
    return s < 1 ? sprintf("%.3g ms", 1e3 * s) : sprintf("%.3g s", s)
}

# Some awks read "nan" as a number, so the interval is checked as text.
function interval(low, high) {
    return low ~ /[0-9]/ && high ~ /[0-9]/ ? sprintf("[%.3g %.3g]", low, high) : "[no interval]"
}

function verdict(key,    single) {
    if (judged[key] == 0) return ""
    if (reached[key] == judged[key]) return "reached"
    if (missed[key] == judged[key]) return "**missed**"
    if (reached[key]) single = reached[key] " reached"
    if (missed[key]) single = single (single ? ", " : "") missed[key] " missed"
    return "cannot tell" (single ? " (" single ")" : "")
}

NF > 6 {
    key = $1 FS $2 FS $3 FS $4
    cells[key] = cells[key] sprintf(" %.3g %s |", $8, interval($9, $10))
    judged[key] += $13 != "-"; reached[key] += $13 == "reached"; missed[key] += $13 == "missed"
}
NF <= 6 { key = $0 }
{
    if (!(key in last)) at[++lines] = key
    last[key] = $0
    count[key]++
}

END {
    printf "| | n | threads | ours | best peer | its time |"
    for (j = 1; j <= jobs; j++) printf " job %d: ratio [interval] |", j
    print " required | |"
    printf "|---|--:|--:|--:|---|--:|"
    for (j = 1; j <= jobs; j++) printf "--:|"
    print "---|---|"
    for (l = 1; l <= lines; l++) {
        key = at[l]; n = split(last[key], f, FS)
        if (n <= 6) { print "| `" f[1] "` " f[2] " |"; continue }
        for (j = count[key]; j < jobs; j++) cells[key] = cells[key] " |"
        word = verdict(key)
        bars += word != ""; all += word == "reached"; none += word == "**missed**"
        printf "| %s | %d | %d | %s | %s | %s |%s %s | %s |\n", f[2], f[3], f[4],
            time(f[5]), f[6], time(f[7]), cells[key], f[12], word
    }
    if (bars)
        printf "\nOf %d bars %d are reached, %d missed; of %d the intervals cannot tell.\n",
            bars, all, none, bars - all - none
    exit none > 0
}
