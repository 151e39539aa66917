/* tour.c - decides from a folder of studies whether the sentences of the lesson hold.
 *
 * With a probability of 95 % all intervals of a sentence contain their true values at the same
 * time: with m intervals each interval has a coverage of 1 - 0.05 / m (Bonferroni). */
#include "tour/tour.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "report/report.h"
#include "splits/split.h"

static const char *const names[RXT_TOUR_FILES] = {
    [RXT_TOUR_SPAWN] = "spawn.json",
    [RXT_TOUR_SHARE] = "share.json",
    [RXT_TOUR_LOCK] = "lock.json",
    [RXT_TOUR_ONE_CORE_COMPUTE] = "one_core_compute.json",
    [RXT_TOUR_ONE_CORE_WAIT] = "one_core_wait.json",
    [RXT_TOUR_WAIT] = "wait.json",
    [RXT_TOUR_SMALL] = "small.json",
    [RXT_TOUR_SMT] = "smt.json",
    [RXT_TOUR_CPYTHON] = "cpython.json",
};

const char *rxt_tour_name(rxt_tour_file file)
{
    return names[file];
}

const char *rxt_tour_word(rxt_tour_verdict verdict)
{
    static const char *const words[] = { [RXT_TOUR_UNKNOWN] = "cannot tell here",
                                         [RXT_TOUR_HOLDS] = "holds here",
                                         [RXT_TOUR_FAILS] = "does not hold here" };

    return words[verdict];
}

/* ---- rows ---- */

/* Does the name end in "@"? "fork@" means fork with any heap, such as "fork@64M". */
static bool any_heap(const char *kernel)
{
    size_t length = strlen(kernel);

    return length > 0 && kernel[length - 1] == '@';
}

bool rxt_tour_is(const rxt_tour_side *side, const rxt_row *row)
{
    bool named = any_heap(side->kernel) ? !strncmp(row->kernel, side->kernel, strlen(side->kernel))
                                        : !strcmp(row->kernel, side->kernel);

    return named && (!side->ranks || (side->ranks == row->split.ranks && row->split.nodes == 1)) &&
           (!side->threads || side->threads == row->split.threads);
}

static ptrdiff_t heap_of(const rxt_row *row)
{
    const char *at = strchr(row->kernel, '@');
    ptrdiff_t heap = 0;

    return at && rxt_list_number(at + 1, strlen(at + 1), &heap) ? heap : 0;
}

static const rxt_row *find(const rxt_study_reader *a, const rxt_tour_side *side, ptrdiff_t n)
{
    const rxt_row *found = NULL;

    for (int r = 0; r < a->rows.count; r++) {
        const rxt_row *row = &a->rows.row[r];

        if (row->n == n && rxt_tour_is(side, row) && (!found || heap_of(row) > heap_of(found)))
            found = row;
    }
    return found;
}

/* The rows of a claim: over and under of its pair, then those of `against`. */
enum { ROWS = 4 };
typedef struct rows {
    int count;
    rxt_tour_file file[ROWS];
    const rxt_tour_side *side[ROWS];
    const rxt_row *row[ROWS];
} rows;

static void add_pair(rows *of, rxt_tour_file file, const rxt_tour_pair *pair)
{
    of->file[of->count] = of->file[of->count + 1] = file;
    of->side[of->count++] = &pair->over;
    of->side[of->count++] = &pair->under;
}

/* Finds the claim's rows of size n; returns how many exist. */
static int look(const rxt_tour *tour, rows *of, ptrdiff_t n)
{
    int found = 0;

    for (int i = 0; i < of->count; i++) {
        of->row[i] = find(tour->study[of->file[i]], of->side[i], n);
        found += of->row[i] != NULL;
    }
    return found;
}

/* Chooses n, and the rows of that n: the largest n (with RXT_TOUR_SMALLEST the smallest) at which
 * all sides of the claim have a row. If there is no such n, the n at which the most sides have a
 * row. */
