/* sentence.c - appends the words of answers to a sentence. */
#include "results/sentence.h"

#include <math.h>

#include "base/text.h"

void rxt_say(char text[RXT_SENTENCE], const char *format, ...)
{
    va_list args;

    va_start(args, format);
    rxt_text_append_list(text, RXT_SENTENCE, format, args);
    va_end(args);
}

void rxt_say_split(char text[RXT_SENTENCE], rxt_split split)
{
    char name[RXT_SPLIT_TEXT];

    rxt_say(text, "%s", rxt_split_name(split, name));
}

static bool rounds_to_one(double x)
{
    return x != 1.0 && fabs(x - 1.0) < 0.005;
}

/* The number of decimals for three digits; more if an end of the interval would print as 1. */
static int decimals(const rxt_sample *s)
{
    if (rounds_to_one(s->low) || rounds_to_one(s->high))
        return 4;
    return s->median >= 99.5 ? 0 : s->median >= 9.95 ? 1 : s->median >= 0.0995 ? 2 : 4;
}

void rxt_say_speedup(char text[RXT_SENTENCE], const rxt_sample *speedup)
{
    int d = decimals(speedup);

    rxt_say(text, "%.*f×", d, speedup->median);
    if (!isnan(speedup->low))
        rxt_say(text, " [%.*f %.*f]", d, speedup->low, d, speedup->high);
}
