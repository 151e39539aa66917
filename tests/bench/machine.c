/* machine.c - two properties of this machine that the figures depend on: the time of a cache line
 * from one core to another (on virtual machines it changes every few minutes), and the clock
 * frequency under load.
 *
 *     build/tests/bench_machine [ROUNDS]      default: 15; a line each, "NAME MEDIAN LOW HIGH" */
#include "base/clock.h"
#include "machine/place.h"
#include "stats/sample.h"

#include <omp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { PASSES = 100000, ADDITIONS = 10000000, MOST = 1000 };

typedef struct line {
    _Alignas(128) atomic_int turn;
} line;

static void pass_on(line *l, int me)
{
    for (int i = 0; i < PASSES / 2; i++) {
        while (atomic_load_explicit(&l->turn, memory_order_acquire) != me)
            continue;
        atomic_store_explicit(&l->turn, 1 - me, memory_order_release);
    }
}

/* Nanoseconds that a cache line takes from one core to the other, when two threads write it in
 * turn. Negative if the system refuses the threads or their binding. */
static double way(const int cpu[2])
{
    line shared = { .turn = 0 };
    double begin = 0.0, end = 0.0;
    int bound = 0;

#pragma omp parallel num_threads(2)
    {
        int me = omp_get_thread_num();
        int mine = rxt_place_bind(cpu[me]) == 0;

#pragma omp atomic
        bound += mine;
#pragma omp barrier
#pragma omp master
        begin = rxt_clock_now();
        if (bound == 2)
            pass_on(&shared, me);
#pragma omp barrier
#pragma omp master
        end = rxt_clock_now();
    }
    return bound == 2 ? 1e9 * (end - begin) / PASSES : -1.0;
}

/* Clock frequency in GHz: each addition depends on the one before and takes one cycle. */
static double cycles(const int cpu[2])
{
    unsigned long sum = 0, step = 1;
    double begin;

    if (rxt_place_bind(cpu[0]))
        return -1.0;
    /* Hides the value: some processors add known constants without an execution cycle. */
    __asm__ volatile("" : "+r"(step));
    begin = rxt_clock_now();
    for (int i = 0; i < ADDITIONS / 4; i++) {
        sum += step;
        __asm__ volatile("" : "+r"(sum));
        sum += step;
        __asm__ volatile("" : "+r"(sum));
        sum += step;
        __asm__ volatile("" : "+r"(sum));
        sum += step;
        __asm__ volatile("" : "+r"(sum));
    }
    return ADDITIONS / (rxt_clock_now() - begin) / 1e9;
}

static bool tell(const char *name, double (*one)(const int[2]), const int cpu[2], int rounds)
{
    double values[MOST];
    rxt_sample sample;

    for (int r = 0; r < rounds; r++) {
        values[r] = one(cpu);
        if (values[r] < 0.0) {
            fprintf(stderr, "bench_machine: threads cannot be bound here\n");
            return false;
        }
    }
    sample = rxt_sample_of(rounds, values);
    printf("%s %.4g %.4g %.4g\n", name, sample.median, sample.low, sample.high);
    return true;
}

int main(int argc, char *argv[])
{
    int rounds = argc > 1 ? atoi(argv[1]) : 15, cpu[2];
    rxt_place *place = NULL;
    rxt_status st = rxt_place_open(&(rxt_place_request){ 0 }, &place);
    bool done = !st && rounds > 0 && rounds <= MOST && place->seats > 1;

    if (st)
        fprintf(stderr, "bench_machine: %s\n", st->text);
    else if (!done)
        fprintf(stderr, "bench_machine: [ROUNDS], up to %d, on two cores or more\n", MOST);
    if (done) {
        rxt_place_plan(place, RXT_BIND_HYBRID, 1, 2, cpu);
        done = tell("line_ns", way, cpu, rounds) && tell("clock_ghz", cycles, cpu, rounds);
    }
    rxt_status_free(st);
    rxt_place_close(place);
    return done ? 0 : 2;
}
