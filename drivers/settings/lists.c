/* lists.c - options whose value is a list: kernels, sizes, teams, bindings. */
#include "settings/settings.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/list.h"
#include "support/table.h"

enum { PART = 200 }; /* bytes of the longest valid part of a list */

/* --kernel: the names are searched among the kernels for f64, because every kernel has a version
 * for f64. */

static rxt_status no_such_kernel(const char *part, size_t length)
{
    const char *names[512], *nearest;
    int count;
    const rxt_kernel *const *kernel = rxt_kernels(RXT_F64, &count);

    count = count < 512 ? count : 512;
    for (int k = 0; k < count; k++)
        names[k] = kernel[k]->name;
    nearest = rxt_list_nearest(part, length, count, names);
    if (nearest)
        return rxt_status_of(RXT_USAGE,
                             "--kernel=%.*s: no such kernel; did you mean %s? --list shows them",
                             rxt_list_shown(length), part, nearest);
    return rxt_status_of(RXT_USAGE, "--kernel=%.*s: no such kernel; --list shows them",
                         rxt_list_shown(length), part);
}

static rxt_status add_kernel(rxt_settings *s, const rxt_kernel *kernel)
{
    for (int k = 0; k < s->kernels; k++)
        if (s->kernel[k] == kernel)
            return RXT_OK;
    if (s->kernels == RXT_KERNELS)
        return rxt_status_of(RXT_USAGE, "--kernel: more than %d kernels; ask for fewer at a time",
                             RXT_KERNELS);
    s->kernel[s->kernels++] = kernel;
    return RXT_OK;
}

static rxt_status add_kernels(rxt_settings *s, const char *part, size_t length)
{
    char name[PART] = "";
    int count;
    const rxt_kernel *const *table = rxt_kernels(RXT_F64, &count), *kernel;
    rxt_status st = RXT_OK;

    if (length == 3 && !memcmp(part, "all", 3)) {
        for (int k = 0; !st && k < count; k++)
            st = add_kernel(s, table[k]);
        s->every = true;
        return st;
    }
    if (length < sizeof name)
        memcpy(name, part, length);
    kernel = rxt_kernel_find(name, RXT_F64);
    if (!kernel && rxt_kernel_left_out(name))
        return rxt_status_of(RXT_USAGE,
                             "--kernel=%s: is not in this build, which was made without %s", name,
                             rxt_kernel_left_out(name));
    return kernel ? add_kernel(s, kernel) : no_such_kernel(part, length);
}

rxt_status rxt_settings_kernel(rxt_settings *s, const char *value)
{
    rxt_status st = RXT_OK;
    const char *rest = value, *part;
    size_t length;

    if (!s->kernel_given) { /* drops the preset's kernels, which may be "all" */
        s->kernels = 0;
        s->every = false;
    }
    s->kernel_given = true;
    while (!st && rxt_list_part(&rest, &part, &length))
        st = length ? add_kernels(s, part, length)
                    : rxt_status_of(RXT_USAGE,
                                    "--kernel=%.200s: a name is missing; --list shows the kernels",
                                    value);
    return st;
}

bool rxt_settings_blas(const rxt_settings *s)
{
    bool any = false;

    for (int k = 0; k < s->kernels; k++)
        any = any || s->kernel[k]->blas;
    return any;
}

bool rxt_settings_heeds_sync(const rxt_settings *s)
{
    bool any = false;

    for (int k = 0; k < s->kernels; k++)
        any = any || rxt_sync_heeded(s->kernel[k]);
    return any;
}

/* --kernel and --type may come in any order. So the kernels for the type are searched after all
 * options were read. */
rxt_status rxt_settings_typed(rxt_settings *s)
{
    int typed = 0, asked = s->kernels;

    for (int k = 0; k < asked; k++) {
        const rxt_kernel *kernel = rxt_kernel_find(s->kernel[k]->name, s->type);

        if (!kernel && !s->every)
            return rxt_status_of(RXT_USAGE,
                                 "--type=%s: the kernel %s has only f64; use only one of the two",
                                 rxt_type_name(s->type), s->kernel[k]->name);
        if (kernel)
            s->kernel[typed++] = kernel;
    }
    s->kernels = typed;
    if (typed > 0 || asked == 0)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "--type=%s: no kernel of this program has this type; leave the option out",
                         rxt_type_name(s->type));
}

/* --size */

static rxt_status add_size(rxt_settings *s, ptrdiff_t n, const char *level)
{
    rxt_size size = { .n = n };

    strncpy(size.level, level, sizeof size.level - 1);
    for (int i = 0; i < s->sizes; i++)
        if (s->size[i].n == n && !strcmp(s->size[i].level, level))
            return RXT_OK;
    if (s->sizes == RXT_SIZES)
        return rxt_status_of(RXT_USAGE, "--size: more than %d sizes; ask for fewer", RXT_SIZES);
    s->size[s->sizes++] = size;
    return RXT_OK;
}

static rxt_status no_size(const char *part)
{
    char levels[100];

    return rxt_status_of(RXT_USAGE,
                         "--size=%s: a size is a number of elements, 0 or more (1k, 64Ki, 1.5M, "
                         "1e6, at most 9.2e18), or %s",
                         part,
                         rxt_vocabulary_names(&rxt_level_size_vocabulary, levels, sizeof levels));
}

static rxt_status add_sizes(rxt_settings *s, const char *part)
{
    const rxt_vocabulary *levels = &rxt_level_size_vocabulary;
    ptrdiff_t n[RXT_SIZES];
    int count;
    rxt_status st = RXT_OK;

    for (int l = 0; l < levels->count; l++)
        if (!strcasecmp(part, rxt_vocabulary_name(levels, l)))
            return add_size(s, -1, rxt_vocabulary_name(levels, l));
    if (!strchr(part, ':') && !rxt_list_number(part, strlen(part), n))
        return no_size(part);
    st = rxt_list_numbers("--size", part, 0, PTRDIFF_MAX, RXT_SIZES, n, &count);
    for (int i = 0; !st && i < count; i++)
        st = add_size(s, n[i], "");
    return st;
}

rxt_status rxt_settings_size(rxt_settings *s, const char *value)
{
    rxt_status st = RXT_OK;
    const char *list = value, *part;
    size_t length;

    if (!s->size_given)
        s->sizes = 0;
    s->size_given = true;
    while (!st && rxt_list_part(&value, &part, &length)) {
        char copy[PART] = "";

        if (rxt_list_is_thousands(list, part, length))
            return rxt_status_of(
                RXT_USAGE,
                "--size=%.100s: a comma separates two sizes; write a thousand as 1000 or 1k", list);
        memcpy(copy, part, length < PART ? length : PART - 1);
        st = length < PART ? add_sizes(s, copy) : no_size(copy);
    }
    return st;
}

/* --team, --combine, --bind, and all other options whose value is a word */

rxt_status rxt_settings_words(const rxt_option *option, rxt_settings *s, const char *value)
{
    char name[40];
    int list[RXT_WORDS], count = 1;
    rxt_status st;

    snprintf(name, sizeof name, "--%s", option->name);
    st = option->many ? rxt_vocabulary_list(option->words, name, value, list, &count)
                      : rxt_vocabulary_choose(option->words, name, value, list);
    if (st)
        return st;
    memcpy((char *)s + option->at, list,
           (size_t)count * sizeof list[0]); /* the members are enums, which are as large as int */
    if (option->many)
        memcpy((char *)s + option->many, &count, sizeof count);
    return RXT_OK;
}
