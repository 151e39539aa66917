/* answers.c - counts how often answers are right in synthetic studies with a known truth, and how
 * often a script that picks the smallest mean is wrong. Prints the table of docs/method/ties.md.
 * Run by hand:
 *
 *     build/tests/bench_answers [SEEDS [ROUNDS]]      default: 1000 seeds, 30 rounds */
#include "analysis/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "noises.h"

enum { MOST = 21 };

/* The known truth: either all splits are about twice as fast as the baseline 1×1, or no split is
 * faster than 1×1. */
typedef struct truth {
    const char *name;
    double first, others; /* seconds of the first split, and of each other one; 1×1 takes 1 s */
    bool right_is_alone;  /* true: naming only the first split is right; false: "nothing is
                             faster" is right */
} truth;

static const truth truths[] = {
    { "first 3 % ahead", 0.5, 0.515, true },   { "first 1 % ahead", 0.5, 0.505, true },
    { "all splits equal", 0.5, 0.5, true },    { "all 3 % slower than 1×1", 1.03, 1.03, false },
    { "all as fast as 1×1", 1.0, 1.0, false },
};
enum { TRUTHS = sizeof truths / sizeof truths[0] };

/* Number of studies with each outcome. */
typedef struct tally {
    int right, wrong; /* right answers, wrong answers; undecided ones are neither      */
    int mean;         /* studies in which the smallest mean points to a wrong row      */
} tally;

typedef struct study {
    noises z;
    rxt_row row[MOST];
    rxt_rows rows;
} study;

static void make(study *s, const truth *t, noise_kind kind, uint64_t seed, int splits, int rounds)
{
    double seconds[MOST] = { 1.0 };

    for (int i = 1; i < splits; i++)
        seconds[i] = i > 1 ? t->others : t->first;
    noise_make(&s->z, kind, seed, splits, rounds, seconds);
    s->rows = (rxt_rows){ .count = splits, .rounds = rounds, .row = s->row };
    for (int i = 0; i < splits; i++) {
        s->row[i] = (rxt_row){ .kernel = "dot",
                               .type = "f64",
                               .team = i > 0 ? "forkjoin" : "-",
                               .combine = i > 0 ? "mpi" : "-",
                               .bind = "hybrid",
                               .n = 1000000,
                               .split = { 1, 1, i + 1 },
                               .baseline = { 1, 1, 1 },
                               .seconds = s->z.seconds[i],
                               .verified = true };
        rxt_row_derive(&s->row[i], &s->row[0], rounds);
    }
}

static int smallest_mean(const study *s)
{
    double least = INFINITY;
    int found = 0;

    for (int i = 0; i < s->rows.count; i++) {
        double sum = 0.0;

        for (int r = 0; r < s->rows.rounds; r++)
            sum += s->row[i].seconds[r];
        if (sum < least) {
            least = sum;
            found = i;
        }
    }
    return found;
}

static int tied(const rxt_answer *a)
{
    int n = 0;

    for (int i = 0; i < a->count; i++)
        n += a->tied[i];
    return n;
}

static void judge(const rxt_answer *a, const truth *t, tally *found)
{
    bool alone = tied(a) == 1;

    if (t->right_is_alone) {
        found->right += alone && a->fastest == 1;
        found->wrong += alone && a->fastest != 1;
    } else {
        found->right += a->nothing_beats;
        found->wrong += !a->nothing_beats && !a->undecided;
    }
}

static bool simulate(study *s, const truth *t, noise_kind kind, int splits, int seeds, int rounds)
{
    tally found = { 0 };
    double part = 100.0 / seeds;

    for (int seed = 0; seed < seeds; seed++) {
        rxt_answers answers;
        rxt_status st;

        make(s, t, kind, (uint64_t)seed, splits, rounds);
        st = rxt_answers_of(&s->rows, &answers);
        if (st) {
            fprintf(stderr, "bench_answers: %s\n", st->text);
            rxt_status_free(st);
            return false;
        }
        judge(&answers.answer[0], t, &found);
        found.mean += smallest_mean(s) != (t->right_is_alone ? 1 : 0);
        rxt_answers_free(&answers);
    }
    printf("| %s | %s | %d | %.1f | %.1f | %.1f | %.1f |\n", t->name, noise_name[kind], splits,
           part * found.right, part * found.wrong, part * (seeds - found.right - found.wrong),
           part * found.mean);
    fflush(stdout);
    return true;
}

int main(int argc, char *argv[])
{
    static const int splits[] = { 3, 8, MOST };
    int seeds = argc > 1 ? atoi(argv[1]) : 1000, rounds = argc > 2 ? atoi(argv[2]) : 30;
    study *s = calloc(1, sizeof *s);
    bool done = s && seeds > 0 && rounds > 0 && rounds <= NOISE_ROUNDS;

    if (!done)
        fprintf(stderr, "bench_answers: [SEEDS [ROUNDS]], rounds up to %d\n", NOISE_ROUNDS);
    else
        printf("%d seeds, %d rounds, noise 2 %%; %% of studies\n\n"
               "| planted | noise | splits | right | wrong | not told | mean wrong |\n"
               "|---|---|---|---|---|---|---|\n",
               seeds, rounds);
    for (int t = 0; t < TRUTHS; t++)
        for (int kind = 0; kind < NOISE_KINDS; kind++)
            for (int p = 0; p < 3; p++)
                done = done && simulate(s, &truths[t], (noise_kind)kind, splits[p], seeds, rounds);
    free(s);
    return done ? 0 : 2;
}
