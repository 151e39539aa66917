/* bisect.h - sizes between those asked for, until the break-even sizes are known. On rank 0;
 * without
 * --break-even nothing. */
#ifndef RXT_BISECT_H
#define RXT_BISECT_H

#include "study/study.h"

/* After a round: drops from blocks[*open] sizes that were added and that no bracket needs any more,
 * opens and tries those that it needs next, and adds them. Where blocks have had too few rounds
 * since, and always unless `now`, it waits for the next look. */
rxt_status rxt_study_bisect(rxt_study *study, bool now, int blocks[], int *open);

/* The rounds after which a size can be judged: the minimum, with --break-even 6 at least. */
int rxt_study_enough(const rxt_study *study);

/* Reports before measuring which sizes may be added, and at the end which break-even sizes are
 * not known to ± 10 %. */
void rxt_study_say_bisection(const rxt_study *study);
void rxt_study_say_brackets(const rxt_study *study);

#endif
