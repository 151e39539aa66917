/* journals.h - visits and journals for the tests of journals, in a temporary folder. */
#ifndef JOURNALS_H
#define JOURNALS_H

#include "files/journal.h"

#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "suite.h"

enum { WORKERS = 3 };

static char folder[] = "/tmp/rxt-test-journal-XXXXXX", file[64], path[80];

static int cpus[] = { 0, -1, 4095 };

static inline rxt_journal_visit visit_of(int round)
{
    rxt_visit_figures figures = rxt_visit_figures_none();

    if (round % 2) /* odd rounds have all figures, even ones none */
        for (int f = 0; f < RXT_VISIT_FIGURES; f++)
            figures.of[f] = 1.0 / (3 + f);
    return (rxt_journal_visit){ .cell = 7,
                                .round = round,
                                .calls = PTRDIFF_MAX,
                                .seconds = round < 0 ? (double)NAN : 1.0 / 3.0 + round,
                                .figures = figures,
                                .cost = DBL_TRUE_MIN,
                                .result = { .value = -DBL_MAX, .index = 12345678901 },
                                .error = 0.1,
                                .right = true,
                                .refused = 1,
                                .workers = WORKERS,
                                .seen = cpus };
}

static inline rxt_status create(rxt_journal **journal, char aside[RXT_JOURNAL_NAME])
{
    return rxt_journal_create(file, json_pack("{ss}", "created", "today"), aside, journal);
}

/* Writes and closes a journal with `visits` visits; the first is the trial. */
static inline void make(int visits)
{
    rxt_journal *journal;
    char aside[RXT_JOURNAL_NAME];

    CU_ASSERT_PTR_NULL_FATAL(create(&journal, aside));
    for (int v = 0; v < visits; v++) {
        rxt_journal_visit visit = visit_of(v - 1);
        rxt_journal_write(journal, &visit);
    }
    rxt_journal_sync(journal);
    CU_ASSERT_EQUAL(rxt_journal_error(journal), 0);
    rxt_journal_close(journal);
}

/* Removes the journal and its backups (FILE.journal.old…) of earlier tests. */
static inline void remove_all(void)
{
    char name[100];

    unlink(path);
    snprintf(name, sizeof name, "%s.old", path);
    for (int i = 2; !unlink(name); i++)
        snprintf(name, sizeof name, "%s.old%d", path, i);
}

/* Runs the tests in a temporary folder. */
static inline int in_a_folder(const char *name, CU_TestInfo tests[])
{
    int failed;

    if (!mkdtemp(folder))
        return 1;
    snprintf(file, sizeof file, "%s/study.json", folder);
    snprintf(path, sizeof path, "%s.journal", file);
    failed = suite_run(name, tests);
    remove_all();
    rmdir(folder);
    return failed;
}

#endif
