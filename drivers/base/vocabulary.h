/* vocabulary.h - the words that an option takes and that a study's file has.
 *
 * Each vocabulary is one const table of its room, whose entries hold a word and whatever the room
 * does differently for it. The help of the option, its reader, and the reader and the writer of
 * files all go by that table. */
#ifndef RXT_VOCABULARY_H
#define RXT_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

enum { RXT_WORDS = 8 }; /* of one vocabulary, at most */

typedef struct rxt_word {
    const char *name, *help; /* help: what it means, in a clause; NULL: the name says it */
} rxt_word;

typedef struct rxt_vocabulary {
    int count;
    const rxt_word *(*word)(int index); /* 0 <= index < count; word 0 is the option's default */
    bool no_default;                    /* but where there is none                            */
} rxt_vocabulary;

const char *rxt_vocabulary_name(const rxt_vocabulary *vocabulary, int index);

/* The number of a word, or -1. */
int rxt_vocabulary_find(const rxt_vocabulary *vocabulary, const char *name);

/* The number of the word that an option was given. RXT_USAGE lists the words that there are. */
rxt_status rxt_vocabulary_choose(const rxt_vocabulary *vocabulary, const char *option,
                                 const char *value, int *choice);

/* The numbers of the words in a comma-separated list, each once, in the order written. */
rxt_status rxt_vocabulary_list(const rxt_vocabulary *vocabulary, const char *option,
                               const char *value, int list[RXT_WORDS], int *count);

/* "mpi, window". Returns text, cut where it does not fit. */
char *rxt_vocabulary_names(const rxt_vocabulary *vocabulary, char *text, size_t size);

/* "mpi (default; MPI_Allreduce), window (…)". Returns text, cut where it does not fit. */
char *rxt_vocabulary_help(const rxt_vocabulary *vocabulary, char *text, size_t size);

#endif