static void choose(const rxt_tour *tour, const rxt_tour_claim *claim, rows *of)
{
    const rxt_rows *all = &tour->study[of->file[0]]->rows;
    rows best = *of;
    int most = -1;

    for (int r = 0; r < all->count; r++) {
        int found = look(tour, of, all->row[r].n);
        bool better = most == found && of->row[0] && best.row[0] &&
                      (claim->size == RXT_TOUR_SMALLEST ? of->row[0]->n < best.row[0]->n
                                                        : of->row[0]->n > best.row[0]->n);

        if (found > most || better) {
            most = found;
            best = *of;
        }
    }
    *of = best;
}

static bool several_sizes(const rxt_study_reader *a, const rxt_row *row)
{
    for (int r = 0; r < a->rows.count; r++)
        if (!strcmp(a->rows.row[r].kernel, row->kernel) && a->rows.row[r].n != row->n)
            return true;
    return false;
}

/* ---- reasons ---- */

static void say(rxt_tour_figure *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(rxt_tour_figure *f, const char *format, ...)
{
    va_list args;

    f->why[0] = '\0';
    va_start(args, format);
    rxt_text_append_list(f->why, sizeof f->why, format, args);
    va_end(args);
}

static void say_no_row(rxt_tour_figure *f, rxt_tour_file file, const rxt_tour_side *side)
{
    rxt_split split = { 1, side->ranks, side->threads };
    char name[RXT_SPLIT_TEXT];

    say(f, "%s has no row of %.*s%s at %s", names[file],
        (int)strlen(side->kernel) - any_heap(side->kernel), side->kernel,
        any_heap(side->kernel) ? " with a heap" : "", rxt_split_name(split, name));
}

static void say_no_time(rxt_tour_figure *f, rxt_tour_file file, const rxt_row *row)
{
    char split[RXT_SPLIT_TEXT];
    bool called = !row->verified && !isnan(row->error);

    say(f, "%s: %.100s at %s %s%s%.400s", names[file], row->kernel,
        rxt_split_name(row->split, split), called ? "gave a wrong result" : "was not measured",
        row->note[0] ? ": " : "", row->note);
}

/* Finds the claim's rows. True if all exist and have times; else f->why says which one is
 * missing. */
static bool gather(const rxt_tour *tour, const rxt_tour_claim *claim, bool cpython, rows *of,
                   rxt_tour_figure *f)
{
    *of = (rows){ .count = 0 };
    add_pair(of, cpython ? RXT_TOUR_CPYTHON : claim->pair.file, &claim->pair);
    if (claim->against)
        add_pair(of, claim->against->file, claim->against);
    for (int i = 0; i < of->count; i++)
        if (!tour->study[of->file[i]]) {
            say(f, "%.*s", RXT_TOUR_TEXT - 1, tour->why[of->file[i]]);
            return false;
        }
    choose(tour, claim, of);
    for (int i = 0; i < of->count; i++) {
        const rxt_row *row = of->row[i];

        if (!row)
            say_no_row(f, of->file[i], of->side[i]);
        else if (!row->verified || row->rounds == 0)
            say_no_time(f, of->file[i], row);
        if (f->why[0])
            return false;
    }
    return true;
}

/* ---- figures ---- */

static int needed_rounds(double coverage)
{
    int rounds = 1;

    while (!rxt_sample_rank_at(rounds, coverage))
        rounds++;
    return rounds;
}

static void judge_interval(rxt_tour_figure *f, const rxt_tour_claim *claim, double coverage)
{
    double above = claim->bound * (1 + RXT_TOUR_MARGIN);
    double below = claim->bound * (1 - RXT_TOUR_MARGIN);
    bool more = f->ratio.low > above, less = f->ratio.high < below;

    if (isnan(f->ratio.low))
        say(f, "only %d of the %d rounds that an interval needs", f->ratio.count,
            needed_rounds(coverage));
    else if (more || less)
        f->verdict = more == (claim->need == RXT_TOUR_MORE) ? RXT_TOUR_HOLDS : RXT_TOUR_FAILS;
    else
        say(f, "the interval lies neither wholly above %.4g nor wholly below %.4g", above, below);
}

static rxt_sample ratio_of(const rxt_tour *tour, const rows *of, int first, double coverage)
{
    return rxt_row_ratio_at(tour->study[of->file[first]]->rows.rounds, of->row[first],
                            of->row[first + 1], coverage);
}

/* The quotient a / b of two ratios from different studies, which have no common rounds. Its
 * interval is the worst case: from a.low / b.high to a.high / b.low. */
static rxt_sample quotient(rxt_sample a, rxt_sample b)
{
    a.count = a.count < b.count ? a.count : b.count;
    a.median /= b.median;
    a.low /= b.high;
    a.high /= b.low;
    return a;
}

/* Is the ratio positive and finite? Files may hold any times. */
static bool sound(const rxt_sample *ratio)
{
    return ratio->median > 0 && !isinf(ratio->median) && !(ratio->low <= 0) && !isinf(ratio->high);
}

static const rxt_tour_figure nothing = { .ratio = { .median = NAN, .low = NAN, .high = NAN } };

static void judge_claim(const rxt_tour *tour, const rxt_tour_claim *claim, double coverage,
                        bool cpython, rxt_tour_figure *f)
{
    bool complete;
    rows of;

    *f = nothing;
    complete = gather(tour, claim, cpython, &of, f);
    f->row = of.row[0];
    f->sizes = f->row && several_sizes(tour->study[of.file[0]], f->row);
    if (!complete)
        return;
    f->ratio = ratio_of(tour, &of, 0, coverage);
    if (claim->against)
        f->ratio = quotient(f->ratio, ratio_of(tour, &of, 2, coverage));
    if (!sound(&f->ratio)) {
        f->ratio = nothing.ratio;
        say(f, "no round has both times");
    } else if (claim->need != RXT_TOUR_TOLD)
        judge_interval(f, claim, coverage);
}

/* ---- sentences ---- */

static int intervals_of(const rxt_tour_sentence *s)
{
    int count = 0;

    for (int c = 0; c < RXT_TOUR_CLAIMS && s->claim[c].name; c++)
        if (s->claim[c].need != RXT_TOUR_TOLD)
            count += s->claim[c].against ? 2 : 1;
    return count;
}

static rxt_tour_verdict verdict_of(const rxt_tour_answer *a)
{
    rxt_tour_verdict verdict = RXT_TOUR_HOLDS;

    for (int c = 0; c < a->claims; c++) {
        if (a->sentence->claim[c].need == RXT_TOUR_TOLD)
            continue;
        if (a->here[c].verdict == RXT_TOUR_FAILS)
            return RXT_TOUR_FAILS;
        if (a->here[c].verdict == RXT_TOUR_UNKNOWN)
            verdict = RXT_TOUR_UNKNOWN;
    }
    return verdict;
}

void rxt_tour_judge(const rxt_tour *tour, int s, rxt_tour_answer *answer)
{
    const rxt_tour_sentence *sentence = &rxt_tour_lesson[s];
    double coverage = 1 - (1 - RXT_SAMPLE_COVERAGE) / intervals_of(sentence);

    *answer = (rxt_tour_answer){ .sentence = sentence };
    for (int c = 0; c < RXT_TOUR_CLAIMS && sentence->claim[c].name; c++) {
        const rxt_tour_claim *claim = &sentence->claim[c];

        answer->claims++;
        judge_claim(tour, claim, coverage, false, &answer->here[c]);
        answer->cpython[c] = nothing;
        if (claim->cpython && tour->study[RXT_TOUR_CPYTHON])
            judge_claim(tour, claim, coverage, true, &answer->cpython[c]);
    }
    answer->verdict = verdict_of(answer);
}

bool rxt_tour_differ(const rxt_tour_figure *here, const rxt_tour_figure *cpython)
{
    return here->ratio.low > cpython->ratio.high || here->ratio.high < cpython->ratio.low;
}
