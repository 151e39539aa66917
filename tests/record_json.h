/* record_json.h - a complete synthetic study around given rows, for the tests of files. */
#ifndef RXT_TESTS_RECORD_JSON_H
#define RXT_TESTS_RECORD_JSON_H

#include "report_rows.h"

#include "files/record.h"

/* The record has pointers into this struct, so it must not be moved. */
typedef struct story {
    rxt_settings settings;
    rxt_plan plan;
    rxt_host_node node;
    rxt_host host;
    rxt_answers answers;
    rxt_warnings warnings;
    rxt_record record;
} story;

static const rxt_preset story_preset = { .program = "dotbench", .purpose = "", .kernels = "dot" };
static char *const story_argv[] = { (char[]){ "./dotbench" }, (char[]){ "-n" }, (char[]){ "10M" },
                                    NULL };
static char *const story_environment[] = { (char[]){ "OMP_PLACES=cores" }, NULL };

static inline const rxt_record *story_of(story *s, const rxt_rows *rows)
{
    char *argv[] = { story_argv[0], NULL };
    rxt_status st = rxt_settings_of(&story_preset, 1, argv, &s->settings);

    CU_ASSERT_PTR_NULL_FATAL(st);
    memset(&s->node, 0, sizeof s->node);
    snprintf(s->node.name, sizeof s->node.name, "n1");
    s->node.ranks = 4;
    s->plan = (rxt_plan){ .settings = &s->settings, .n = { 10000000 }, .asked = 1, .sizes = 1 };
    s->host = (rxt_host){ .nodes = 1, .ranks = 4, .node = &s->node, .mpi = "MPI", .openmp = "OMP" };
    s->warnings =
        (rxt_warnings){ .count = 1, .warning = { { .kind = "smt", .rows = 2, .text = "2×1: …" } } };
    s->answers = (rxt_answers){ .horizon = "Not tried: -p grid." };
    s->record = (rxt_record){ .rows = rows,
                              .answers = &s->answers,
                              .warnings = &s->warnings,
                              .plan = &s->plan,
                              .host = &s->host,
                              .created = "2026-11-24T13:42:00Z",
                              .argv = story_argv,
                              .environment = story_environment };
    return &s->record;
}

static inline char *json_of(const rxt_record *record)
{
    printed p;

    start(&p);
    CU_ASSERT_PTR_NULL(rxt_record_json(p.file, record));
    return end(&p);
}

#endif
