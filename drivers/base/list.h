/* list.h - reads the numbers, times and words that users write. All pure. */
#ifndef RXT_LIST_H
#define RXT_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

/* How many of the `length` bytes of a user's text a message repeats: a precision for printf. */
int rxt_list_shown(size_t length);

/* The next comma-separated part of *rest, which may be empty; false when no part is left. Start
 * with *rest = text; after the last part *rest is NULL. "" has one part, which is empty. */
bool rxt_list_part(const char **rest, const char **part, size_t *length);

/* The word that is closest to the first `length` bytes of `text`, or NULL if none is close enough
 * to be a typing error (one change in a text of up to 3 letters, else two). */
const char *rxt_list_nearest(const char *text, size_t length, int count, const char *const words[]);

/* The index of the word that equals the first `length` bytes of `part`. If there is none, RXT_USAGE
 * names `option` ("--team"), the part and all words. */
rxt_status rxt_list_choose(const char *option, const char *part, size_t length, int count,
                           const char *const words[], int *choice);

/* A count: digits, with k M G (powers of 1000) or Ki Mi Gi (powers of 1024) behind them, also 1e6
 * or 1.5M, if the result is a whole number. False if it is not one, or does not fit a ptrdiff_t. A
 * sign is not allowed. */
bool rxt_list_number(const char *text, size_t length, ptrdiff_t *number);

/* Is this part of a list the end of a number like 1,000 or 1,024? (Nobody writes 000 or 024 as a
 * number of its own.) */
bool rxt_list_is_thousands(const char *list, const char *part, size_t length);

/* Reads a comma-separated list of numbers and of ranges START:STOP:xFACTOR or START:STOP:+STEP
 * (STOP is included if a step reaches it). Sets numbers[0] … numbers[*count - 1], in the order
 * written and without repeats. RXT_USAGE names `option` ("--threads") and the wrong part
 * ("--threads=1:0:x2: …"): not a number, outside low … high, a range without end, more than `most`
 * numbers. */
rxt_status rxt_list_numbers(const char *option, const char *text, ptrdiff_t low, ptrdiff_t high,
                            int most, ptrdiff_t numbers[], int *count);

/* Reads a time such as "90s", "10m", "1h", "90" (seconds), "500ms" or "50us"; *seconds > 0. False
 * if the text is not a time. */
bool rxt_list_time(const char *text, double *seconds);

/* Prints a count as people write it: 1k, 31.6k, 64Ki, 10M, 1009. It is the shortest text that
 * rxt_list_number reads back as the same number. Returns text. */
char *rxt_list_print(ptrdiff_t number, char text[32]);

#endif
