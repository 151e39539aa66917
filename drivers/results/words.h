/* words.h - the words of a study's file that no option has. */
#ifndef RXT_WORDS_H
#define RXT_WORDS_H

#include <stdbool.h>

#include "base/vocabulary.h"

/* How a study ended; word 1 is that of a study that was stopped. */
extern const rxt_vocabulary rxt_ending_vocabulary;
const char *rxt_ending_name(bool stopped);

/* Truth values in CSV, as in JSON; word 1 is true. */
extern const rxt_vocabulary rxt_truth_vocabulary;
const char *rxt_truth_name(bool truth);

#endif
