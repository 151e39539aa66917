/* places.h - synthetic machines and sets of CPUs, for the tests of places. */
#ifndef PLACES_H
#define PLACES_H

#include "machine/place.h"

#include <stdio.h>
#include <string.h>

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

/* Compares the CPUs of all workers with a text in the form that --dry-run prints. */
static inline void expect_plan(const rxt_place *place, rxt_bind bind, int ranks, int threads,
                               const char *wanted)
{
    int cpu[1024];
    char text[4096];

    rxt_place_plan(place, bind, ranks, threads, cpu);
    rxt_place_text(ranks, threads, cpu, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    if (strcmp(text, wanted))
        printf("\n  %s %dx%d: got %s, wanted %s\n", rxt_bind_name(bind), ranks, threads, text,
               wanted);
}

#endif
