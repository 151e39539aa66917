/* test_tour.c - the lesson's verdicts, on synthetic studies with a known truth. */
#include "tour_world.h"

static bool is_there(const world *w, const rxt_tour_pair *pair, const rxt_tour_side *side,
                     ptrdiff_t n)
{
    for (int r = 0; r < w->study[pair->file].rows.count; r++)
        if (rxt_tour_is(side, &w->row[pair->file][r]) && w->row[pair->file][r].n == n)
            return true;
    return false;
}

/* Plants the rows of a claim, so that the claim has this figure; claims may share rows. */
static void plant_pair(world *w, const rxt_tour_pair *pair, ptrdiff_t n, double figure)
{
    static const char *const with_heap[][2] = { { "fork@", "fork@64M" },
                                                { "thread@", "thread@64M" } };
    const char *over = pair->over.kernel;

    for (int h = 0; h < 2; h++)
        over = !strcmp(over, with_heap[h][0]) ? with_heap[h][1] : over;
    if (!is_there(w, pair, &pair->over, n))
        plant(w, pair->file, over, pair->over.ranks, pair->over.threads, n, figure * 1e-3);
    if (!is_there(w, pair, &pair->under, n))
        plant(w, pair->file, pair->under.kernel, pair->under.ranks, pair->under.threads, n, 1e-3);
}

/* Plants all claims of sentence `s`; each figure is better than its bound by `factor`. */
static world *world_of(int s, double factor)
{
    const rxt_tour_sentence *sentence = &rxt_tour_lesson[s];
    world *w = new_world();

    for (int c = 0; c < RXT_TOUR_CLAIMS && sentence->claim[c].name; c++) {
        const rxt_tour_claim *claim = &sentence->claim[c];
        double figure =
            claim->need == RXT_TOUR_MORE ? claim->bound * factor : claim->bound / factor;

        if (claim->need == RXT_TOUR_TOLD)
            continue;
        plant_pair(w, &claim->pair, claim->size == RXT_TOUR_SMALLEST ? 1000 : 1000000, figure);
        if (claim->against)
            plant_pair(w, claim->against, 1000000, 1);
    }
    return w;
}

/* ---- claims ---- */

static void the_lesson_is_whole(void)
{
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++) {
        const rxt_tour_sentence *sentence = &rxt_tour_lesson[s];
        int judged = 0;

        CU_ASSERT_TRUE(sentence->sentence && sentence->question && sentence->experiment &&
                       sentence->command && sentence->refuted);
        for (int c = 0; c < RXT_TOUR_CLAIMS && sentence->claim[c].name; c++) {
            judged += sentence->claim[c].need != RXT_TOUR_TOLD;
            CU_ASSERT_TRUE(sentence->claim[c].need == RXT_TOUR_TOLD ||
                           sentence->claim[c].bound > 0);
            CU_ASSERT_TRUE(sentence->claim[c].before && sentence->claim[c].after);
        }
        CU_ASSERT_TRUE(judged > 0);
    }
}

static void every_sentence_has_three_verdicts(void)
{
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++) {
        const double factor[] = { 1.5, 1 / 1.5, 1.0 };
        const rxt_tour_verdict verdict[] = { RXT_TOUR_HOLDS, RXT_TOUR_FAILS, RXT_TOUR_UNKNOWN };

        for (int v = 0; v < 3; v++) {
            world *w = world_of(s, factor[v]);

            CU_ASSERT_EQUAL(answer_of(w, s).verdict, verdict[v]);
            free(w);
        }
    }
}

static void nothing_measured_tells_nothing(void)
{
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++) {
        world *w = new_world();
        rxt_tour_answer answer = answer_of(w, s);

        CU_ASSERT_EQUAL(answer.verdict, RXT_TOUR_UNKNOWN);
        for (int c = 0; c < answer.claims; c++) {
            CU_ASSERT_TRUE(isnan(answer.here[c].ratio.median));
            CU_ASSERT_PTR_NOT_NULL(strstr(answer.here[c].why, ".json is not there"));
        }
        free(w);
    }
}

