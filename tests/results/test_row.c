/* test_row.c - the notes of a row, and the figures derived from its times. */
#include "results/row.h"

#include <math.h>
#include <string.h>

#include "suite.h"

enum { ROUNDS = 10 };

/* Values that are not autocorrelated in this order; the median of ten is 5.5. */
static const double ten[ROUNDS] = { 7, 2, 9, 4, 1, 10, 5, 3, 8, 6 };
static const double other[ROUNDS] = { 3, 9, 5, 1, 8, 6, 2, 10, 4, 7 };

/* A row of dot at n = 1e6 whose times are seconds[r] = base (1 + pattern[r] / 1000). */
static rxt_row row_of(rxt_split split, double base, const double pattern[], double seconds[ROUNDS])
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
                      .split = split,
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

/* "×" has two bytes. If the note is cut inside of it, both bytes must go. */
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
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 3e-3, ten, slow);
    rxt_row row = row_of((rxt_split){ 1, 2, 2 }, 1e-3, ten, fast);

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
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 3e-3, ten, seconds);

    rxt_row_derive(&base, &base, ROUNDS);
    CU_ASSERT(base.speedup.median == 1 && base.speedup.low == 1 && base.speedup.high == 1);
    CU_ASSERT_EQUAL(base.efficiency, 1.0);
    CU_ASSERT_STRING_EQUAL(base.note, "");
}

static void rounds_missed_are_not_counted(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_split){ 1, 1, 2 }, 1, other, fast);

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
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_split){ 1, 1, 2 }, 1, ten, fast);

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
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_split){ 1, 1, 2 }, 1, ten, fast);

    base.verified = false;
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT(row.time.count == ROUNDS && row.speedup.count == 0 && isnan(row.efficiency));
}

static void noise_shared_with_the_baseline_is_noted(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 2, ten, slow);
    rxt_row alike = row_of((rxt_split){ 1, 1, 2 }, 1, ten, fast);

    rxt_row_derive(&alike, &base, ROUNDS);
    CU_ASSERT_PTR_NOT_NULL(strstr(alike.note, "drift together with the baseline's"));
    alike = row_of((rxt_split){ 1, 1, 2 }, 1, other, fast);
    rxt_row_derive(&alike, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(alike.note, "");
}

static void a_widened_interval_is_noted(void)
{
    static const double rising[ROUNDS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 2, ten, slow);
    rxt_row row = row_of((rxt_split){ 1, 1, 2 }, 1, rising, fast);

    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_TRUE(row.time.widened);
    CU_ASSERT_PTR_NOT_NULL(strstr(row.note, "the time's interval is widened"));
    CU_ASSERT_EQUAL(row.speedup.widened, strstr(row.note, "the speedup's") != NULL);
}

static void a_superlinear_speedup_names_the_nearer_cache(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_split){ 1, 1, 1 }, 3, ten, slow);
    rxt_row row = row_of((rxt_split){ 1, 1, 2 }, 1, other, fast);

    row.level = "L2";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(row.note,
                           "superlinear: a worker's share lies in L2, with the baseline in L3");
    row = row_of((rxt_split){ 1, 1, 2 }, 1, other, fast); /* the same level */
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(row.note, "");
    row = row_of((rxt_split){ 1, 1, 4 }, 1, other,
                 fast); /* another level; speedup 3 with 4 workers */
    row.level = "L2";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT_STRING_EQUAL(row.note, "");
}

/* A row of one worker with a baseline of two workers: if it has more than half of the baseline's
 * speed, that is no sign of a nearer cache. */
static void fewer_workers_than_the_baselines_have_no_nearer_cache(void)
{
    double slow[ROUNDS], fast[ROUNDS];
    rxt_row base = row_of((rxt_split){ 1, 1, 2 }, 2, ten, fast);
    rxt_row row = row_of((rxt_split){ 1, 1, 1 }, 3, other, slow);

    row.level = "DRAM";
    rxt_row_derive(&row, &base, ROUNDS);
    CU_ASSERT(row.speedup.low > 0.5 && row.efficiency > 1);
    CU_ASSERT_STRING_EQUAL(row.note, "");
}

/* ---- roofs ---- */

/* A roof whose loops take base (1 + pattern[r] / 1000) seconds in round r and do `times` times the
 * row's work in this time. */
static rxt_row_roof roof_of(double base, double times, const double pattern[],
                            double seconds[ROUNDS])
{
    for (int r = 0; r < ROUNDS; r++)
        seconds[r] = base * (1 + pattern[r] / 1000);
    return (rxt_row_roof){ .seconds = seconds, .times = times };
}

