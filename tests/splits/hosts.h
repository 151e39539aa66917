/* hosts.h - splits on synthetic hosts, for the tests of splits. */
#ifndef RXT_TESTS_HOSTS_H
#define RXT_TESTS_HOSTS_H

#include "splits/splits.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <CUnit/Basic.h>

static inline rxt_splits_host flat(int cores, int ranks)
{
    return (rxt_splits_host){ .nodes = 1,
                              .ranks = ranks,
                              .cores = cores,
                              .all_cores = cores,
                              .l3s = 1,
                              .numas = 1,
                              .sockets = 1,
                              .per_l3 = cores,
                              .per_numa = cores,
                              .per_socket = cores,
                              .thread_limit = INT_MAX };
}

/* Prints splits as "1x1 1x2 2x1", with "@2" after a split on two nodes. */
static inline void print(const rxt_splits *splits, char *text, int size)
{
    int used = 0;

    text[0] = '\0';
    for (int p = 0; p < splits->count && used < size; p++) {
        const rxt_split *split = &splits->split[p];

        used += snprintf(text + used, (size_t)(size - used), "%s%dx%d", p ? " " : "", split->ranks,
                         split->threads);
        if (split->nodes > 1 && used < size)
            used += snprintf(text + used, (size_t)(size - used), "@%d", split->nodes);
    }
}

static inline void expect(const rxt_splits_request *request, rxt_splits_host host,
                          const char *wanted, const char *left_out)
{
    rxt_splits splits;
    rxt_status st = rxt_splits_of(request, &host, &splits);
    char text[4000];

    CU_ASSERT_PTR_NULL(st);
    print(&splits, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    CU_ASSERT_STRING_EQUAL(splits.left_out, left_out);
    if (strcmp(text, wanted) || strcmp(splits.left_out, left_out))
        printf("\n  got    %s\n  wanted %s\n  line   %s\n", text, wanted, splits.left_out);
    rxt_splits_free(&splits);
    rxt_status_free(st);
}

static inline void expect_refusal(const rxt_splits_request *request, rxt_splits_host host,
                                  const char *wanted)
{
    rxt_splits splits;
    rxt_status st = rxt_splits_of(request, &host, &splits);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_EQUAL(splits.count, 0);
    if (st) {
        CU_ASSERT_STRING_EQUAL(st->text, wanted);
        if (strcmp(st->text, wanted))
            printf("\n  got    %s\n  wanted %s\n", st->text, wanted);
    }
    rxt_splits_free(&splits);
    rxt_status_free(st);
}

#endif
