/* test_answer.c - the sentences of answers about synthetic rows. */
#include "plants.h"

#include "suite.h"

/* A row: its split, its speedup over 1×1, and the noise of its times, ± spread. ranks = 0 ends the
 * list. */
typedef struct split {
    int ranks, threads;
    double speedup, spread;
} split;

/* Expects for these rows: the row that is named fastest, a string with '=' for each row tied with
 * it, and the text. */
static void tells(const split splits[], int fastest, const char *ties, bool nothing_beats,
                  const char *text)
{
    plant *p = start();
    const rxt_answer *a;

    for (const split *x = splits; x->ranks; x++)
        add(p, x->ranks, x->threads, x->speedup, wave, x->spread);
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, fastest);
    CU_ASSERT_EQUAL(a->count, (int)strlen(ties));
    for (int i = 0; i < a->count; i++)
        CU_ASSERT_EQUAL(a->tied[i], ties[i] == '=');
    CU_ASSERT_EQUAL(a->nothing_beats, nothing_beats);
    said(a, text);
    finish(p);
}

static void a_clear_winner_is_named_with_its_interval(void)
{
    tells(
        (split[]){ { 1, 1, 1, 0 }, { 1, 2, 1.6, .02 }, { 2, 1, 1.2, 0 }, { 0 } }, 1, ".=.", false,
        "n = 10M   1×2 is fastest: 1.60× [1.58 1.62] against 1×1. With the same 2 workers, 1×2 is "
        "1.33× [1.32 1.35] as fast as 2×1.");
}

static void every_split_of_four_tied_is_however_split(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.5, flat, 0);
    add(p, 2, 1, 1.5, flat, 0);
    add(p, 1, 4, 1.87, wave, 0.02);
    add(p, 2, 2, 1.868, flat, 0);
    add(p, 4, 1, 1.868, flat, 0);
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, 3);
    said(a, "n = 10M   4 cores in any split: 1.87× [1.85 1.89]; 1×4, 2×2, 4×1 cannot be told "
            "apart.");
    rxt_answers_free(&p->answers);
    p->rows.oversubscribe = true;
    a = answer(p);
    CU_ASSERT_PTR_NOT_NULL(strstr(a->text, "4 workers in any split"));
    finish(p);
}

/* 2×2 was not measured, so the answer must not say "in any split". */
static void some_splits_tied_are_listed(void)
{
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 4, 1.87, .02 }, { 4, 1, 1.868, 0 }, { 0 } }, 1,
          ".==", false,
          "n = 10M   1×4 measured fastest: 1.87× [1.85 1.89] against 1×1; 4×1 cannot be told apart "
          "from it.");
}

static void a_tie_with_fewer_workers_is_listed(void)
{
    tells(
        (split[]){
            { 1, 1, 1, 0 }, { 1, 2, 1.865, .02 }, { 2, 1, 1.5, 0 }, { 1, 4, 1.87, 0 }, { 0 } },
        3, ".=.=", false,
        "n = 10M   1×4 measured fastest: 1.87× [1.87 1.87] against 1×1; 1×2 cannot be told apart "
        "from it. 1×2 is within 2 % of the fastest with 2 workers instead of 4.");
}

static void slower_splits_do_not_beat_one_by_one(void)
{
    tells((split[]){ { 1, 1, 1, .01 }, { 1, 2, .5, 0 }, { 2, 1, .8, 0 }, { 0 } }, 0, "=..", true,
          "n = 10M   Nothing beats 1×1.");
}

static void a_tie_with_one_by_one_beats_nothing(void)
{
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 2, .998, .02 }, { 2, 1, .8, 0 }, { 0 } }, 0, "==.", true,
          "n = 10M   Nothing beats 1×1 at this size by 2 % or more; 1×2 cannot be told apart from "
          "it.");
}

static void a_faster_median_may_beat_nothing(void)
{
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 2, 1.005, .02 }, { 0 } }, 1, "==", true,
          "n = 10M   Nothing beats 1×1 at this size by 2 % or more; 1×2 cannot be told apart from "
          "it (1×2 measured 1.0050× [0.9950 1.0152]).");
}

/* 1×2 may be 2 % faster than 1×1, or slower, so the answer may say neither that nothing beats 1×1
 * nor that 1×2 does. */
