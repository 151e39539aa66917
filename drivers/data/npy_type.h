/* npy_type.h - NumPy's names of element types. */
#ifndef RXT_NPY_TYPE_H
#define RXT_NPY_TYPE_H

#include <stdbool.h>
#include <stddef.h>

/* Sets type to "<f8", ">f8", "<f4" or ">f4" if numpy.dtype(word) is one float of that kind; else
 * returns false. */
bool rxt_npy_type(char type[4], const char *word, size_t length);

/* What elements of any other type are, in the plural for messages: "integers". */
const char *rxt_npy_type_kind(const char *word, size_t length);

/* What to save in place of an array x of this kind. */
const char *rxt_npy_type_remedy(const char *kind);

#endif
