/* page.h - the lesson on threads and processes for a reader: a page and a short text. */
#ifndef RXT_REPORT_TOUR_H
#define RXT_REPORT_TOUR_H

#include <stdio.h>

#include "tour/tour.h"

/* Can the page be written at the end? RXT_USAGE for an ending other than .html, and for what
 * rxt_atomic_file_check refuses. Touches nothing. */
rxt_status rxt_report_tour_check(const char *option, const char *path);

/* Writes the page beside `path` and renames it into place (draft.h): it needs no other file, no
 * script and no net. Every sentence has its question, its experiment, and, behind a switch, what
 * was measured. */
rxt_status rxt_report_tour(const char *option, const char *path, const rxt_tour *tour);

/* Every sentence with its verdict, and the figures behind it; lines of at most RXT_REPORT_WIDTH
 * characters. */
void rxt_report_tour_text(FILE *file, const rxt_tour *tour);

#endif
