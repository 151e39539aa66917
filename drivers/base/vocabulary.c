/* vocabulary.c - the words that an option accepts and that a study's file has. */
#include "base/vocabulary.h"

#include <string.h>

#include "base/list.h"
#include "base/text.h"

const char *rxt_vocabulary_name(const rxt_vocabulary *v, int index)
{
    return v->word(index)->name;
}

const char rxt_vocabulary_none[] = "-";

bool rxt_vocabulary_is_none(const char *name)
{
    return !strcmp(name, rxt_vocabulary_none);
}

bool rxt_vocabulary_differ(const char *name, const char *other)
{
    return !rxt_vocabulary_is_none(name) && !rxt_vocabulary_is_none(other) && strcmp(name, other);
}

int rxt_vocabulary_find_part(const rxt_vocabulary *v, const char *part, size_t length)
{
    for (int w = 0; w < v->count; w++) {
        const char *name = rxt_vocabulary_name(v, w);

        if (strlen(name) == length && !memcmp(name, part, length))
            return w;
    }
    return -1;
}

int rxt_vocabulary_find(const rxt_vocabulary *v, const char *name)
{
    return rxt_vocabulary_find_part(v, name, strlen(name));
}

static rxt_status choose(const rxt_vocabulary *v, const char *option, const char *part,
                         size_t length, int *choice)
{
    const char *names[RXT_WORDS];

    for (int w = 0; w < v->count; w++)
        names[w] = rxt_vocabulary_name(v, w);
    return rxt_list_choose(option, part, length, v->count, names, choice);
}

rxt_status rxt_vocabulary_choose(const rxt_vocabulary *v, const char *option, const char *value,
                                 int *choice)
{
    return choose(v, option, value, strlen(value), choice);
}

rxt_status rxt_vocabulary_list(const rxt_vocabulary *v, const char *option, const char *value,
                               int list[RXT_WORDS], int *count)
{
    const char *part;
    size_t length;
    bool taken[RXT_WORDS] = { false };
    rxt_status st = RXT_OK;
    int choice = 0;

    *count = 0;
    while (!st && rxt_list_part(&value, &part, &length)) {
        st = choose(v, option, part, length, &choice);
        if (!st && !taken[choice])
            list[(*count)++] = choice;
        taken[choice] = true;
    }
    return st;
}

char *rxt_vocabulary_names(const rxt_vocabulary *v, char *text, size_t size)
{
    text[0] = '\0';
    for (int w = 0; w < v->count; w++)
        rxt_text_append(text, size, "%s%s", w ? ", " : "", rxt_vocabulary_name(v, w));
    return text;
}

char *rxt_vocabulary_help(const rxt_vocabulary *v, char *text, size_t size)
{
    text[0] = '\0';
    for (int w = 0; w < v->count; w++) {
        const rxt_word *word = v->word(w);
        const char *standard = w == 0 && !v->no_default ? "default" : "",
                   *help = word->help ? word->help : "";

        rxt_text_append(text, size, "%s%s", w ? ", " : "", word->name);
        if (standard[0] || help[0])
            rxt_text_append(text, size, " (%s%s%s)", standard, standard[0] && help[0] ? "; " : "",
                            help);
    }
    return text;
}
