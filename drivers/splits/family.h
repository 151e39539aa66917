/* family.h - the families of splits that --splits names. */
#ifndef RXT_FAMILY_H
#define RXT_FAMILY_H

#include "base/vocabulary.h"
#include "splits/splits.h"

extern const rxt_vocabulary rxt_family_vocabulary;

/* chosen: is this family of the vocabulary chosen? choose: chooses this family. */
bool rxt_family_chosen(const rxt_splits_request *request, int family);
void rxt_family_choose(rxt_splits_request *request, int family);

#endif
