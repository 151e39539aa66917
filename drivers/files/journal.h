/* journal.h - every visit goes to disk at once, so that nothing measured is lost and a study can
 * resume.
 *
 * FILE.journal has a line for each record: the CRC-32 of its text in eight hexadecimal digits, a
 * space, the text (one JSON object), LF. The first record says what the study is; the others are
 * visits, and one record for each job that resumed the study. A kill can only cut the last line,
 * which is then ignored. */
#ifndef RXT_JOURNAL_H
#define RXT_JOURNAL_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/visit_figure.h"
#include <rxt/kernel.h>
#include <rxt/status.h>

struct json_t;

typedef struct rxt_journal rxt_journal;

/* One visit, as rank 0 records it. Doubles that are not there are NAN. */
typedef struct rxt_journal_visit {
    int cell;  /* of the study's plan                                              */
    int round; /* -1: the trial round, whose time is not kept                      */
    ptrdiff_t calls;
    double seconds; /* per call                                                    */
    rxt_visit_figures figures;
    double cost; /* wall seconds of the whole visit                             */
    rxt_value result;
    double error; /* INFINITY where wrong without a distance                       */
    bool right, astray;
    int refused;
    int workers;
    int *seen; /* [workers]: CPUs                                                  */
} rxt_journal_visit;

/* What a journal holds. */
typedef struct rxt_journal_contents {
    struct json_t *head; /* the first record; NULL: there is none                   */
    int visits;
    rxt_journal_visit *visit; /* [visits]                                           */
    int jobs;                 /* that wrote it: the first one, and those that resumed   */
    bool forced;              /* one of them resumed although something differed      */
    size_t sound;             /* bytes up to the end of the last sound line         */
    int damaged; /* number of the first complete line that is damaged, or 0; no job has resumed by
                    force since                              */
} rxt_journal_contents;

/* Reads a journal's bytes up to the first line that is not sound: cut short, of another checksum,
 * or no record. RXT_ENVIRONMENT without memory, then nothing is to be freed. Pure. */
rxt_status rxt_journal_read(const char *bytes, size_t size, rxt_journal_contents *contents);
void rxt_journal_free(rxt_journal_contents *contents);

enum {
    RXT_JOURNAL_NAME = 256,
    RXT_JOURNAL_PATIENCE = 5 /* seconds to wait for the end of another study: ranks outlive a killed
                                mpirun by 2 s and hold the journal */
};

/* The name of FILE.journal. If FILE is a link, the journal lies beside the link's target: one
 * study file has one journal and one lock. False, with errno, if there can be none. Local. */
bool rxt_journal_path(const char *file, char path[PATH_MAX]);
/* The same for a message. */
const char *rxt_journal_name(const char *file, char name[PATH_MAX]);

/* Does another study write FILE.journal now? Then the next two may wait for its end. Local. */
bool rxt_journal_held(const char *file);

/* Starts FILE.journal with `head` (an object, taken over; NULL: no memory; the schema is added).
 * An older one that has visits is renamed to FILE.journal.old (.old2, …): `aside` is its new
 * name, cut to size, else "". RXT_USAGE if another study holds it (after 5 s: ranks outlive a
 * killed launcher), or it is not a journal; RXT_ENVIRONMENT for errors of the file system.
 * Local. */
rxt_status rxt_journal_create(const char *file, struct json_t *head, char aside[RXT_JOURNAL_NAME],
                              rxt_journal **journal);

/* Opens FILE.journal and reads it; *journal is NULL where there is none. RXT_USAGE if it is not
 * a journal, or has another schema; else as rxt_journal_create. Changes nothing. Local. */
rxt_status rxt_journal_open(const char *file, rxt_journal **journal,
                            rxt_journal_contents *contents);

/* The first record of FILE.journal. It never changes, so no lock is needed. NULL if it is
 * missing or damaged. Local. */
struct json_t *rxt_journal_head(const char *file);

/* Cuts an open journal after its last sound line, and records that another job resumes. */
rxt_status rxt_journal_go_on(rxt_journal *journal, const rxt_journal_contents *contents,
                             bool forced);

/* Appends a visit, in one write: a kill right after loses nothing. After a failure nothing more is
 * written, and rxt_journal_error is its errno (0: none). */
void rxt_journal_write(rxt_journal *journal, const rxt_journal_visit *visit);
int rxt_journal_error(const rxt_journal *journal);

/* Waits for the disk, in case the machine fails; called between rounds. */
void rxt_journal_sync(rxt_journal *journal);

/* Removes the file: its study is complete, and saved. */
void rxt_journal_remove(rxt_journal *journal);
void rxt_journal_close(rxt_journal *journal); /* NULL is allowed */

enum { RXT_JOURNAL_TEXT = 260 };

/* The first value that differs between two objects, as "seed: 1 there, 2 here"; false: none. Pure.
 */
bool rxt_journal_differs(const struct json_t *before, const struct json_t *now,
                         char text[RXT_JOURNAL_TEXT]);

/* The CRC-32 of a file's bytes as text, "" where it cannot be read. Local. */
void rxt_journal_sum(const char *path, char sum[9]);

/* The state of the file of a study that resumes. */
typedef enum rxt_journal_target {
    RXT_TARGET_NONE,
    RXT_TARGET_COMPLETE,
    RXT_TARGET_STOPPED
} rxt_journal_target;

typedef struct rxt_journal_found {
    rxt_journal_target target;
    bool wrong;       /* some row's result is         */
    char created[32]; /* "" if the file does not say     */
} rxt_journal_found;

/* Looks at FILE.json or FILE.csv of a study that has from `least` to `most` rows. RXT_USAGE for
 * what rxt_study_reader_open refuses, or a CSV with more rows or fewer. Changes nothing. Local. */
rxt_status rxt_journal_look(const char *path, int least, int most, rxt_journal_found *found);

#endif
