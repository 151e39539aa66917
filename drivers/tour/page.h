/* page.h - prints the lesson on threads and processes: as an HTML page, and as a short text. */
#ifndef RXT_REPORT_TOUR_H
#define RXT_REPORT_TOUR_H

#include <stdio.h>

#include "tour/tour.h"

/* Checks that the page can be written at the end. RXT_USAGE for an ending other than .html, or if
 * rxt_atomic_file_check refuses the path. Changes nothing. */
rxt_status rxt_report_tour_check(const char *option, const char *path);

/* Writes the page to a temporary file in the folder of `path` and renames this file to `path`
 * (atomic_file.h). The page needs no other file, no script and no network. It has each sentence
 * with its question and its experiment; what was measured is hidden until the reader sets a
 * switch. */
rxt_status rxt_report_tour(const char *option, const char *path, const rxt_tour *tour);

/* Prints each sentence with its verdict and figures; lines have at most RXT_REPORT_WIDTH
 * characters. */
void rxt_report_tour_text(FILE *file, const rxt_tour *tour);

#endif
