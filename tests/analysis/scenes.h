/* scenes.h - synthetic studies for the tests of warnings: rows with random times, on an idle host.
 */
#ifndef RXT_TESTS_SCENES_H
#define RXT_TESTS_SCENES_H

#include "analysis/warnings.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "random.h"
#include "report/report.h"

#include "suite.h"

enum { OBSERVATIONS_ROWS = 12, OBSERVATIONS_ROUNDS = 100 };

typedef struct stage {
    uint64_t state;
    rxt_row row[OBSERVATIONS_ROWS];
    double seconds[OBSERVATIONS_ROWS][OBSERVATIONS_ROUNDS], hertz[OBSERVATIONS_ROUNDS];
    rxt_rows rows;
    rxt_observation observation[2];
    rxt_observations seen;
    rxt_warnings warnings;
} stage;

/* Makes row i: 4 rows per size, with the splits 1×1, 1×2, 2×1 and 2×2; each size is twice the one
 * before. The speedup equals the number of workers. */
static inline void make_row(stage *s, int i, double sigma)
{
    static const rxt_split splits[] = { { 1, 1, 1 }, { 1, 1, 2 }, { 1, 2, 1 }, { 1, 2, 2 } };
    rxt_split split = splits[i % 4];

    s->row[i] = (rxt_row){ .kernel = "dot",
                           .type = "f64",
                           .scaling = "strong",
                           .team = "forkjoin",
                           .combine = "mpi",
                           .bind = "hybrid",
                           .level = "DRAM",
                           .loads = 2,
                           .flops = 2,
                           .n = 1000000 << i / 4,
                           .bytes = (double)(16000000 << i / 4),
                           .split = split,
                           .baseline = { 1, 1, 1 },
                           .calls = 100,
                           .seconds = s->seconds[i],
                           .roof = NAN,
                           .verified = true };
    for (int r = 0; r < s->rows.rounds; r++)
        s->seconds[i][r] =
            1e-3 / (split.ranks * split.threads) * exp(sigma * random_normal(&s->state));
}

/* A study of `rows` rows in `rounds` rounds, with noise `sigma`, on a host of two idle nodes of 4
 * CPUs; the job was started on one of them. */
static inline void set_stage(stage *s, uint64_t seed, int rows, int rounds, double sigma)
{
    *s = (stage){ .state = seed, .rows = { .count = rows, .rounds = rounds, .row = s->row } };
    for (int i = 0; i < rows; i++)
        make_row(s, i, sigma);
    for (int n = 0; n < 2; n++) {
        s->observation[n] = (rxt_observation){ .seconds = 10,
                                               .cpus = 4,
                                               .spent = { .busy = 30.2, .own = 30 },
                                               .pages = { .all = 1e9, .huge = 9e8 },
                                               .huge_pages = "madvise" };
        snprintf(s->observation[n].name, sizeof s->observation[n].name, "n%d", n + 1);
    }
    s->seen = (rxt_observations){ .nodes = 1,
                                  .node = s->observation,
                                  .looks = rounds,
                                  .resolution = 20e-9,
                                  .precision = 0.01,
                                  .budget = 30,
                                  .rounds_min = 10,
                                  .rounds_max = 1000 };
}

/* Derives the rows' figures from their times, and makes the warnings. */
static inline void judge_stage(stage *s)
{
    for (int i = s->rows.count - 1; i >= 0; i--)
        rxt_row_derive(&s->row[i], &s->row[i / 4 * 4], s->rows.rounds);
    s->warnings = rxt_warnings_of(&s->rows, &s->seen);
}

/* The warning of a kind, or NULL. */
static inline const rxt_warning *warned(const stage *s, const char *kind)
{
    for (int w = 0; w < s->warnings.count; w++)
        if (!strcmp(s->warnings.warning[w].kind, kind))
            return &s->warnings.warning[w];
    return NULL;
}

/* The text that the report prints for the warnings; the caller frees it. */
static inline char *printed_of(const stage *s)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    rxt_report_warnings(file, &s->warnings);
    fclose(file);
    return text;
}

/* At most two lines of at most 100 characters? */
static inline bool is_short(const char *text)
{
    int lines = 0;

    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        char one[400];

        snprintf(one, sizeof one, "%.*s", (int)strcspn(line, "\n"), line);
        if (rxt_text_characters(one) > RXT_REPORT_WIDTH)
            return false;
        lines++;
    }
    return lines <= 2;
}

/* There must be exactly this one warning, about `rows` rows, and its text must contain `words`. */
static inline void expect(stage *s, const char *kind, int rows, const char *words)
{
    const rxt_warning *warning;
    char *text;

    judge_stage(s);
    warning = warned(s, kind);
    text = printed_of(s);
    CU_ASSERT_EQUAL(s->warnings.count, 1);
    CU_ASSERT_PTR_NOT_NULL(warning);
    CU_ASSERT_TRUE(is_short(text));
    if (warning) {
        CU_ASSERT_EQUAL(warning->rows, rows);
        CU_ASSERT_PTR_NOT_NULL(strstr(warning->text, words));
    }
    if (s->warnings.count != 1 || !warning || !strstr(warning->text, words) || !is_short(text))
        printf("\n  wanted %s: %s\n  got    %s", kind, words, text);
    free(text);
}

static inline void expect_nothing(stage *s)
{
    char *text;

    judge_stage(s);
    text = printed_of(s);
    CU_ASSERT_EQUAL(s->warnings.count, 0);
    if (s->warnings.count)
        printf("\n  wanted nothing\n  got    %s", text);
    free(text);
}

/* A stage has pointers into itself, so it is a local variable that is set in place and not copied.
 */
#define STAGE(s) \
    stage s;     \
    set_stage(&s, 5, OBSERVATIONS_ROWS, 30, 0.001)

#endif