static void what_may_gain_is_undecided(void)
{
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 2, 1.01, .05 }, { 2, 1, .8, 0 }, { 0 } }, 1, "==.", false,
          "n = 10M   Undecided: 1×2 may beat 1×1 or not (1×2 measured 1.01× [0.99 1.04]); "
          "--rounds=80 would halve the interval.");
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 2, .998, .05 }, { 2, 1, .99, .08 }, { 0 } }, 0,
          "===", false,
          "n = 10M   Undecided: 1×2, 2×1 may beat 1×1 or not (1×2 measured 1.00× [0.97 1.02]); "
          "--rounds=80 would halve the interval.");
}

static void a_surer_split_may_beat(void)
{
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 2, 1.03, 0 }, { 2, 1, 1.05, .3 }, { 0 } }, 2,
          ".==", false,
          "n = 10M   2×1 measured fastest, 1.05× [0.91 1.24], but cannot be told apart from 1×1; "
          "1×2 beats the baseline: 1.03× [1.03 1.03].");
}

/* If an end of the interval were printed as 1.00, it would read as a tie. */
static void an_end_near_one_is_not_rounded_to_it(void)
{
    tells((split[]){ { 1, 1, 1, 0 }, { 1, 2, 1.003, 0 }, { 0 } }, 1, ".=", false,
          "n = 10M   1×2 is fastest: 1.0030× [1.0030 1.0030] against 1×1. 1×1 is within 2 % of the "
          "fastest with 1 worker instead of 2.");
}

/* Noise that both rows share cancels in the paired ratio: a difference of 0.5 % is found under
 * noise of ± 50 %. */
static void ties_are_judged_by_paired_ratios(void)
{
    tells((split[]){ { 1, 1, 1, .5 }, { 1, 2, 2, .5 }, { 2, 1, 1.99, .5 }, { 0 } }, 1, ".=.", false,
          "n = 10M   1×2 is fastest: 2.00× [2.00 2.00] against 1×1.");
}

static void wrong_rows_never_count(void)
{
    plant *p = start();
    const rxt_answer *a;
    rxt_row *wrong;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.5, flat, 0);
    wrong = add(p, 2, 1, 9, flat, 0);
    wrong->verified = false;
    wrong->error = 3e5;
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, 1);
    CU_ASSERT_FALSE(a->tied[2]);
    said(a, "n = 10M   1×2 is fastest: 1.50× [1.50 1.50] against 1×1. Wrong result, not counted: "
            "2×1.");
    rxt_answers_free(&p->answers);
    wrong->error = NAN;
    said(answer(p), "n = 10M   1×2 is fastest: 1.50× [1.50 1.50] against 1×1. Not measured: 2×1.");
    finish(p);
}

static void without_a_right_result_there_is_no_answer(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0)->verified = false;
    add(p, 1, 2, 2, flat, 0)->verified = false;
    p->row[0].error = p->row[1].error = 7;
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, -1);
    CU_ASSERT(!a->nothing_beats && !a->tied[0] && !a->tied[1]);
    said(a, "n = 10M   No verified result.");
    rxt_answers_free(&p->answers);
    p->row[0].error = p->row[1].error = NAN;
    said(answer(p), "n = 10M   Nothing was measured.");
    finish(p);
}

static void without_a_baseline_there_is_no_answer(void)
{
    plant *p = start();

    add(p, 1, 1, 1, flat, 0)->verified = false;
    p->row[0].error = 7;
    add(p, 1, 2, 2, flat, 0);
    said(answer(p), "n = 10M   No answer: the baseline 1×1 has no verified result in the same "
                    "rounds. Wrong result, not counted: 1×1.");
    CU_ASSERT_EQUAL(p->answers.answer[0].fastest, -1);
    finish(p);
}

static void five_rounds_decide_nothing(void)
{
    plant *p = start();
    const rxt_answer *a;

    p->rows.rounds = 5;
    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.85, flat, 0);
    add(p, 2, 1, 0.5, flat, 0);
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, 1);
    CU_ASSERT(!a->nothing_beats && a->tied[0] && a->tied[1] && a->tied[2]);
    CU_ASSERT(a->undecided && a->fewest == -1);
    said(a, "n = 10M   Undecided: fewer than 6 rounds; 1×2 was fastest so far, 1.85× against 1×1. "
            "Use --rounds=10 or a longer --budget.");
    rxt_answers_free(&p->answers);
    p->row[1].seconds = p->row[2].seconds;
    said(answer(p), "n = 10M   Undecided: fewer than 6 rounds; no split was faster than 1×1 so "
                    "far. Use --rounds=10 or a longer --budget.");
    rxt_answers_free(&p->answers);
    p->row[1].seconds = p->seconds[1];
    p->rows.rounds = 6;
    said(answer(p), "n = 10M   1×2 is fastest: 1.85× [1.85 1.85] against 1×1. With the same 2 "
                    "workers, 1×2 is 3.70× [3.70 3.70] as fast as 2×1.");
    finish(p);
}

