/* modes.h - the modes of bench_peers other than rows: for peers.sh, and to see at which sizes two
 * threads are faster than one. */
#ifndef PEERS_MODES_H
#define PEERS_MODES_H

#include "rows.h"

/* Prints "BYTES SECONDS GB/s" of `dot` on half of this machine's L1 ("L1") or L2 ("L2"), with one
 * thread and small pages, averaged over 0.3 s as in likwid-bench. RXT_USAGE for another level. */
rxt_status peers_mode_once(const peers_bench *bench, const char *level, FILE *file);

/* Prints over sizes how many times faster than one thread a resident team of two is, with the
 * kernel and operands of that row, and which of the two an auto team chooses. RXT_USAGE for a row
 * without a reduction. */
rxt_status peers_mode_tune(const peers_bench *bench, const char *row, FILE *file);

/* Prints a figure from lines "OURS THEIRS" of times that another program measured. `spec` is
 * "ROW,WHAT,N,THREADS,PEER,BAR[,CLAIMS]": BAR is LEAST, LEAST:MOST or :MOST, 0 requires nothing;
 * CLAIMS is the number of figures for which the interval must hold simultaneously. */
rxt_status peers_mode_pairs(const char *spec, FILE *in, FILE *file, peers_format format);

#endif
