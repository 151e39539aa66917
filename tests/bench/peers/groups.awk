# groups.awk - summarises the table that peers.sh prints. It prints one line for each group of rows
# (the rows of the README, and others): the range of ratios over the group's sizes and jobs. all.sh
# finds these lines.
BEGIN {
    FS = " *[|] *"
    dot = "dot, 1 or 2 threads"
    group("dot, a team of 2, n = 8000, against OpenBLAS", dot, 8000, 8000)
    group("dot, a team of 2, n = 10,000, against OpenBLAS", dot, 10000, 10000)
    group("dot, a team of 2, n = 100,000, against OpenBLAS", dot, 100000, 100000)
    group("dot, a team of 2, n = 3000 to 5000 (two modes), against OpenBLAS", dot, 3000, 5000)
    group("dot, 1 thread, n = 1000, against OpenBLAS", dot, 1000, 1000)
    group("dot, 1 thread, from DRAM, against OpenBLAS", "dot from DRAM", 0, 1e18, 1)
    group("dot, 2 threads, from DRAM, against OpenBLAS", "dot from DRAM", 0, 1e18, 2)
    group("dot, 1 or 2 threads as an auto team decides, n = 100 to 100M, against OpenBLAS", dot, 0, 1e18)
    group("dot against BLIS and plain loops", "dot, other peers", 0, 1e18)
    group("dot in half of L1, against likwid-bench ddot_avx512", "dot in L1", 0, 1e18)
    group("dot in half of L2, against likwid-bench load_avx512", "dot in L2", 0, 1e18)
    group("nrm2, 1 thread, n = 1000 to 100,000, against cblas_dnrm2", "nrm2.*", 0, 1e18, 1)
    group("nrm2, 2 threads, n = 100,000 to 300,000, against cblas_dnrm2", "nrm2.*", 0, 1e18, 2)
    group("iamax, n = 100, against the best peer", "iamax", 100, 100)
    group("iamax, n = 300 to 1M, against the best peer", "iamax", 300, 1e18)
    group("asum, sum, max, n = 100 to 50M, against the best peer", "asum|sum|max", 0, 1e18)
    group("triad, add, scale from DRAM, against STREAM's loops", "(triad|add|scale) from DRAM", 0,
        1e18)
    group("copy from DRAM, against memcpy", "copy from DRAM", 0, 1e18)
    group("exp, against libm", "exp.*", 0, 1e18)
    group("sqrt, against gcc -O3", "sqrt.*", 0, 1e18)
    group("an empty call of a team of 2, against a region of libgomp", "empty resident call", 0, 0)
    group("a double over 2 ranks by a window, against MPI_Allreduce", "window.*medians.*", 0, 1)
    group("a double over 4 ranks by a window, against MPI_Allreduce", "window.*np = 4", 0, 1)
    group("a study of 12 splits, against 12 launches of mpirun", "a study.*", 0, 12)
}

function group(name, row, from, to, threads) {
    title[++groups] = name; rows[groups] = "^(" row ")$"
    least[groups] = from; most[groups] = to; only[groups] = threads
}

# The cell of a job is RATIO [LOW HIGH]. The last cell is the verdict; "missed" is bold.
function take(g,    f, ratio, word) {
    for (f = 8; f < NF - 2; f++)
        if ($f != "") {
            ratio = $f + 0
            if (!count[g]++ || ratio < low[g]) low[g] = ratio
            if (ratio > high[g]) high[g] = ratio
            cells[g] = cells[g] (cells[g] ? "; " : "") $f
        }
    sizes[g]++
    word = $(NF - 1); gsub(/[*]/, "", word)
    bar[g] = $(NF - 2); verdict[g] = word
    sub(/ [(].*/, "", word)
    if (word != "") seen[g, word]++
}

$3 ~ /^[0-9]+$/ {
    for (g = 1; g <= groups; g++)
        if ($2 ~ rows[g] && $3 >= least[g] && $3 <= most[g] && (!only[g] || $4 == only[g]))
            take(g)
}
/not measured/ { gsub(/[|`]/, ""); sub(/^ */, ""); print "= " $0 }
/^\| iamax \| 100 / { iamax = $5 + 0 }
/^\| max \| 100 / { max = $5 + 0 }
/^\| a study of 12/ { launch = $7 / 12 }
/^Of [0-9]+ bars/ { total = $0 }

END {
    for (g = 1; g <= groups; g++) {
        if (!count[g]) { print "= " title[g] ": not measured"; continue }
        if (sizes[g] == 1) {
            printf "= %s: %s", title[g], cells[g]
            if (verdict[g])
                printf ", %s: %s", bar[g] ~ /^[0-9]/ ? "at least " bar[g] : bar[g], verdict[g]
            print ""
            continue
        }
        if (!seen[g, "reached"] && !seen[g, "missed"] && !seen[g, "cannot tell"]) {
            printf "= %s: %.3g to %.3g in %d rows\n", title[g], low[g], high[g], sizes[g]
            continue
        }
        printf "= %s: %.3g to %.3g in %d rows: %d reached, %d missed, %d cannot tell\n", title[g],
            low[g], high[g], sizes[g], seen[g, "reached"], seen[g, "missed"],
            seen[g, "cannot tell"]
    }
    if (iamax && max)
        printf "= of iamax at n = 100, finding the index: %.1f ns of %.1f ns\n", iamax - max, iamax
    if (launch) printf "= one launch of mpirun with its split: %.2f s\n", launch
    if (total) print total
}
