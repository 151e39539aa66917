/* modes.h - what bench_peers does besides rows: for peers.sh, and to see where two threads pay. */
#ifndef PEERS_MODES_H
#define PEERS_MODES_H

#include "rows.h"

/* "BYTES SECONDS GB/s" of `dot` on half of this machine's L1 ("L1") or L2 ("L2"), one thread, small
 * pages, averaged over 0.3 s as likwid-bench averages. RXT_USAGE for another level. */
rxt_status peers_mode_once(const peers_bench *bench, const char *level, FILE *file);

/* How many times faster than one thread a resident team of two is, over sizes, with the kernel and
 * operands of that row; and which of both an auto team takes. RXT_USAGE for a row without a
 * reduction. */
rxt_status peers_mode_tune(const peers_bench *bench, const char *row, FILE *file);

/* A figure of pairs "OURS THEIRS", a line each, that somebody else measured. `spec` is
 * "ROW,WHAT,N,THREADS,PEER,BAR[,CLAIMS]": BAR is LEAST, LEAST:MOST or :MOST, 0 requires nothing;
 * CLAIMS is how many figures the interval is to hold for together. */
rxt_status peers_mode_pairs(const char *spec, FILE *in, FILE *file, peers_format format);

#endif
