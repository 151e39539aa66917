/* bisect.h - adds sizes between those asked for, until the break-even sizes are known. On rank 0.
 * Does nothing without --break-even. */
#ifndef RXT_BISECT_H
#define RXT_BISECT_H

#include "study/study.h"

/* Call after a round. Drops from blocks[*open] the added sizes that no bracket needs any more. Then
 * opens the sizes that a bracket needs next, makes their trial visits, and appends them to blocks.
 * Does nothing while a block has fewer than rxt_study_enough rounds. Unless `now` is set, it also
 * does nothing if no block has just completed a round at which a study checks whether it may stop
 * (rxt_sample_look). */
rxt_status rxt_study_bisect(rxt_study *study, bool now, int blocks[], int *open);

/* The number of rounds after which a size can be judged: the minimum of rounds; with --break-even
 * at least 6. */
int rxt_study_enough(const rxt_study *study);

/* rxt_study_say_bisection reports, before measuring, how many sizes may be added and what they
 * cost. rxt_study_say_brackets reports, at the end, how many break-even sizes are not known to
 * ± 10 %. */
void rxt_study_say_bisection(const rxt_study *study);
void rxt_study_say_brackets(const rxt_study *study);

#endif
