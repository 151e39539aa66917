/* break_even_text.c - prints break-even sizes as a sentence. */
#include "analysis/answer.h"

#include <math.h>
#include <string.h>

#include "base/list.h"
#include "base/vocabulary.h"
#include "results/sentence.h"

/* Prints "dot, team resident: ", the words that distinguish these break-even sizes from others of
 * the study; nothing if there are no others. */
static void say_subject(char *text, const rxt_rows *rows, const rxt_break_evens *of)
{
    bool kernels = false, teams = false, combines = false, binds = false;

    for (int i = 0; i < rows->count; i++) {
        kernels = kernels || strcmp(rows->row[i].kernel, of->kernel) != 0;
        teams = teams || rxt_vocabulary_differ(of->team, rows->row[i].team);
        combines = combines || rxt_vocabulary_differ(of->combine, rows->row[i].combine);
        binds = binds || strcmp(rows->row[i].bind, of->bind) != 0;
    }
    if (kernels)
        rxt_say(text, "%s", of->kernel);
    if (teams)
        rxt_say(text, "%steam %s", text[0] ? ", " : "", of->team);
    if (combines)
        rxt_say(text, "%scombine %s", text[0] ? ", " : "", of->combine);
    if (binds)
        rxt_say(text, "%sbind %s", text[0] ? ", " : "", of->bind);
    if (text[0])
        rxt_say(text, ": ");
}

/* Prints "two threads"; at the beginning of the text "Two threads". */
static void say_workers(char *text, const rxt_break_even *found, const char *things)
{
    static const char *const words[] = { "Two",   "Three", "Four", "Five",   "Six",   "Seven",
                                         "Eight", "Nine",  "Ten",  "Eleven", "Twelve" };
    int count = rxt_split_workers(found->split), known = sizeof words / sizeof words[0];
    size_t at = strlen(text);

    if (count - 2 >= known) {
        rxt_say(text, "%d %s", count, things);
    } else {
        rxt_say(text, "%s %s", words[count - 2], things);
        if (at > 0)
            text[at] = (char)(text[at] - 'A' + 'a');
    }
    if (found->split.nodes > 1)
        rxt_say(text, " on %d nodes", found->split.nodes);
}

/* Prints a size with two digits, or three if the first digit is 1, so that rounding is below 5 %.
 * `round` is the direction: the ends of an interval are rounded outwards, so that the printed
 * interval contains the exact one. */
static void say_size(char *text, double n, double (*round)(double))
{
    double unit = n >= 10 ? pow(10, floor(log10(n)) - 1) : 1;
    char count[32];

    if (n / unit < 20 && unit > 1)
        unit /= 10;
    rxt_say(text, "%s", rxt_list_print((ptrdiff_t)(round(n / unit) * unit), count));
}

static void say_exact(char *text, ptrdiff_t n)
{
    char count[32];

    rxt_say(text, "%s", rxt_list_print(n, count));
}

/* Prints "pay from n ≈ 31k [27k 36k]"; for a bracket that is open below, only its upper end. */
static void say_from(char *text, const rxt_break_even *found, const char *unit)
{
    if (found->low < 0) {
        rxt_say(text, "pay from n = ");
        say_exact(text, found->high);
        rxt_say(text, "%s at the latest", unit);
        return;
    }
    rxt_say(text, "pay from n ≈ ");
    say_size(text, found->n, nearbyint);
    rxt_say(text, "%s [", unit);
    say_size(text, (double)found->low, floor);
    rxt_say(text, " ");
    say_size(text, (double)found->high, ceil);
    rxt_say(text, "]");
}

/* Prints the exceptions: the size above `until` that does not pay or is not sure, and the size
 * below `low` that pays. */
static void say_exceptions(char *text, const rxt_break_even *found)
{
    if (found->until >= 0 && found->beyond >= 0) {
        rxt_say(text, " up to n = ");
        say_exact(text, found->until);
        rxt_say(text, found->lost ? " but not at n = " : " and perhaps at n = ");
        say_exact(text, found->beyond);
    }
    if (found->also >= 0) {
        rxt_say(text, ", also at n = ");
        say_exact(text, found->also);
        rxt_say(text, " but not at n = ");
        say_exact(text, found->between);
    }
}

static void say_others(char *text, const char *how, int sizes, ptrdiff_t largest)
{
    if (sizes > 1)
        rxt_say(text, "%s at %d sizes, the largest n = ", how, sizes);
    else
        rxt_say(text, "%s at n = ", how);
    say_exact(text, largest);
}

/* Prints the sizes that are sure only by their own interval and contradict the sentence. */
static void say_alone(char *text, const rxt_break_even *found)
{
    if (found->fasters > 0)
        say_others(text, ", though faster", found->fasters, found->faster);
    if (found->slowers > 0)
        say_others(text,
                   found->fasters > 1   ? ", and slower"
                   : found->fasters > 0 ? " and slower"
                                        : ", though slower",
                   found->slowers, found->slower);
}

static void say_undecided(char *text, const rxt_break_even *found)
{
    if (found->rounds < 6) {
        rxt_say(text, "may pay or not (fewer than 6 rounds)");
    } else if (found->low >= 0) {
        rxt_say(text, "do not pay up to n = ");
        say_exact(text, found->low);
        rxt_say(text, " and may pay or not beyond");
    } else {
        rxt_say(text, "may pay or not%s",
                found->fasters + found->slowers == 0 ? " at every size" : "");
    }
}

static void say_found(char *text, const rxt_break_even *found, bool weak)
{
    const char *unit = weak ? " per worker" : "";

    switch (found->pays) {
    case RXT_PAYS_FROM:
        say_from(text, found, unit);
        break;
    case RXT_PAYS_EVERYWHERE:
        rxt_say(text, "pay from n = ");
        say_exact(text, found->high);
        rxt_say(text, "%s, the smallest size measured, or from a smaller n", unit);
        break;
    case RXT_PAYS_NOWHERE:
        rxt_say(text, "do not pay up to n = ");
        say_exact(text, found->last);
        rxt_say(text, "%s", unit);
        break;
    case RXT_PAYS_UNDECIDED:
        say_undecided(text, found);
        break;
    }
    say_exceptions(text, found);
    say_alone(text, found);
}

/* Prints the clause on processes; the clause on threads is in the text already. The word "pay" is
 * not repeated if both clauses have the same form. */
static void say_second(char *text, const rxt_break_evens *of, bool weak)
{
    char clause[RXT_SENTENCE] = "";
    bool both = of->threads.pays == RXT_PAYS_FROM && of->processes.pays == RXT_PAYS_FROM;

    say_found(clause, &of->processes, weak);
    rxt_say(text, ", ");
    say_workers(text, &of->processes, "processes");
    rxt_say(text, " %s", both && !strncmp(clause, "pay ", 4) ? clause + 4 : clause);
}

void rxt_break_even_text(const rxt_rows *rows, const rxt_break_evens *of, char text[RXT_SENTENCE])
{
    bool weak = rows->count > 0 && rxt_row_weak(rows->row);

    text[0] = '\0';
    say_subject(text, rows, of);
    if (of->has_threads) {
        say_workers(text, &of->threads, "threads");
        rxt_say(text, " ");
        say_found(text, &of->threads, weak);
        if (of->has_processes)
            say_second(text, of, weak);
    } else {
        say_workers(text, &of->processes, "processes");
        rxt_say(text, " ");
        say_found(text, &of->processes, weak);
    }
    rxt_say(text, ".");
}
