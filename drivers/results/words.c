/* words.c - words that occur in the file of a study, but not as the value of an option. */
#include "results/words.h"

static const rxt_word endings[] = {
    [false] = { .name = "complete" },
    [true] = { .name = "stopped" },
};

static const rxt_word truths[] = {
    [false] = { .name = "false" },
    [true] = { .name = "true" },
};

static const rxt_word *ending(int index)
{
    return &endings[index];
}

static const rxt_word *truth_word(int index)
{
    return &truths[index];
}

const rxt_vocabulary rxt_ending_vocabulary = { .count = sizeof endings / sizeof endings[0],
                                               .word = ending },
                     rxt_truth_vocabulary = { .count = sizeof truths / sizeof truths[0],
                                              .word = truth_word };

const char *rxt_ending_name(bool stopped)
{
    return endings[stopped].name;
}

const char *rxt_truth_name(bool truth)
{
    return truths[truth].name;
}
