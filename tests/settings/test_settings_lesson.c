/* test_settings_lesson.c - the options and defaults of the drivers of the lesson. */
#include "settings_lines.h"

#include <float.h>

#include "suite.h"

static const rxt_preset spawn = { .program = "spawnbench",
                                  .purpose = "Workers.",
                                  .kernels = "ask,idle",
                                  .lesson = RXT_LESSON_SPAWN,
                                  .sizes = "1,10",
                                  .splits = "1x1" },
                        lock = { .program = "lockbench",
                                 .purpose = "One lock.",
                                 .kernels = "ask",
                                 .lesson = RXT_LESSON_LOCK,
                                 .splits = "cross" },
                        io = { .program = "iobench",
                               .purpose = "Waiting.",
                               .kernels = "ask",
                               .lesson = RXT_LESSON_IO,
                               .sizes = "64",
                               .splits = "cross",
                               .most_workers = 64 };

/* Settings may be large, and kernels of --heap have pointers into them, so settings must not be
 * moved. */
static rxt_settings *good_as(const rxt_preset *of, const char *text)
{
    rxt_settings *settings = malloc(sizeof *settings);
    rxt_status st;

    CU_ASSERT_PTR_NOT_NULL_FATAL(settings);
    st = parse_as(of, text, settings);
    CU_ASSERT_PTR_NULL(st);
    if (st)
        fprintf(stderr, "%s: %s\n", text, st->text);
    rxt_status_free(st);
    return settings;
}

static void bad_as(const rxt_preset *of, const char *text, const char *start)
{
    rxt_settings *settings = malloc(sizeof *settings);
    rxt_status st;

    CU_ASSERT_PTR_NOT_NULL_FATAL(settings);
    st = parse_as(of, text, settings);
    CU_ASSERT_PTR_NOT_NULL_FATAL(st);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_NSTRING_EQUAL(st->text, start, strlen(start));
    rxt_status_free(st);
    free(settings);
}

static void defaults_are_the_drivers_own(void)
{
    rxt_settings *s = good_as(&spawn, "");

    CU_ASSERT_EQUAL(s->sizes, 2);
    CU_ASSERT_EQUAL(s->size[1].n, 10);
    CU_ASSERT_EQUAL(s->splits.pairs, 1);
    CU_ASSERT_EQUAL(s->splits.most_workers, 0);
    CU_ASSERT_EQUAL(s->kernels, 2);
    free(s);
    s = good_as(&io, "");
    CU_ASSERT_EQUAL(s->splits.most_workers, 64);
    CU_ASSERT_TRUE(s->splits.oversubscribe && s->splits.cross);
    CU_ASSERT_DOUBLE_EQUAL(s->options.service_time, 0.01, DBL_EPSILON);
    CU_ASSERT_DOUBLE_EQUAL(s->options.compute_share, 0.5, DBL_EPSILON);
    free(s);
    s = good_as(&lock, "");
    CU_ASSERT_DOUBLE_EQUAL(s->options.switch_interval, 0.005, DBL_EPSILON);
    free(s);
}

/* Splits that the user names replace the driver's splits; they are not added to them. */
static void splits_that_are_named_replace_the_drivers(void)
{
    static const char *const lines[] = { "-t 2", "-r 1", "-p 1x2", "-p grid",
                                         "--ranks-per-node=1" };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        rxt_settings *s = good_as(&lock, lines[i]);

        CU_ASSERT_FALSE(s->splits.cross);
        free(s);
    }
}

static void counts_are_sizes(void)
{
    rxt_settings *s = good_as(&spawn, "--count=1:100:x10,7");

    CU_ASSERT_EQUAL(s->sizes, 4);
    CU_ASSERT_EQUAL(s->size[2].n, 100);
    CU_ASSERT_EQUAL(s->size[3].n, 7);
    free(s);
    bad_as(&spawn, "--count=-1", "--count=-1: ");
    bad_as(&spawn, "--count=1,000", "--count=1,000: a comma separates two numbers");
    bad_as(&spawn, "--count=ten", "--count=ten: ");
    bad_as(&spawn, "--count=2M", "--count=2M: ");
}

