/* test_row.c - notes of a row, and what follows from its times. */
#include <rxt/row.h>

#include <math.h>
#include <string.h>

#include "suite.h"

enum { ROUNDS = 10 };

/* Without a correlation in their order; median 5.5 of ten. */
static const double ten[ROUNDS] = { 7, 2, 9, 4, 1, 10, 5, 3, 8, 6 };
static const double other[ROUNDS] = { 3, 9, 5, 1, 8, 6, 2, 10, 4, 7 };

/* A row of dot at n = 1e6 whose times are seconds[r] = base (1 + pattern[r] / 1000). */
static rxt_row row_of(rxt_point point, double base, const double pattern[], double seconds[ROUNDS])
{
    for (int r = 0; r < ROUNDS; r++)
        seconds[r] = base * (1 + pattern[r] / 1000);
    return (rxt_row){ .kernel = "dot",
                      .type = "f64",
                      .bind = "hybrid",
                      .level = "L3",
                      .loads = 2,
                      .flops = 2,
                      .n = 1000000,
                      .point = point,
                      .baseline = { 1, 1, 1 },
                      .seconds = seconds,
                      .roof = NAN,
                      .verified = true };
}

static void notes_are_joined_and_said_once(void)
{
    rxt_row row = { 0 };

    rxt_row_note(&row, "mixed %s", "cores");
    rxt_row_note(&row, "unbound");
    rxt_row_note(&row, "mixed cores");
    rxt_row_note(&row, "unbound");
    rxt_row_note(&row, "%s", "");
    CU_ASSERT_STRING_EQUAL(row.note, "mixed cores; unbound");
}

static void a_part_of_a_note_is_not_that_note(void)
{
    rxt_row row = { 0 };

    rxt_row_note(&row, "not bound at all");
    rxt_row_note(&row, "bound");
    rxt_row_note(&row, "not bound");
    rxt_row_note(&row, "bound at all");
    CU_ASSERT_STRING_EQUAL(row.note, "not bound at all; bound; not bound; bound at all");
}

/* "×" has two bytes; whatever room is left, no half of one stays. */
static void a_note_without_room_is_cut_between_characters(void)
{
    char signs[2 * RXT_ROW_NOTE + 1] = "";

    for (int i = 0; i < RXT_ROW_NOTE; i++)
        strcat(signs, "×");
    for (int before = 0; before < 8; before++) {
        rxt_row row = { 0 };

        memset(row.note, 'x', (size_t)before);
        rxt_row_note(&row, "%s", signs);
        rxt_row_note(&row, "no room");
        CU_ASSERT(strlen(row.note) < RXT_ROW_NOTE && strlen(row.note) >= RXT_ROW_NOTE - 2);
        CU_ASSERT_EQUAL((strlen(row.note) - (size_t)before - (before ? 2 : 0)) % 2, 0);
    }
    for (size_t used = RXT_ROW_NOTE - 5; used < RXT_ROW_NOTE; used++) {
        rxt_row row = { 0 };

        memset(row.note, 'x', used);
        rxt_row_note(&row, "yyyyyyyy");
        CU_ASSERT(strlen(row.note) < RXT_ROW_NOTE);
        CU_ASSERT_NOT_EQUAL(row.note[strlen(row.note) - 1], ' ');
    }
}

static void figures_follow_from_times(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 3e-3, ten, slow);
    rxt_row row = row_of((rxt_point){ 1, 2, 2 }, 1e-3, ten, fast);

    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_EQUAL(row.rounds, ROUNDS);
    CU_ASSERT_DOUBLE_EQUAL(row.time.median, 1.0055e-3, 1e-15);
    CU_ASSERT_DOUBLE_EQUAL(row.speedup.median, 3.0, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(row.efficiency, 0.75, 1e-14);
    CU_ASSERT_DOUBLE_EQUAL(row.gbytes_per_s, 16e6 / 1.0055e-3 / 1e9, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(row.gflops_per_s, 2e6 / 1.0055e-3 / 1e9, 1e-12);
    CU_ASSERT(isnan(row.roof));
    row.type = "f32";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_DOUBLE_EQUAL(row.gbytes_per_s, 8e6 / 1.0055e-3 / 1e9, 1e-12);
}

static void the_baseline_has_speedup_one(void)
{
    double seconds[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 3e-3, ten, seconds);

    rxt_row_derive(&base, &base, ROUNDS);
    CU_ASSERT(base.speedup.median == 1 && base.speedup.low == 1 && base.speedup.high == 1);
    CU_ASSERT_EQUAL(base.efficiency, 1.0);
    CU_ASSERT_STRING_EQUAL(base.note, "");
}

static void rounds_missed_are_not_counted(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_point){ 1, 1, 2 }, 1, other, fast);

    slow[0] = fast[1] = fast[2] = NAN;
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_EQUAL(row.rounds, 8);
    CU_ASSERT_EQUAL(row.speedup.count, 7);
    rxt_row_derive(&row, &base, 0);
    CU_ASSERT_EQUAL(row.rounds, 0);
    CU_ASSERT(isnan(row.time.median) && isnan(row.efficiency) && isnan(row.gbytes_per_s));
}

