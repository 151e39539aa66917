/* list.c - reads the numbers, times and words that users write.
 *
 * Counts are computed in integers only, so that 1.5M is 1500000 and nothing is rounded. */
#include "base/list.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct unit {
    const char *name;
    ptrdiff_t factor;
    int tens, twos; /* factor = 10^tens * 2^twos */
} units[] = {
    { "", 1, 0, 0 },           { "k", 1000, 3, 0 },       { "M", 1000000, 6, 0 },
    { "G", 1000000000, 9, 0 }, { "Ki", 1L << 10, 0, 10 }, { "Mi", 1L << 20, 0, 20 },
    { "Gi", 1L << 30, 0, 30 },
};
enum { UNITS = sizeof units / sizeof units[0] };

int rxt_list_shown(size_t length)
{
    return (int)(length < 200 ? length : 200);
}

bool rxt_list_part(const char **rest, const char **part, size_t *length)
{
    if (!*rest)
        return false;
    *part = *rest;
    *length = strcspn(*part, ",");
    *rest = (*part)[*length] ? *part + *length + 1 : NULL;
    return true;
}

enum { WORD = 40 }; /* longer words are not compared */

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, one row of the table at a time; WORD for words longer than that. */
static int distance(const char *a, size_t a_length, const char *b)
{
    int row[WORD + 1], columns = (int)strlen(b);

    if (a_length > WORD || columns > WORD)
        return WORD;
    for (int j = 0; j <= columns; j++)
        row[j] = j;
    for (int i = 1; i <= (int)a_length; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= columns; j++) {
            int above = row[j], other = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = least(other, least(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[columns];
}

const char *rxt_list_nearest(const char *text, size_t length, int count, const char *const words[])
{
    const char *nearest = NULL;
    int limit = length <= 3 ? 1 : 2;

    for (int w = 0; w < count; w++) {
        int d = distance(text, length, words[w]);
        if (d > limit || d >= (int)length)
            continue;
        nearest = words[w];
        limit = d - 1;
    }
    return nearest;
}

rxt_status rxt_list_choose(const char *option, const char *part, size_t length, int count,
                           const char *const words[], int *choice)
{
    char all[200] = "";

    for (int w = 0; w < count; w++) {
        if (strlen(words[w]) == length && !memcmp(words[w], part, length)) {
            *choice = w;
            return RXT_OK;
        }
        rxt_text_append(all, sizeof all, "%s%s", w ? ", " : "", words[w]);
    }
    return rxt_status_of(RXT_USAGE, "%s=%.*s: no such %s; choose from %s", option,
                         rxt_list_shown(length), part, option + strspn(option, "-"), all);
}

/* number := number × 10^tens × 2^twos (twos >= 0). False if the result is not whole or overflows.
 * A negative power of ten is divided out first: 1.5Ki is 15 × 2^10 / 10 = 3 × 2^9. */
static bool scale(ptrdiff_t *number, long tens, long twos)
{
    for (; *number && tens < 0; tens++) {
        bool half = *number % 2 != 0 && twos > 0;
        if (*number % 5 || (*number % 2 && !half))
            return false;
        *number /= half ? 5 : 10;
        twos -= half;
    }
    for (; *number && tens > 0; tens--)
        if (__builtin_mul_overflow(*number, 10, number))
            return false;
    for (; *number && twos > 0; twos--)
        if (__builtin_mul_overflow(*number, 2, number))
            return false;
    return true;
}

/* Reads DIGITS[.DIGITS] as a whole number and the power of ten to multiply it by: 1.5 is 15 and -1.
 * Returns the text after the digits, or NULL. */
static const char *read_digits(const char *p, const char *end, ptrdiff_t *number, long *power)
{
    const char *begin = p;
    bool point = false;
    long zeros = 0; /* not yet in *number, so that 1.50 is read like 1.5 */

    *number = 0;
    *power = 0;
    for (; p < end && ((*p >= '0' && *p <= '9') || (*p == '.' && !point && p > begin)); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        zeros++;
        if (point)
            --*power;
        if (*p == '0')
            continue;
        if (!scale(number, zeros, 0) || __builtin_add_overflow(*number, *p - '0', number))
            return NULL;
        zeros = 0;
    }
    *power += zeros;
    return p > begin && p[-1] != '.' ? p : NULL;
}

static bool read_exponent(const char *p, const char *end, long *power)
{
    long exponent = 0;

    if (p == end)
        return false;
    for (; p < end; p++) {
        if (*p < '0' || *p > '9' || exponent > 99)
            return false;
        exponent = 10 * exponent + (*p - '0');
    }
    *power += exponent;
    return true;
}

static const struct unit *unit_of(const char *p, size_t length)
{
    for (int u = 0; u < UNITS; u++)
        if (strlen(units[u].name) == length && !memcmp(units[u].name, p, length))
            return &units[u];
    return NULL;
}

bool rxt_list_number(const char *text, size_t length, ptrdiff_t *number)
{
    const char *end = text + length;
    ptrdiff_t value;
    long power;
    const char *p = read_digits(text, end, &value, &power);
    const struct unit *unit = &units[0];

    if (!p)
        return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        if (!read_exponent(p + 1, end, &power))
            return false;
    } else if (!(unit = unit_of(p, (size_t)(end - p)))) {
        return false;
    }
    if (!scale(&value, power + unit->tens, unit->twos))
        return false;
    *number = value;
    return true;
}

/* START:STOP:xFACTOR, START:STOP:+STEP, or one number: a progression of one. */
typedef struct progression {
    ptrdiff_t start, stop, step;
    bool multiplies;
} progression;

static bool read_progression(const char *part, size_t length, progression *p)
{
    const char *end = part + length;
    const char *second = memchr(part, ':', length);
    const char *third = second ? memchr(second + 1, ':', (size_t)(end - second - 1)) : NULL;

    if (!third || end - third < 3 || (third[1] != 'x' && third[1] != '+'))
        return false;
    p->multiplies = third[1] == 'x';
    return rxt_list_number(part, (size_t)(second - part), &p->start) &&
           rxt_list_number(second + 1, (size_t)(third - second - 1), &p->stop) &&
           rxt_list_number(third + 2, (size_t)(end - third - 2), &p->step);
}

static bool next(const progression *p, ptrdiff_t *number)
{
    if (p->multiplies)
        return !__builtin_mul_overflow(*number, p->step, number) && *number <= p->stop;
    return !__builtin_add_overflow(*number, p->step, number) && *number <= p->stop;
}

/* Returns what is wrong with a progression, or NULL. */
static const char *fault_of(const progression *p)
{
    if (p->stop < p->start)
        return "STOP is below START; write the smaller number first";
    if (p->multiplies && p->step < 2)
        return "FACTOR must be 2 or more";
    if (p->multiplies && p->start < 1)
        return "START must be 1 or more with xFACTOR";
    if (p->step < 1)
        return "STEP must be 1 or more";
    return NULL;
}

/* Reads a number or a range. Returns what is wrong with it, or NULL. */
static const char *read_part(const char *part, size_t length, progression *p)
{
    if (rxt_list_number(part, length, &p->start)) {
        *p = (progression){ .start = p->start, .stop = p->start, .step = 1 };
        return NULL;
    }
    if (!length)
        return "a number is missing; write one such as 8, 10k, 64Ki, 1.5M or 1e6";
    if (!memchr(part, ':', length))
        return "not a whole number; write one such as 8, 10k, 64Ki, 1.5M or 1e6";
    if (!read_progression(part, length, p))
        return "a range is START:STOP:xFACTOR or START:STOP:+STEP, in whole numbers";
    return fault_of(p);
}

typedef struct collection {
    ptrdiff_t low, high;
    int most, count;
    ptrdiff_t *numbers;
} collection;

static bool holds(const collection *all, ptrdiff_t number)
{
    for (int i = 0; i < all->count; i++)
        if (all->numbers[i] == number)
            return true;
    return false;
}

enum { FAULT = 160 };

/* Adds the numbers of a progression. False, with the reason in `fault`, if a number is out of range
 * or there are too many. */
static bool collect(const progression *p, collection *all, char fault[FAULT])
{
    ptrdiff_t number = p->start;

    do {
        if (number < all->low || number > all->high) {
            snprintf(fault, FAULT, "%td is out of range; choose from %td to %td", number, all->low,
                     all->high);
            return false;
        }
        if (holds(all, number))
            continue;
        if (all->count == all->most) {
            snprintf(fault, FAULT, "more than %d values; ask for fewer", all->most);
            return false;
        }
        all->numbers[all->count++] = number;
    } while (next(p, &number));
    return true;
}

bool rxt_list_is_thousands(const char *list, const char *part, size_t length)
{
    return part > list && length == 3 && part[0] == '0' && strspn(part, "0123456789") >= 3;
}

rxt_status rxt_list_numbers(const char *option, const char *text, ptrdiff_t low, ptrdiff_t high,
                            int most, ptrdiff_t numbers[], int *count)
{
    collection all = { .low = low, .high = high, .most = most, .numbers = numbers };
    const char *rest = text, *part;
    size_t length;

    while (rxt_list_part(&rest, &part, &length)) {
        progression p;
        char fault[FAULT] = "";
        const char *syntax = read_part(part, length, &p);

        if (!length)
            return rxt_status_of(RXT_USAGE, "%s=%.200s: %s", option, text, syntax);
        if (rxt_list_is_thousands(text, part, length))
            return rxt_status_of(
                RXT_USAGE,
                "%s=%.100s: a comma separates two numbers; write a thousand as 1000 or 1k", option,
                text);
        if (syntax || !collect(&p, &all, fault))
            return rxt_status_of(RXT_USAGE, "%s=%.*s: %s", option, rxt_list_shown(length), part,
                                 syntax ? syntax : fault);
    }
    *count = all.count;
    return RXT_OK;
}

bool rxt_list_time(const char *text, double *seconds)
{
    static const struct {
        const char *name;
        double seconds;
    } spans[] = {
        { "", 1 }, { "us", 1e-6 }, { "ms", 1e-3 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }
    };
    size_t digits = strspn(text, "0123456789.");
    char *end;
    double value = strtod(text, &end);

    if (!digits || end != text + digits)
        return false;
    for (size_t s = 0; s < sizeof spans / sizeof spans[0]; s++) {
        if (strcmp(end, spans[s].name))
            continue;
        value *= spans[s].seconds;
        if (!(value > 0 && isfinite(value)))
            return false;
        *seconds = value;
        return true;
    }
    return false;
}

/* Writes number / factor with up to three decimals. False if that is not exact. */
static bool print_as(ptrdiff_t number, const struct unit *unit, char text[32])
{
    ptrdiff_t whole = number / unit->factor, rest = number % unit->factor;
    int length;

    if (whole < 1 || (rest && (unit->factor & (unit->factor - 1)) == 0))
        return false;
    if (rest % (unit->factor >= 1000 ? unit->factor / 1000 : 1))
        return false;
    if (!rest)
        return snprintf(text, 32, "%td%s", whole, unit->name) > 0;
    length = snprintf(text, 32, "%td.%03td", whole, rest / (unit->factor / 1000));
    while (text[length - 1] == '0')
        length--;
    return snprintf(text + length, (size_t)(32 - length), "%s", unit->name) > 0;
}

char *rxt_list_print(ptrdiff_t number, char text[32])
{
    char other[32];

    snprintf(text, 32, "%td", number);
    for (int u = 1; u < UNITS; u++)
        if (print_as(number, &units[u], other) && strlen(other) <= strlen(text))
            strcpy(text, other);
    return text;
}