/* There is a task for each task and each size of --heap; for the size 0 the task keeps its name. */
static void a_heap_makes_tasks_of_tasks(void)
{
    rxt_settings *s = good_as(&spawn, "--heap=0,64M,1Gi");

    CU_ASSERT_EQUAL_FATAL(s->kernels, 6);
    CU_ASSERT_STRING_EQUAL(s->kernel[0]->name, "ask");
    CU_ASSERT_STRING_EQUAL(s->kernel[1]->name, "ask@64M");
    CU_ASSERT_STRING_EQUAL(s->kernel[5]->name, "idle@1Gi");
    for (int k = 0; k < 6; k++) {
        const double heap[] = { 0, 64e6, 1073741824 };

        CU_ASSERT_PTR_EQUAL_FATAL(s->kernel[k], &s->kernel[k]->task->kernel);
        CU_ASSERT_EQUAL(s->kernel[k]->task->heap, heap[k % 3]);
    }
    CU_ASSERT_EQUAL(s->kernel[5]->arrays, idle.kernel.arrays);
    CU_ASSERT_STRING_EQUAL(s->kernel[5]->task->unit, idle.unit);
    free(s);
    s = good_as(&spawn, "");
    CU_ASSERT_PTR_EQUAL(s->kernel[0], &ask.kernel);
    free(s);
    bad_as(&spawn, "--heap=much", "--heap=much: ");
    bad_as(&spawn, "--heap=-1", "--heap=-1: ");
    bad_as(&spawn, "-k idle,dot --heap=1M", "--heap: dot is not a task");
}

static void times_and_shares_are_read(void)
{
    rxt_settings *s = good_as(&io, "--service-time=0 --compute-share=1");

    CU_ASSERT_EQUAL(s->options.service_time, 0);
    CU_ASSERT_EQUAL(s->options.compute_share, 1);
    free(s);
    s = good_as(&io, "--service-time=0.0ms");
    CU_ASSERT_EQUAL(s->options.service_time, 0);
    free(s);
    bad_as(&io, "--service-time=0x", "--service-time=0x: ");
    s = good_as(&lock, "--switch-interval=500us");
    CU_ASSERT_DOUBLE_EQUAL(s->options.switch_interval, 5e-4, 1e-12);
    free(s);
    bad_as(&lock, "--switch-interval=0", "--switch-interval=0: ");
    bad_as(&lock, "--switch-interval=soon", "--switch-interval=soon: ");
    bad_as(&io, "--service-time=-1s", "--service-time=-1s: ");
    bad_as(&io, "--service-time=2h", "--service-time=2h: ");
    bad_as(&io, "--compute-share=1.5", "--compute-share=1.5: ");
    bad_as(&io, "--compute-share=", "--compute-share=: ");
    bad_as(&io, "--compute-share=nan", "--compute-share=nan: ");
}

static void an_option_that_changes_nothing_is_refused(void)
{
    bad_as(&lock, "-k idle --switch-interval=1ms", "--switch-interval: has no effect on idle");
    bad_as(&io, "-k idle --compute-share=0.1", "--compute-share: has no effect on idle");
    bad_as(&io, "--service-time=1s -k idle", "--service-time: has no effect on idle");
    free(good_as(&io, "-k idle,ask --service-time=1s"));
}

/* Only requests wait for the service time of the server; blocks of a disk do not. */
static void requests_alone_take_the_service_time(void)
{
    bad_as(&io, "-k ask -n 1M", "--size=1M: one worker would take 2.78 hours");
    free(good_as(&io, "-k idle -n 1M"));
}

/* A level is filled with operands, of which `ask` has none. */
static void a_task_without_operands_fills_no_level(void)
{
    bad_as(&io, "-n L2", "--size=L2: ask has no operands to fill a cache; give a number of reque");
    free(good_as(&io, "-k idle -n L2"));
}

/* Options of another driver are unknown to this one. */
static void options_are_of_one_lesson(void)
{
    bad_as(&spawn, "--switch-interval=5ms", "unknown option --switch-interval");
    bad_as(&io, "--count=1", "unknown option --count");
    bad_as(&preset, "--count=1", "unknown option --count");
    bad_as(&preset, "--service-time=1s", "unknown option --service-time");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "defaults are the driver's own", defaults_are_the_drivers_own },
        { "splits that are named replace the driver's", splits_that_are_named_replace_the_drivers },
        { "counts are sizes", counts_are_sizes },
        { "a heap makes tasks of tasks", a_heap_makes_tasks_of_tasks },
        { "times and shares are read", times_and_shares_are_read },
        { "an option that changes nothing is refused", an_option_that_changes_nothing_is_refused },
        { "requests alone take the service time", requests_alone_take_the_service_time },
        { "a task without operands fills no level", a_task_without_operands_fills_no_level },
        { "options are of one lesson", options_are_of_one_lesson },
        CU_TEST_INFO_NULL,
    };

    return suite_run("settings of the lesson", tests);
}
