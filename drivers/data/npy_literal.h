/* npy_literal.h - reads Python literals one by one from untrusted bytes.
 *
 * The header of a .npy file is read by Python's own rules: white space and comments, strings in
 * pieces, with prefixes and escapes, numbers of any base, parentheses that only group. Values
 * are not kept: a literal says what it is and where its inside stands. */
#ifndef RXT_NPY_LITERAL_H
#define RXT_NPY_LITERAL_H

#include <stdbool.h>
#include <stddef.h>

typedef enum rxt_npy_kind {
    RXT_NPY_STRING,
    RXT_NPY_INTEGER,
    RXT_NPY_TRUE,
    RXT_NPY_FALSE,
    RXT_NPY_NONE,
    RXT_NPY_TUPLE,
    RXT_NPY_LIST,
    RXT_NPY_BRACES, /* a dictionary or a set */
    RXT_NPY_OTHER   /* bytes, numbers with a point, an ellipsis */
} rxt_npy_kind;

/* What is left to read. */
typedef struct rxt_npy_text {
    const char *at, *end;
    bool python2; /* an L may stand behind a number */
} rxt_npy_text;

typedef struct rxt_npy_literal {
    rxt_npy_kind kind;
    bool sign;           /* before a number                                        */
    bool pairs;          /* of BRACES: "key: value" each                           */
    ptrdiff_t number;    /* an INTEGER's value, the nearest where it is beyond     */
    rxt_npy_text inside; /* the pieces of a STRING; what stands between brackets   */
} rxt_npy_literal;

/* Takes the next literal. False if there is no literal of a known kind: expressions, f-strings,
 * names, and what is nested deeper than Python allows are refused. */
bool rxt_npy_literal_take(rxt_npy_text *text, rxt_npy_literal *literal);

/* From what stands between brackets: the next literal, a dictionary's keys and values in turn.
 * False at the end. */
bool rxt_npy_literal_next(rxt_npy_text *inside, rxt_npy_literal *literal);

/* Only white space and comments are left. */
bool rxt_npy_literal_end(rxt_npy_text *text);

/* The characters of a STRING, with DEL for each that is not ASCII; `word` needs room for as many
 * characters as the text has bytes. False for an unknown escape or a \N{NAME} escape. */
bool rxt_npy_literal_word(const rxt_npy_literal *literal, char word[], size_t *length);

#endif
