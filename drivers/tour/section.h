/* section.h - between the files of a tour's page and text. */
#ifndef RXT_DRIVERS_REPORT_TOUR_H
#define RXT_DRIVERS_REPORT_TOUR_H

#include "results/sentence.h"
#include "tour/page.h"

/* The study whose host and date head the tour: the first of ours, else CPython's. */
const rxt_study_reader *rxt_tour_head(const rxt_tour *tour);

/* "CPython 3.11.2, its lock on, …", or why it is missing. */
void rxt_tour_say_cpython(char text[RXT_SENTENCE], const rxt_tour *tour);

/* " for 1k numbers", where the study has several sizes. */
void rxt_tour_say_size(char text[RXT_SENTENCE], const rxt_tour_figure *figure);

/* "more than 1.1×". */
void rxt_tour_say_need(char text[RXT_SENTENCE], const rxt_tour_claim *claim);

/* The section of sentence `s`. */
void rxt_tour_section(FILE *file, const rxt_tour *tour, int s);

/* "holds", "fails", "unknown": a verdict's class. */
const char *rxt_tour_class(rxt_tour_verdict verdict);

#endif
