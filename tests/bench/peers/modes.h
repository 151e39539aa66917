/* modes.h - the other modes of bench_peers: --once and --pairs, which peers.sh uses, and --tune,
 * which shows at which sizes two threads are faster than one. */
#ifndef PEERS_MODES_H
#define PEERS_MODES_H

#include "rows.h"

/* Prints "BYTES SECONDS GB/s" of `dot`: on half of this machine's L1 ("L1") or L2 ("L2"), with one
 * thread and small pages, averaged over 0.3 s, as in likwid-bench. RXT_USAGE for another level. */
rxt_status peers_mode_once(const peers_bench *bench, const char *level, FILE *file);

/* Prints for each size the speedup of a resident team of two against one thread, with the kernel
 * and the operands of that row, and which of the two an auto team chooses. RXT_USAGE for a row
 * without a reduction. */
rxt_status peers_mode_tune(const peers_bench *bench, const char *row, FILE *file);

/* Prints a figure from lines "OURS THEIRS", the times that another program measured. `spec` is
 * "ROW,WHAT,N,THREADS,PEER,BAR[,CLAIMS]". BAR is LEAST, LEAST:MOST or :MOST; 0 requires nothing.
 * CLAIMS is the number of figures whose intervals must hold simultaneously. */
rxt_status peers_mode_pairs(const char *spec, FILE *in, FILE *file, peers_format format);

#endif
