/* npy_literal.h - reads Python literals one by one from untrusted bytes.
 *
 * The header of a .npy file is read by Python's own rules: white space and comments, strings in
 * pieces, with prefixes and escapes, numbers of any base, parentheses that only group. Values are
 * not copied: a literal has its kind, and the position of its content in the text. */
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

/* The text that is left to read. */
typedef struct rxt_npy_text {
    const char *at, *end;
    bool python2; /* an L may follow a number */
} rxt_npy_text;

typedef struct rxt_npy_literal {
    rxt_npy_kind kind;
    bool sign;           /* a sign stands before the number */
    bool pairs;          /* BRACES: all elements are "key: value" */
    ptrdiff_t number;    /* INTEGER: its value, at most PTRDIFF_MAX */
    rxt_npy_text inside; /* STRING: its pieces; brackets: what is between them */
} rxt_npy_literal;

/* Reads the next literal. False if the text has no literal of a known kind: expressions, f-strings,
 * names, and literals nested deeper than Python allows are refused. */
bool rxt_npy_literal_take(rxt_npy_text *text, rxt_npy_literal *literal);

/* Reads the next literal from the content of brackets; in a dictionary, keys and values in turn.
 * False at the end. */
bool rxt_npy_literal_next(rxt_npy_text *inside, rxt_npy_literal *literal);

/* Are only white space and comments left? */
bool rxt_npy_literal_end(rxt_npy_text *text);

/* Copies the characters of a STRING, with DEL for each that is not ASCII; `word` needs room for as
 * many characters as the text has bytes. False for an unknown escape or a \N{NAME} escape. */
bool rxt_npy_literal_word(const rxt_npy_literal *literal, char word[], size_t *length);

#endif