/* A row of three rounds has no interval. So it is not named fastest, although its speedup is the
 * largest. */
static void rows_with_intervals_come_first(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.5, flat, 0);
    add(p, 2, 1, 3.0, flat, 0);
    for (int r = 3; r < ROUNDS; r++)
        p->seconds[2][r] = NAN;
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, 1);
    CU_ASSERT_TRUE(a->tied[2]);
    finish(p);
}

static void one_row_alone_is_compared_with_nothing(void)
{
    plant *p = start();
    const rxt_answer *a;

    add(p, 1, 1, 1, wave, 0.1);
    a = answer(p);
    CU_ASSERT_EQUAL(a->fastest, 0);
    CU_ASSERT_FALSE(a->nothing_beats);
    said(a, "n = 10M   Only 1×1 was measured: nothing to compare.");
    rxt_answers_free(&p->answers);
    add(p, 1, 2, 1.5, flat, 0)->verified = false;
    p->row[1].error = INFINITY;
    said(answer(p), "n = 10M   Only 1×1 has a verified result. Wrong result, not counted: 1×2.");
    finish(p);
}

static void an_empty_study_has_no_answers(void)
{
    plant *p = start();

    answer(p);
    CU_ASSERT_EQUAL(p->answers.count, 0);
    CU_ASSERT_STRING_EQUAL(p->answers.horizon, "");
    finish(p);
}

static void nodes_are_named(void)
{
    plant *p = start();

    add(p, 1, 1, 1, flat, 0);
    add(p, 8, 4, 25, flat, 0)->split.nodes = 2;
    said(answer(p), "n = 10M   8×4@2 is fastest: 25.0× [25.0 25.0] against 1×1.");
    finish(p);
}

/* Eight tied splits are named and the others counted; the text must fit into its buffer. */
static void many_ties_are_cut(void)
{
    plant *p = start();

    add(p, 1, 1, 1, flat, 0);
    for (int i = 0; i < 62; i++)
        add(p, 10001 + i, 20002, 2, flat, 0);
    p->row[1].split.nodes = 10001;
    CU_ASSERT_PTR_NOT_NULL(strstr(answer(p)->text, " and 53 more cannot be told apart from it."));
    CU_ASSERT(strlen(p->answers.answer->text) < RXT_SENTENCE - 1);
    finish(p);
}

int main(void)
{
    CU_TestInfo answers[] = {
        { "a clear winner is named with its interval", a_clear_winner_is_named_with_its_interval },
        { "every split of four tied is however split", every_split_of_four_tied_is_however_split },
        { "some splits tied are listed", some_splits_tied_are_listed },
        { "a tie with fewer workers is listed", a_tie_with_fewer_workers_is_listed },
        { "slower splits do not beat 1x1", slower_splits_do_not_beat_one_by_one },
        { "a tie with 1x1 beats nothing", a_tie_with_one_by_one_beats_nothing },
        { "a faster median may beat nothing", a_faster_median_may_beat_nothing },
        { "what may gain is undecided", what_may_gain_is_undecided },
        { "a surer split may beat", a_surer_split_may_beat },
        { "an end near 1 is not rounded to it", an_end_near_one_is_not_rounded_to_it },
        { "ties are judged by paired ratios", ties_are_judged_by_paired_ratios },
        { "wrong rows never count", wrong_rows_never_count },
        { "without a right result there is no answer", without_a_right_result_there_is_no_answer },
        { "without a baseline there is no answer", without_a_baseline_there_is_no_answer },
        { "five rounds decide nothing", five_rounds_decide_nothing },
        { "rows with intervals come first", rows_with_intervals_come_first },
        { "one row alone is compared with nothing", one_row_alone_is_compared_with_nothing },
        { "an empty study has no answers", an_empty_study_has_no_answers },
        { "nodes are named", nodes_are_named },
        { "many ties are cut", many_ties_are_cut },
        CU_TEST_INFO_NULL,
    };

    return suite_run("answers", answers);
}
