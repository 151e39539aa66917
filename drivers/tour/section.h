/* section.h - shared by the files that print a tour as page and as text. */
#ifndef RXT_DRIVERS_REPORT_TOUR_H
#define RXT_DRIVERS_REPORT_TOUR_H

#include "results/sentence.h"
#include "tour/page.h"

/* The study whose host and date are printed at the top: the first of ours, else CPython's. */
const rxt_study_reader *rxt_tour_head(const rxt_tour *tour);

/* Appends "CPython 3.11.2, its lock on, …", or why CPython's study is missing. */
void rxt_tour_say_cpython(char text[RXT_SENTENCE], const rxt_tour *tour);

/* Appends " for 1k numbers" if the study has several sizes. */
void rxt_tour_say_size(char text[RXT_SENTENCE], const rxt_tour_figure *figure);

/* Appends what the claim needs: "more than 1.1×". */
void rxt_tour_say_need(char text[RXT_SENTENCE], const rxt_tour_claim *claim);

/* Prints the section of sentence `s` as HTML. */
void rxt_tour_section(FILE *file, const rxt_tour *tour, int s);

/* The CSS class of a verdict: "holds", "fails", "unknown". */
const char *rxt_tour_class(rxt_tour_verdict verdict);

#endif
