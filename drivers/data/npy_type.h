/* npy_type.h - NumPy's words for the types of elements. */
#ifndef RXT_NPY_TYPE_H
#define RXT_NPY_TYPE_H

#include <stdbool.h>
#include <stddef.h>

/* Sets type to "<f8", ">f8", "<f4" or ">f4" where numpy.dtype(word) is one float of that kind; else
 * false. */
bool rxt_npy_type(char type[4], const char *word, size_t length);

/* What elements of any other type are, in the plural. */
const char *rxt_npy_type_kind(const char *word, size_t length);

#endif
