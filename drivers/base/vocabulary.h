/* vocabulary.h - the words that an option accepts and that a study's file has.
 *
 * Each vocabulary is one const table in the folder that it belongs to. An entry holds a word and
 * what the code does differently for it. The option's help, its parser, and the readers and writers
 * of files all use this table. */
#ifndef RXT_VOCABULARY_H
#define RXT_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

enum { RXT_WORDS = 8 }; /* most words of a vocabulary */

typedef struct rxt_word {
    const char *name, *help; /* help: its meaning, in a clause; NULL: the name is clear */
} rxt_word;

typedef struct rxt_vocabulary {
    int count;
    const rxt_word *(*word)(int index); /* 0 <= index < count; word 0 is the option's default */
    bool no_default;                    /* true: the option has no default */
} rxt_vocabulary;

const char *rxt_vocabulary_name(const rxt_vocabulary *vocabulary, int index);

/* The text in place of a word where none applies: a serial call has no team. */
extern const char rxt_vocabulary_none[];
bool rxt_vocabulary_is_none(const char *name);

/* Are these two different words? No word is not different from any. */
bool rxt_vocabulary_differ(const char *name, const char *other);

/* The index of a word, or -1. */
int rxt_vocabulary_find(const rxt_vocabulary *vocabulary, const char *name);

/* The same for the first `length` bytes of `part`, which is a part of a list. */
int rxt_vocabulary_find_part(const rxt_vocabulary *vocabulary, const char *part, size_t length);

/* *choice: the index of the word `value`; the user gave this value to `option`. RXT_USAGE, with all
 * words, if there is no such word. */
rxt_status rxt_vocabulary_choose(const rxt_vocabulary *vocabulary, const char *option,
                                 const char *value, int *choice);

/* The indices of the words in a comma-separated list, each once, in the order written. RXT_USAGE as
 * above. */
rxt_status rxt_vocabulary_list(const rxt_vocabulary *vocabulary, const char *option,
                               const char *value, int list[RXT_WORDS], int *count);

/* All words as "mpi, window". Returns text, cut if it does not fit. */
char *rxt_vocabulary_names(const rxt_vocabulary *vocabulary, char *text, size_t size);

/* All words as "mpi (default; by MPI_Allreduce), window (…)". Returns text, cut if it does not
 * fit. */
char *rxt_vocabulary_help(const rxt_vocabulary *vocabulary, char *text, size_t size);

#endif
