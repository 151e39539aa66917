/* test_tour_chart.c - the curves of the lesson: they show what was measured, as far as the chart
 * has room. */
#include "tour_world.h"

static const rxt_chart_series *series(const rxt_chart *p, const char *name)
{
    for (int s = 0; s < p->count; s++)
        if (!strcmp(p->series[s].name, name))
            return &p->series[s];
    CU_FAIL(name);
    return &p->series[0];
}

static void pictures_have_what_was_measured(void)
{
    world *w = new_world();
    rxt_tour_answer answer;
    rxt_chart p;

    plant(w, RXT_TOUR_ONE_CORE_WAIT, "request", 1, 1, 64, 64);
    plant(w, RXT_TOUR_ONE_CORE_WAIT, "request", 1, 16, 64, 4);
    plant(w, RXT_TOUR_ONE_CORE_WAIT, "request", 1, 4, 64, 16);
    plant(w, RXT_TOUR_ONE_CORE_WAIT, "request", 4, 1, 64, 0);
    plant(w, RXT_TOUR_CPYTHON, "request", 1, 1, 64, 64);
    plant(w, RXT_TOUR_CPYTHON, "request", 1, 2, 64, 32);
    answer = answer_of(w, 5);
    rxt_tour_chart(&w->tour, &answer, &p);
    CU_ASSERT_TRUE(p.lines);
    CU_ASSERT_EQUAL(p.count, 1); /* no processes were measured, nor CPython on one core */
    CU_ASSERT_EQUAL(series(&p, "request, threads")->count, 3);
    CU_ASSERT_EQUAL(series(&p, "request, threads")->point[1].x, 4);
    CU_ASSERT_DOUBLE_EQUAL(series(&p, "request, threads")->point[2].y, 16, 1);
    plant(w, RXT_TOUR_SPAWN, "thread", 1, 1, 1, 1e-5);
    plant(w, RXT_TOUR_SPAWN, "fork", 1, 1, 1, 1e-4);
    plant(w, RXT_TOUR_SPAWN, "fork@64M", 1, 1, 1, 1e-3);
    plant(w, RXT_TOUR_CPYTHON, "fork", 1, 1, 1, 1e-3);
    answer = answer_of(w, 0);
    rxt_tour_chart(&w->tour, &answer, &p);
    CU_ASSERT_FALSE(p.lines);
    CU_ASSERT_EQUAL(p.count, 3); /* the row with the heap is not shown */
    CU_ASSERT_TRUE(series(&p, "fork, CPython")->beside);
    free(w);
}

static void pictures_have_room(void)
{
    world *w = new_world();
    rxt_tour_answer answer;
    rxt_chart p;

    plant(w, RXT_TOUR_ONE_CORE_WAIT, "request", 1, 1, 64, 64);
    for (int t = 2; t <= MOST; t++)
        plant(w, RXT_TOUR_ONE_CORE_WAIT, "request", 1, t, 64, 64.0 / t);
    answer = answer_of(w, 5);
    rxt_tour_chart(&w->tour, &answer, &p);
    CU_ASSERT_EQUAL(p.series[0].count, RXT_CHART_POINTS);
    CU_ASSERT_EQUAL(p.left_out, MOST - RXT_CHART_POINTS);
    free(w);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "pictures have what was measured", pictures_have_what_was_measured },
        { "pictures have room", pictures_have_room },
        CU_TEST_INFO_NULL,
    };

    return suite_run("tour picture", tests);
}