/* The interval lies beyond the bound, but by less than the margin. */
static void a_narrow_miss_tells_nothing(void)
{
    world *w = new_world();
    rxt_row *fork = plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 1.13);
    rxt_row *thread = plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1);
    rxt_row *spawn = plant(w, RXT_TOUR_SPAWN, "spawn", 1, 1, 1, 9);
    rxt_tour_answer answer;

    for (int r = 0; r < ROUNDS; r++) {
        fork->seconds[r] = 1.13;
        thread->seconds[r] = 1;
        spawn->seconds[r] = 9;
    }
    answer = answer_of(w, 0);
    CU_ASSERT_TRUE(answer.here[0].ratio.low > 1.1);
    CU_ASSERT_EQUAL(answer.here[0].verdict, RXT_TOUR_UNKNOWN);
    CU_ASSERT_EQUAL(answer.here[1].verdict, RXT_TOUR_HOLDS);
    CU_ASSERT_EQUAL(answer.verdict, RXT_TOUR_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(
        strstr(answer.here[0].why, "neither wholly above 1.155 nor wholly below 1.045"));
    free(w);
}

static void one_refuted_claim_refutes(void)
{
    world *w = new_world();
    rxt_tour_answer answer;

    plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 5);
    plant(w, RXT_TOUR_SPAWN, "spawn", 1, 1, 1, 0.5);
    plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1);
    answer = answer_of(w, 0);
    CU_ASSERT_EQUAL(answer.here[0].verdict, RXT_TOUR_HOLDS);
    CU_ASSERT_EQUAL(answer.here[1].verdict, RXT_TOUR_FAILS);
    CU_ASSERT_EQUAL(answer.verdict, RXT_TOUR_FAILS);
    free(w);
}

/* ---- rows ---- */

static void swap_rows(rxt_row *a, rxt_row *b)
{
    rxt_row row = *a;

    *a = *b;
    *b = row;
}

static void order_of_rows_does_not_matter(void)
{
    for (int s = 0; s < RXT_TOUR_SENTENCES; s++) {
        world *w = world_of(s, 1.4);
        rxt_tour_answer before = answer_of(w, s), after;

        for (int f = 0; f < RXT_TOUR_FILES; f++)
            for (int i = 0, j = w->study[f].rows.count - 1; i < j; i++, j--)
                swap_rows(&w->row[f][i], &w->row[f][j]);
        after = answer_of(w, s);
        for (int c = 0; c < before.claims; c++)
            if (before.sentence->claim[c].need != RXT_TOUR_TOLD) {
                CU_ASSERT_EQUAL(before.here[c].ratio.median, after.here[c].ratio.median);
                CU_ASSERT_EQUAL(before.here[c].ratio.low, after.here[c].ratio.low);
            }
        CU_ASSERT_EQUAL(after.verdict, RXT_TOUR_HOLDS);
        free(w);
    }
}

static void says(int s, const world *w, int claim, const char *words)
{
    rxt_tour_answer answer = answer_of(w, s);

    CU_ASSERT_EQUAL(answer.here[claim].verdict, RXT_TOUR_UNKNOWN);
    CU_ASSERT_PTR_NOT_NULL(strstr(answer.here[claim].why, words));
}

static void what_is_missing_is_said(void)
{
    world *w = new_world();
    rxt_row *spawn;

    plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1);
    says(0, w, 0, "spawn.json has no row of fork at 1×1");
    plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 5);
    says(1, w, 0, "no row of fork with a heap at 1×1");
    spawn = plant(w, RXT_TOUR_SPAWN, "spawn", 1, 1, 1, 0);
    snprintf(spawn->note, sizeof spawn->note, "posix_spawn: no such program");
    says(0, w, 1, "spawn at 1×1 was not measured: posix_spawn: no such program");
    spawn->error = INFINITY;
    says(0, w, 1, "spawn at 1×1 gave a wrong result");
    free(w);
}

static void few_rounds_tell_nothing(void)
{
    world *w = new_world();

    plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1);
    plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 5);
    w->study[RXT_TOUR_SPAWN].rows.rounds = 6; /* enough for one interval, but not for two */
    says(0, w, 0, "only 6 of the 7 rounds that an interval needs");
    for (int r = 0; r < ROUNDS; r++)
        w->seconds[RXT_TOUR_SPAWN][r % 2][r] = NAN;
    says(0, w, 0, "no round has both times");
    free(w);
}

static void times_may_be_anything(void)
{
    world *w = new_world();
    rxt_row *fork;

    plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1e-300);
    fork = plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 1e300);
    says(0, w, 0, "no round has both times");
    for (int r = 0; r < ROUNDS; r++)
        fork->seconds[r] = 1e-320;
    w->seconds[RXT_TOUR_SPAWN][0][3] = 1e300;
    (void)answer_of(w, 0);
    free(w);
}

