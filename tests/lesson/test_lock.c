/* test_lock.c - the interpreter's lock is exclusive, and is passed on when another thread requests
 * it. The test has no time limit by a clock: after PATIENCE naps without progress it gives up and
 * fails. */
#include "lock.h"
#include "suite.h"

#include <sched.h>
#include <time.h>

enum { MOST = 8, PATIENCE = 100000 }; /* number of naps: at least 5 s */
static const double soon = 1e-3;

static void nap(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 50000 }, NULL);
}

/* What the threads of one test share. */
typedef struct seen {
    rxt_lock *lock;
    int threads;
    atomic_int next, inside, overlaps;
    atomic_bool told;
    /* Protected by the lock: */
    long count, turns[MOST], kept, naps;
    int last;
} seen;

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

/* Runs `act` on `s` in `threads` threads, and waits until all of them have ended. */
static void play(seen *s, int threads, double interval, void *(*act)(void *))
{
    pthread_t thread[MOST];

    s->lock = lock_of(interval);
    s->threads = threads;
    s->last = -1;
    for (int t = 0; t < threads; t++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[t], NULL, act, s), 0);
    for (int t = 0; t < threads; t++)
        pthread_join(thread[t], NULL);
    CU_ASSERT_FALSE(s->lock->held);
    CU_ASSERT_FALSE(rxt_lock_asked(s->lock));
    free_lock(s->lock);
}

/* ---- exclusive ---- */

enum { ENTRIES = 2000 };

/* Yields in every eighth entry, so that another thread could enter while this one is inside. */
static void be_inside(seen *s, int entry)
{
    long count = s->count;

    if (atomic_fetch_add(&s->inside, 1) > 0)
        atomic_fetch_add(&s->overlaps, 1);
    if (entry % 8 == 0)
        sched_yield();
    s->count = count + 1;
    atomic_fetch_sub(&s->inside, 1);
}

static void *enter(void *arg)
{
    seen *s = arg;

    for (int e = 0; e < ENTRIES; e++) {
        rxt_lock_take(s->lock);
        be_inside(s, e);
        if (rxt_lock_asked(s->lock))
            rxt_lock_pass(s->lock);
        be_inside(s, e);
        rxt_lock_give(s->lock);
    }
    return NULL;
}

static void one_thread_at_a_time_holds_it(void)
{
    for (int threads = 1; threads <= MOST; threads *= 2) {
        seen s = { 0 };

        play(&s, threads, 1e-5, enter);
        CU_ASSERT_EQUAL(atomic_load(&s.overlaps), 0);
        CU_ASSERT_EQUAL(s.count, 2L * ENTRIES * threads);
    }
}

/* ---- handed over on request ---- */

enum { TURNS = 10 };

static bool all_had_turns(const seen *s)
{
    for (int t = 0; t < s->threads; t++)
        if (s->turns[t] < TURNS)
            return false;
    return true;
}

static void have_spin_wait(seen *s, int me)
{
    s->kept += s->last == me; /* took the lock again; no other thread had it meanwhile */
    s->last = me;
    s->turns[me]++;
}

/* Gives the lock only if another thread requests it, until every thread has had the lock TURNS
 * times. */
static void *hold(void *arg)
{
    seen *s = arg;
    int me = atomic_fetch_add(&s->next, 1);

    rxt_lock_take(s->lock);
    have_spin_wait(s, me);
    while (!all_had_turns(s) && s->naps < PATIENCE) {
        if (rxt_lock_asked(s->lock)) {
            rxt_lock_pass(s->lock);
            have_spin_wait(s, me);
        } else {
            s->naps++;
            nap();
        }
    }
    rxt_lock_give(s->lock);
    return NULL;
}

static void who_holds_it_loses_it_on_request_to_another(void)
{
    const int crowds[] = { 2, 3, MOST };

    for (size_t c = 0; c < sizeof crowds / sizeof crowds[0]; c++) {
        seen s = { 0 };

        play(&s, crowds[c], soon, hold);
        CU_ASSERT_FATAL(all_had_turns(&s));
        CU_ASSERT_EQUAL(s.kept, 0);
    }
}

/* ---- never asked ---- */

static void a_thread_alone_is_never_asked(void)
{
    rxt_lock *lock = lock_of(0);
    bool asked = false;

    for (int i = 0; i < 100; i++) {
        rxt_lock_take(lock);
        asked = asked || rxt_lock_asked(lock);
        nap();
        asked = asked || rxt_lock_asked(lock);
        rxt_lock_pass(lock); /* nobody waits, so this thread takes it again */
        rxt_lock_give(lock);
    }
    CU_ASSERT_FALSE(asked);
    CU_ASSERT_EQUAL(lock->switches, 0);
    free_lock(lock);
}

/* The options set the interval. A waiting thread must not request the lock before the interval has
 * passed. */
static void *wait_long(void *arg)
{
    seen *s = arg;

    atomic_store(&s->told, true);
    rxt_lock_take(s->lock);
    s->count++;
    rxt_lock_give(s->lock);
    return NULL;
}

static void who_waits_asks_only_after_the_interval(void)
{
    seen s = { .lock = lock_of(3600) };
    pthread_t thread;

    CU_ASSERT_EQUAL(s.lock->interval, 3600);
    rxt_lock_take(s.lock);
    CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, wait_long, &s), 0);
    while (!atomic_load(&s.told))
        nap();
    for (int i = 0; i < 100; i++)
        nap();
    CU_ASSERT_FALSE(rxt_lock_asked(s.lock));
    CU_ASSERT_EQUAL(s.count, 0);
    rxt_lock_give(s.lock); /* without a request: the other need not wait for the interval */
    pthread_join(thread, NULL);
    CU_ASSERT_EQUAL(s.count, 1);
    free_lock(s.lock);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "one thread at a time holds it", one_thread_at_a_time_holds_it },
        { "who holds it loses it on request, to another",
          who_holds_it_loses_it_on_request_to_another },
        { "a thread alone is never asked", a_thread_alone_is_never_asked },
        { "who waits asks only after the interval", who_waits_asks_only_after_the_interval },
        CU_TEST_INFO_NULL,
    };

    return suite_run("lock", tests);
}
