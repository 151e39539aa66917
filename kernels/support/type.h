/* type.h - the names of the types of elements. */
#ifndef RXT_TYPE_H
#define RXT_TYPE_H

#include "base/vocabulary.h"

extern const rxt_vocabulary rxt_type_vocabulary;

#endif