/* A row of 2 ms; its roof loops need near, far and flops ms for the same work (0: not measured). */
static rxt_row judged(double near, double far, double flops)
{
    static double seconds[ROUNDS]; /* of the row that is returned */
    double one[ROUNDS], two[ROUNDS], three[ROUNDS];
    rxt_row row = row_of((rxt_split){ 1, 1, 1 }, 2e-3, ten, seconds);
    rxt_row_roof roof[RXT_ROOF_KINDS] = { 0 };

    if (near > 0)
        roof[RXT_ROOF_NEAR] = roof_of(near * 1e-3, 1, ten, one);
    if (far > 0)
        roof[RXT_ROOF_FAR] = roof_of(far * 8e-3, 8, ten, two);
    if (flops > 0)
        roof[RXT_ROOF_FLOPS] = roof_of(flops * 1e-4, 0.1, ten, three);
    rxt_row_judge(&row, roof, ROUNDS);
    return row;
}

static void expect_roof(rxt_row row, double roof, bool arithmetic)
{
    CU_ASSERT_DOUBLE_EQUAL(row.roof, roof, 1e-12);
    CU_ASSERT_EQUAL(row.arithmetic, arithmetic);
}

static void a_roof_is_the_part_of_the_faster_loops_rate(void)
{
    expect_roof(judged(1.8, 0, 0), 0.9, false);
    expect_roof(judged(1.8, 1.6, 0), 0.8, false);
    expect_roof(judged(1.6, 1.8, 0), 0.8, false);
    expect_roof(judged(0, 1.8, 0), 0.9, false);
}

static void of_bandwidth_and_flop_rate_the_nearer_counts(void)
{
    expect_roof(judged(1.0, 0.8, 0.2), 0.4, false);
    expect_roof(judged(0.2, 0.1, 1.9), 0.95, true);
    expect_roof(judged(0, 0, 1.0), 0.5, true);
}

static void a_row_without_a_roof_has_none(void)
{
    rxt_row row = judged(0, 0, 0), wrong = judged(1, 1, 1);

    CU_ASSERT(isnan(row.roof) && !row.arithmetic);
    wrong.verified = false;
    wrong.roof = NAN;
    rxt_row_judge(&wrong, (rxt_row_roof[RXT_ROOF_KINDS]){ { wrong.seconds, 1 } }, ROUNDS);
    CU_ASSERT(isnan(wrong.roof));
}

/* Times are compared within rounds, not by their medians. Here the ratio is 0.5 in every round,
 * whatever the drift is. */
static void a_roof_is_paired_by_round(void)
{
    double seconds[ROUNDS], loop[ROUNDS];
    rxt_row row = row_of((rxt_split){ 1, 1, 1 }, 1e-3, ten, seconds);
    rxt_row_roof roof[RXT_ROOF_KINDS] = { { loop, 1 } };

    for (int r = 0; r < ROUNDS; r++) {
        seconds[r] *= 1 + r * r;
        loop[r] = r < 6 ? seconds[r] / 2 : (double)NAN;
    }
    rxt_row_judge(&row, roof, ROUNDS);
    CU_ASSERT_DOUBLE_EQUAL(row.roof, 0.5, 1e-12);
}

/* A roof above 1 is not cut to 1; if it is surely above 1, the note says so. */
static void a_row_faster_than_its_roof_says_so(void)
{
    double seconds[ROUNDS], loop[ROUNDS];
    rxt_row sure = judged(2.2, 0, 0), fast = judged(0, 0, 3),
            row = row_of((rxt_split){ 1, 1, 1 }, 1e-3, ten, seconds);
    rxt_row_roof roof[RXT_ROOF_KINDS] = { { loop, 1 } };

    CU_ASSERT_DOUBLE_EQUAL(sure.roof, 1.1, 1e-12);
    CU_ASSERT_STRING_EQUAL(
        sure.note,
        "faster than its roof, 1.10 [1.10 1.10]: no loop was found that moves data as fast");
    CU_ASSERT_STRING_EQUAL(fast.note, "faster than its roof, 1.50 [1.50 1.50]: no loop was found "
                                      "that calculates as fast");
    for (int r = 0; r < ROUNDS; r++)
        loop[r] = seconds[r] * (r % 3 ? 1.1 : 0.95);
    rxt_row_judge(&row, roof, ROUNDS);
    CU_ASSERT(row.roof > 1);
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
        { "a roof is the part of the faster loop's rate",
          a_roof_is_the_part_of_the_faster_loops_rate },
        { "of bandwidth and flop rate the nearer counts",
          of_bandwidth_and_flop_rate_the_nearer_counts },
        { "a row without a roof has none", a_row_without_a_roof_has_none },
        { "a roof is paired by round", a_roof_is_paired_by_round },
        { "a row faster than its roof says so", a_row_faster_than_its_roof_says_so },
        CU_TEST_INFO_NULL,
    };

    return suite_run("row", tests);
}
