/* settings_lines.h - command lines for the tests of settings. The kernels are synthetic: this file
 * replaces the program's table. */
#ifndef RXT_TESTS_SETTINGS_LINES_H
#define RXT_TESTS_SETTINGS_LINES_H

#include "settings/settings.h"
#include "support/table.h"

#include <stdlib.h>
#include <string.h>

#include <CUnit/Basic.h>

static inline void run_nothing(const rxt_slab *slab, void *partial)
{
    (void)slab, (void)partial;
}

static const rxt_kernel dot = { .name = "dot", .arrays = 2 },
                        dot_blas = { .name = "dot_blas", .arrays = 2, .run = run_nothing },
                        sum = { .name = "sum", .arrays = 1 };
static const rxt_kernel dot_f32 = { .name = "dot", .type = RXT_F32, .arrays = 2 },
                        sum_f32 = { .name = "sum", .type = RXT_F32, .arrays = 1 };
static const rxt_kernel *const table[] = { &dot, &dot_blas, &sum }, *const narrow[] = { &dot_f32,
                                                                                        &sum_f32 };

/* Tasks, which are not in the table but are found by name. `ask` heeds all options, `idle` none. */
static const rxt_task ask = { .kernel = { .name = "ask", .task = &ask },
                              .unit = "request",
                              .heeds = 7 },
                      idle = { .kernel = { .name = "idle", .arrays = 1, .task = &idle },
                               .unit = "worker" };

const rxt_kernel *const *rxt_kernels(rxt_type type, int *count)
{
    *count = type == RXT_F64 ? 3 : 2;
    return type == RXT_F64 ? table : narrow;
}

const rxt_kernel *rxt_kernel_find(const char *name, rxt_type type)
{
    int count;
    const rxt_kernel *const *kernel = rxt_kernels(type, &count);

    for (int k = 0; k < count; k++)
        if (!strcmp(kernel[k]->name, name))
            return kernel[k];
    return !strcmp(name, "ask") ? &ask.kernel : !strcmp(name, "idle") ? &idle.kernel : NULL;
}

const char *rxt_kernel_left_out(const char *name)
{
    return !strcmp(name, "packed") ? "a library" : NULL;
}

static const rxt_preset preset = { .program = "dotbench",
                                   .purpose = "The dot product.",
                                   .kernels = "dot" };

/* Parses the command line "dotbench TEXT", split at blanks, with the preset `of`. */
static inline rxt_status parse_as(const rxt_preset *of, const char *text, rxt_settings *settings)
{
    char line[2000], *argv[40] = { (char[]){ "dotbench" } }, *rest = line;
    int argc = 1;

    snprintf(line, sizeof line, "%s", text);
    for (char *word; argc < 39 && (word = strtok_r(rest, " ", &rest));)
        argv[argc++] = word;
    return rxt_settings_of(of, argc, argv, settings);
}

static inline rxt_status parse(const char *text, rxt_settings *settings)
{
    return parse_as(&preset, text, settings);
}

/* Settings of a command line that must be accepted. Do not read values that point into argv: it is
 * gone. */
static inline rxt_settings good(const char *text)
{
    rxt_settings settings;
    rxt_status st = parse(text, &settings);

    CU_ASSERT_PTR_NULL(st);
    if (st)
        fprintf(stderr, "%s: %s\n", text, st->text);
    rxt_status_free(st);
    return settings;
}

/* The command line must be refused, with a message that begins with `start` and contains `advice`.
 */
static inline void bad(const char *text, const char *start, const char *advice)
{
    rxt_settings settings;
    rxt_status st = parse(text, &settings);

    CU_ASSERT_PTR_NOT_NULL_FATAL(st);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_NSTRING_EQUAL(st->text, start, strlen(start));
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, advice));
    CU_ASSERT_PTR_NULL(strchr(st->text, '\n'));
    if (strncmp(st->text, start, strlen(start)) || !strstr(st->text, advice))
        fprintf(stderr, "%s: %s\n", text, st->text);
    rxt_status_free(st);
}

#endif
