/* places.h - made-up places and sets of CPUs, for the tests of place. */
#ifndef PLACES_H
#define PLACES_H

#include "machine/place.h"

#include <stdio.h>

#include "suite.h"

static rxt_place *opened(const rxt_place_request *request)
{
    rxt_place *place;
    rxt_status st = rxt_place_open(request, &place);

    if (st)
        printf("\n  %s\n", st->text);
    CU_ASSERT_PTR_NULL_FATAL(st);
    return place;
}

static rxt_cpus set_of(const char *list)
{
    rxt_cpus set = { { 0 } };

    CU_ASSERT_FATAL(rxt_cpus_parse(list, &set));
    return set;
}

#endif