static void a_wrong_row_has_no_times(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_point){ 1, 1, 2 }, 1, ten, fast);

    row.verified = false;
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT(row.rounds == 0 && row.time.count == 0 && row.speedup.count == 0);
    CU_ASSERT(isnan(row.time.median) && isnan(row.speedup.median) && isnan(row.efficiency));
    CU_ASSERT(isnan(row.gbytes_per_s) && isnan(row.gflops_per_s));
    CU_ASSERT_STRING_EQUAL(row.note, "");
}

static void a_wrong_baseline_leaves_times_alone(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_point){ 1, 1, 2 }, 1, ten, fast);

    base.verified = false;
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT(row.time.count == ROUNDS && row.speedup.count == 0 && isnan(row.efficiency));
}

static void noise_shared_with_the_baseline_is_noted(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 2, ten, slow);
    rxt_row alike = row_of((rxt_point){ 1, 1, 2 }, 1, ten, fast);

    rxt_row_derive(&alike, &base, ROUNDS);
    CU_ASSERT_PTR_NOT_NULL(strstr(alike.note, "rose and fell with the baseline's"));
    alike = row_of((rxt_point){ 1, 1, 2 }, 1, other, fast);
    rxt_row_derive(&alike, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(alike.note, "");
}

static void a_widened_interval_is_noted(void)
{
    static const double rising[ROUNDS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_point){ 1, 1, 2 }, 1, rising, fast);

    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_TRUE(row.time.widened);
    CU_ASSERT_PTR_NOT_NULL(strstr(row.note, "the time's interval is widened"));
    CU_ASSERT_EQUAL(row.speedup.widened, strstr(row.note, "the speedup's") != NULL);
}

static void a_superlinear_speedup_names_the_nearer_cache(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 1 }, 3, ten, slow);
    rxt_row row = row_of((rxt_point){ 1, 1, 2 }, 1, other, fast);

    row.level = "L2";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(row.note, "superlinear: its share lies in L2, the baseline's in L3");
    row = row_of((rxt_point){ 1, 1, 2 }, 1, other, fast); /* the same level */
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(row.note, "");
    row = row_of((rxt_point){ 1, 1, 4 }, 1, other, fast); /* another level, 3 of 4 */
    row.level = "L2";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(row.note, "");
}

/* One worker of a baseline's two: what it reaches beyond a half is no nearer cache's. */
static void fewer_workers_than_the_baselines_have_no_nearer_cache(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_point){ 1, 1, 2 }, 2, ten, fast);
    rxt_row row = row_of((rxt_point){ 1, 1, 1 }, 3, other, slow);

    row.level = "DRAM";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT(row.speedup.low > 0.5 && row.efficiency > 1);
    CU_ASSERT_STRING_EQUAL(row.note, "");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "notes are joined and said once", notes_are_joined_and_said_once },
        { "a part of a note is not that note", a_part_of_a_note_is_not_that_note },
        { "a note without room is cut between characters",
          a_note_without_room_is_cut_between_characters },
        { "figures follow from times", figures_follow_from_times },
        { "the baseline has speedup one", the_baseline_has_speedup_one },
        { "rounds missed are not counted", rounds_missed_are_not_counted },
        { "a wrong row has no times", a_wrong_row_has_no_times },
        { "a wrong baseline leaves times alone", a_wrong_baseline_leaves_times_alone },
        { "noise shared with the baseline is noted", noise_shared_with_the_baseline_is_noted },
        { "a widened interval is noted", a_widened_interval_is_noted },
        { "a superlinear speedup names the nearer cache",
          a_superlinear_speedup_names_the_nearer_cache },
        { "fewer workers have no nearer cache",
          fewer_workers_than_the_baselines_have_no_nearer_cache },
        CU_TEST_INFO_NULL,
    };

    return suite_run("row", tests);
}
