/* test_interpreter.c - the interpreter computes the dot product, and lets other threads run between
 * two of its steps. */
#include "interpreter.h"
#include "suite.h"

#include <math.h>

enum { NUMBERS = 20000, PATIENCE = 20000 };

typedef struct numbers {
    double x[NUMBERS], y[NUMBERS];
} numbers;

/* Small integers, of both signs: their sums are exact. */
static void fill(numbers *of)
{
    for (int i = 0; i < NUMBERS; i++) {
        of->x[i] = i * 31 % 101 - 50;
        of->y[i] = i * 17 % 89 - 40;
    }
}

static double reference(const numbers *of, ptrdiff_t first, ptrdiff_t n)
{
    long sum = 0;

    for (ptrdiff_t i = first; i < first + n; i++)
        sum += (long)of->x[i] * (long)of->y[i];
    return (double)sum;
}

static rxt_lock *lock_of(double interval)
{
    rxt_task_options options = { .switch_interval = interval };
    rxt_task_slab task = { .options = &options };
    rxt_slab slab = { .threads = 1, .task = &task };

    CU_ASSERT_PTR_NULL_FATAL(rxt_lock_make(&slab));
    return slab.state;
}

static void free_lock(rxt_lock *lock)
{
    rxt_lock_free(&(rxt_slab){ .state = lock });
}

static void it_computes_the_dot_product_of_any_share(void)
{
    const ptrdiff_t sizes[] = { 0, 1, 2, 7, 1009 }, starts[] = { 0, 1, 64 };
    numbers of;
    rxt_lock *lock = lock_of(1);

    fill(&of);
    rxt_lock_take(lock);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 3; j++) {
            ptrdiff_t n = sizes[i], at = starts[j];
            double right = reference(&of, at, n);

            CU_ASSERT_EQUAL(rxt_interpreter_dot(n, of.x + at, of.y + at, NULL), right);
            CU_ASSERT_EQUAL(rxt_interpreter_dot(n, of.x + at, of.y + at, lock), right);
        }
    rxt_lock_give(lock);
    free_lock(lock);
}

static void it_computes_as_the_processor_does(void)
{
    const double x[] = { 0.1, 1e300, -INFINITY }, y[] = { 0.3, 1e300, 1 };

    CU_ASSERT_EQUAL(rxt_interpreter_dot(1, x, y, NULL), 0.1 * 0.3);
    CU_ASSERT_EQUAL(rxt_interpreter_dot(2, x, y, NULL), (double)INFINITY);
    CU_ASSERT(isnan(rxt_interpreter_dot(3, x, y, NULL)));
}

/* ---- between two steps ---- */

typedef struct seen {
    rxt_lock *lock;
    atomic_bool entered;
} seen;

static void *come_in(void *arg)
{
    seen *s = arg;

    rxt_lock_take(s->lock);
    atomic_store(&s->entered, true);
    rxt_lock_give(s->lock);
    return NULL;
}

/* This thread gives the lock back only after the other thread has had it. So the other thread can
 * enter only while a program runs. */
static void a_program_lets_others_in_between_two_steps(void)
{
    seen s = { .lock = lock_of(1e-3) };
    numbers of;
    pthread_t other;
    double right;

    fill(&of);
    right = reference(&of, 0, NUMBERS);
    rxt_lock_take(s.lock);
    CU_ASSERT_EQUAL_FATAL(pthread_create(&other, NULL, come_in, &s), 0);
    for (int i = 0; i < PATIENCE && !atomic_load(&s.entered); i++)
        CU_ASSERT_EQUAL_FATAL(rxt_interpreter_dot(NUMBERS, of.x, of.y, s.lock), right);
    CU_ASSERT(atomic_load(&s.entered));
    rxt_lock_give(s.lock);
    pthread_join(other, NULL);
    free_lock(s.lock);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "it computes the dot product of any share", it_computes_the_dot_product_of_any_share },
        { "it computes as the processor does", it_computes_as_the_processor_does },
        { "a program lets others in between two steps",
          a_program_lets_others_in_between_two_steps },
        CU_TEST_INFO_NULL,
    };

    return suite_run("interpreter", tests);
}
