/* hosts.h - points of made-up hosts, for the tests of points. */
#ifndef RXT_TESTS_HOSTS_H
#define RXT_TESTS_HOSTS_H

#include "splits/points.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <CUnit/Basic.h>

static inline rxt_points_host flat(int cores, int ranks)
{
    return (rxt_points_host){ .nodes = 1,
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

/* "1x1 1x2 2x1", with "@2" behind a point on two nodes. */
static inline void print(const rxt_points *points, char *text, int size)
{
    int used = 0;

    text[0] = '\0';
    for (int p = 0; p < points->count && used < size; p++) {
        const rxt_point *point = &points->point[p];

        used += snprintf(text + used, (size_t)(size - used), "%s%dx%d", p ? " " : "", point->ranks,
                         point->threads);
        if (point->nodes > 1 && used < size)
            used += snprintf(text + used, (size_t)(size - used), "@%d", point->nodes);
    }
}

static inline void expect(const rxt_points_wish *wish, rxt_points_host host, const char *wanted,
                          const char *left_out)
{
    rxt_points points;
    rxt_status st = rxt_points_of(wish, &host, &points);
    char text[4000];

    CU_ASSERT_PTR_NULL(st);
    print(&points, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    CU_ASSERT_STRING_EQUAL(points.left_out, left_out);
    if (strcmp(text, wanted) || strcmp(points.left_out, left_out))
        printf("\n  got    %s\n  wanted %s\n  line   %s\n", text, wanted, points.left_out);
    rxt_points_free(&points);
    rxt_status_free(st);
}

static inline void expect_refusal(const rxt_points_wish *wish, rxt_points_host host,
                                  const char *wanted)
{
    rxt_points points;
    rxt_status st = rxt_points_of(wish, &host, &points);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_EQUAL(points.count, 0);
    if (st) {
        CU_ASSERT_STRING_EQUAL(st->text, wanted);
        if (strcmp(st->text, wanted))
            printf("\n  got    %s\n  wanted %s\n", st->text, wanted);
    }
    rxt_points_free(&points);
    rxt_status_free(st);
}

#endif