static void sizes_are_the_ends_that_both_have(void)
{
    const ptrdiff_t n[] = { 10000, 1000, 10000000, 100000 };
    world *w = new_world();
    rxt_tour_answer answer;

    for (int i = 0; i < 4; i++) {
        plant(w, RXT_TOUR_SMALL, "dot", 1, 1, n[i], 1e-9 * (double)n[i]);
        plant(w, RXT_TOUR_SMALL, "dot", 1, 2, n[i], 1e-6 + 0.5e-9 * (double)n[i]);
        plant(w, RXT_TOUR_SMALL, "dot", 2, 1, n[i], 1e-6 + 0.5e-9 * (double)n[i]);
    }
    plant(w, RXT_TOUR_SMALL, "dot", 1, 1, 100, 1e-7); /* a size that no other study has */
    plant(w, RXT_TOUR_SMT, "dot", 1, 1, 100000, 1e-4);
    plant(w, RXT_TOUR_SMT, "dot", 1, 2, 100000, 1e-4);
    answer = answer_of(w, 6);
    CU_ASSERT_EQUAL(answer.verdict, RXT_TOUR_HOLDS);
    CU_ASSERT_EQUAL(answer.here[0].row->n, 1000);
    CU_ASSERT_EQUAL(answer.here[3].row->n, 10000000);
    CU_ASSERT_TRUE(answer.here[0].sizes);
    answer = answer_of(w, 11);
    CU_ASSERT_EQUAL(answer.here[0].row->n, 100000);
    CU_ASSERT_EQUAL(answer.verdict, RXT_TOUR_HOLDS);
    free(w);
}

static void the_largest_heap_counts(void)
{
    world *w = new_world();

    plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1);
    plant(w, RXT_TOUR_SPAWN, "thread@1G", 1, 1, 1, 1);
    plant(w, RXT_TOUR_SPAWN, "fork@1G", 1, 1, 1, 9);
    plant(w, RXT_TOUR_SPAWN, "fork@64M", 1, 1, 1, 3);
    plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 1);
    CU_ASSERT_TRUE(answer_of(w, 1).here[0].ratio.median > 8);
    CU_ASSERT_EQUAL(answer_of(w, 1).verdict, RXT_TOUR_HOLDS);
    free(w);
}

/* ---- CPython ---- */

static void cpython_stands_beside(void)
{
    world *w = world_of(8, 1.2);
    rxt_tour_answer answer;

    plant(w, RXT_TOUR_CPYTHON, "interpreted", 1, 1, 50, 1.3);
    plant(w, RXT_TOUR_CPYTHON, "interpreted", 2, 1, 50, 1);
    answer = answer_of(w, 8);
    CU_ASSERT_EQUAL(answer.verdict, RXT_TOUR_HOLDS);
    CU_ASSERT_EQUAL(answer.cpython[0].verdict, RXT_TOUR_FAILS);
    CU_ASSERT_TRUE(rxt_tour_differ(&answer.here[0], &answer.cpython[0]));
    CU_ASSERT_FALSE(rxt_tour_differ(&answer.here[0], &answer.here[0]));
    answer = answer_of(w, 4); /* on one core; not measured with CPython */
    CU_ASSERT_TRUE(isnan(answer.cpython[0].ratio.median));
    CU_ASSERT_FALSE(rxt_tour_differ(&answer.here[0], &answer.cpython[0]));
    free(w);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "the lesson is whole", the_lesson_is_whole },
        { "every sentence has three verdicts", every_sentence_has_three_verdicts },
        { "nothing measured tells nothing", nothing_measured_tells_nothing },
        { "a narrow miss tells nothing", a_narrow_miss_tells_nothing },
        { "one refuted claim refutes", one_refuted_claim_refutes },
        { "order of rows does not matter", order_of_rows_does_not_matter },
        { "what is missing is said", what_is_missing_is_said },
        { "few rounds tell nothing", few_rounds_tell_nothing },
        { "times may be anything", times_may_be_anything },
        { "sizes are the ends that both have", sizes_are_the_ends_that_both_have },
        { "the largest heap counts", the_largest_heap_counts },
        { "CPython stands beside", cpython_stands_beside },
        CU_TEST_INFO_NULL,
    };

    return suite_run("tour", tests);
}
