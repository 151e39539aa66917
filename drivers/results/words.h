/* words.h - words that occur in the file of a study, but not as the value of an option. */
#ifndef RXT_WORDS_H
#define RXT_WORDS_H

#include <stdbool.h>

#include "base/vocabulary.h"

/* How a study ended: word 0 is "complete", word 1 is "stopped". */
extern const rxt_vocabulary rxt_ending_vocabulary;
const char *rxt_ending_name(bool stopped);

/* Truth values in CSV, as in JSON; word 1 is true. */
extern const rxt_vocabulary rxt_truth_vocabulary;
const char *rxt_truth_name(bool truth);

#endif
