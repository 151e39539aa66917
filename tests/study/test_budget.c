/* test_budget.c - the message before the first visit if the minimum of rounds does not fit into a
 * given budget. The message uses the least time that these rounds can take. */
#include "base/clock.h"
#include "study/budget.h"
#include <rxt/task.h>

#include <string.h>

#include "suite.h"

enum { N = 1000, ROUNDS = 10, CLOSED = 5 };

static double waits(const rxt_task_options *options)
{
    return options->service_time;
}

static const rxt_task quick = { .kernel = { .name = "quick", .task = &quick }, .unit = "request" },
                      slow = { .kernel = { .name = "slow", .task = &slow },
                               .unit = "request",
                               .wait = waits };

/* One kernel at one size, at 1 x 1 and 1 x 1000; five more sizes are not opened. */
typedef struct seen {
    rxt_settings settings;
    rxt_study_host host;
    rxt_plan plan;
    rxt_conductor conductor;
    rxt_split split[2];
    rxt_cell cell[2 + CLOSED];
    ptrdiff_t total[1];
    bool opened[1 + CLOSED];
    char said[500];
} seen;

static void hear(void *arg, const char *line)
{
    snprintf(((seen *)arg)->said, sizeof((seen *)arg)->said, "%s", line);
}

/* The parts of `seen` point to each other, so it must not be moved. */
static seen *observations_of(const rxt_kernel *kernel, double budget)
{
    seen *s = calloc(1, sizeof *s);

    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    s->settings.kernel[s->settings.kernels++] = kernel;
    s->settings.rounds_min = ROUNDS;
    s->settings.budget_given = true;
    s->settings.budget = budget;
    s->settings.options.service_time = 0.01;
    s->split[0] = (rxt_split){ .nodes = 1, .ranks = 1, .threads = 1 };
    s->split[1] = (rxt_split){ .nodes = 1, .ranks = 1, .threads = N };
    for (int c = 0; c < 2 + CLOSED; c++)
        s->cell[c] = (rxt_cell){ .split = c < 2 ? c : 0, .size = c < 2 ? 0 : c - 1 };
    s->total[0] = N;
    s->opened[0] = true;
    s->host = (rxt_study_host){ .say = hear, .arg = s, .began = rxt_clock_now() };
    s->plan = (rxt_plan){ .settings = &s->settings,
                          .cells = 2 + CLOSED,
                          .all = 2 + CLOSED,
                          .sizes = 1 + CLOSED,
                          .asked = 1,
                          .cell = s->cell,
                          .n = { N },
                          .total = s->total,
                          .totals = 1,
                          .splits = { .count = 2, .split = s->split } };
    s->conductor = (rxt_conductor){ .host = &s->host,
                                    .plan = &s->plan,
                                    .cells = { .opened = s->opened },
                                    .deadline = s->host.began + budget };
    return s;
}

static bool says(const seen *s, const char *words)
{
    if (strstr(s->said, words))
        return true;
    fprintf(stderr, "nothing says \"%s\": %s\n", words, s->said);
    return false;
}

/* A visit has a call that is proved and a call that is timed: 10 s each on one worker, 10 ms each
 * on a thousand. There are ten visits of each split. */
static void waits_that_are_sure_are_counted(void)
{
    seen *s = observations_of(&slow.kernel, 30);

    rxt_budget_say_guess(&s->conductor, 0, 0);
    CU_ASSERT_TRUE(says(s, "--budget=30s: the minimum of 10 rounds"));
    CU_ASSERT_TRUE(says(s, "will take about 200 s"));
    CU_ASSERT_TRUE(says(s, "; --budget=4m or --rounds=1 is enough"));
    free(s);
}

/* Sizes that only the search for the break-even size may open do not count as rows. */
static void rows_are_those_that_are_visited(void)
{
    seen *s = observations_of(&slow.kernel, 30);

    rxt_budget_say_guess(&s->conductor, 0, 0);
    CU_ASSERT_TRUE(says(s, "rounds of 2 rows will"));
    free(s);
}

static void a_budget_that_may_be_enough_is_let_pass(void)
{
    seen *s = observations_of(&slow.kernel, 300);

    rxt_budget_say_guess(&s->conductor, 0, 0);
    CU_ASSERT_STRING_EQUAL(s->said, "");
    free(s);
    s = observations_of(&quick.kernel, 3);
    rxt_budget_say_guess(&s->conductor, 0, 0);
    CU_ASSERT_STRING_EQUAL(s->said, "");
    free(s);
}

static void seconds_are_told_to_two_digits(void)
{
    static const struct {
        double seconds;
        const char *text;
    } told[] = { { 0.0123, "0.012" }, { 9.44, "9.4" }, { 9.96, "10" }, { 123.4, "123" } };
    char text[16];

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        CU_ASSERT_STRING_EQUAL(rxt_budget_seconds(told[i].seconds, text), told[i].text);
}

int main(void)
{
    return suite_run(
        "budget",
        (CU_TestInfo[]){
            { "waits that are sure are counted", waits_that_are_sure_are_counted },
            { "rows are those that are visited", rows_are_those_that_are_visited },
            { "a budget that may be enough is let pass", a_budget_that_may_be_enough_is_let_pass },
            { "seconds are told to two digits, whole from ten on", seconds_are_told_to_two_digits },
            CU_TEST_INFO_NULL });
}
