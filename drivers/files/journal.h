/* journal.h - the journal of a study: each visit is written to disk at once, so that no measurement
 * is lost and a study can resume.
 *
 * FILE.journal has one line per record: the CRC-32 of its text in eight hexadecimal digits, a
 * space, the text (one JSON object), LF. The first record identifies the study. Each of the other
 * records is a visit, or says that another job resumes the study. If the program is killed, only
 * the last line can be cut short; this line is then ignored. */
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

/* One visit, as rank 0 records it. A double without a value is NAN. */
typedef struct rxt_journal_visit {
    int cell;  /* index of the cell in the study's plan */
    int round; /* number of the round, from 0; -1: the trial, whose time is not kept */
    int epoch; /* the pages of the visit; one number per draw of the cell's size, from 0 */
    ptrdiff_t calls;
    double seconds; /* per call                                                    */
    rxt_visit_figures figures;
    double cost; /* wall seconds of the whole visit */
    rxt_value result;
    double error; /* distance of the result from the proof's value, in units of the bound; INFINITY:
                     the result is wrong, the distance is not known */
    bool right, astray;
    int refused;
    int workers;
    int *seen; /* [workers]: CPU where each worker was seen, -1: unknown */
} rxt_journal_visit;

/* The contents of a journal. */
typedef struct rxt_journal_contents {
    struct json_t *head; /* the first record; NULL: none */
    int visits;
    rxt_journal_visit *visit; /* [visits]                                           */
    int jobs; /* number of jobs that wrote the journal: the first job, and each job that resumed the
                 study */
    bool forced;  /* a job resumed with --resume=force although something differed */
    size_t sound; /* bytes up to the end of the last undamaged line */
    int damaged;  /* line number, from 1, of the first complete line that is damaged; 0: none. Lines
                     before a record of a job that resumed by force do not count */
} rxt_journal_contents;

/* Reads a journal's bytes. A complete line is damaged if its checksum is wrong or its text is not a
 * valid record. Damaged lines are skipped; `damaged` gets the number of the first one. A last line
 * without LF is ignored. RXT_ENVIRONMENT without memory; then nothing has to be freed. Pure. */
rxt_status rxt_journal_read(const char *bytes, size_t size, rxt_journal_contents *contents);
void rxt_journal_free(rxt_journal_contents *contents);

enum {
    RXT_JOURNAL_NAME = 256,
    RXT_JOURNAL_PATIENCE = 5 /* seconds to wait for the end of another study. If mpirun is killed,
                                its ranks live 2 s longer and still hold the journal's lock */
};

/* The path of FILE.journal. If FILE is a symbolic link, the journal is in the folder of the link's
 * target, so that one study file has one journal and one lock. False, with errno, if the path is
 * too long or the link cannot be followed. Local. */
bool rxt_journal_path(const char *file, char path[PATH_MAX]);
/* The same path, for a message. If there is an error, name is FILE followed by ".journal". */
const char *rxt_journal_name(const char *file, char name[PATH_MAX]);

/* Does another study hold the lock of FILE.journal now? If so, rxt_journal_create and
 * rxt_journal_open wait for the end of that study. Local. */
bool rxt_journal_held(const char *file);

/* Starts FILE.journal with the first record: the schema and the values of the object `head`. The
 * function takes over `head`; NULL counts as no memory. An older journal that has visits is renamed
 * to FILE.journal.old (.old2, …). `aside` gets this new name, cut to RXT_JOURNAL_NAME bytes; "" if
 * no journal was renamed. RXT_USAGE if another study still holds the journal after
 * RXT_JOURNAL_PATIENCE seconds, or the file is not a journal; RXT_ENVIRONMENT for errors of the
 * file system. Local. */
rxt_status rxt_journal_create(const char *file, struct json_t *head, char aside[RXT_JOURNAL_NAME],
                              rxt_journal **journal);

/* Opens, locks and reads FILE.journal; *journal is NULL if the file does not exist or is empty.
 * RXT_USAGE if the file is not a journal or has another schema; other errors are as for
 * rxt_journal_create. Does not change the file. Local. */
rxt_status rxt_journal_open(const char *file, rxt_journal **journal,
                            rxt_journal_contents *contents);

/* *head gets the first record of FILE.journal, which the caller must free; NULL if the record is
 * missing or damaged. The record never changes, so no lock is needed. RXT_ENVIRONMENT if the system
 * cannot read the file (no memory, no free descriptor, or an I/O error). Local. */
rxt_status rxt_journal_head(const char *file, struct json_t **head);

/* Truncates an open journal after its last undamaged line, and records that another job resumes. */
rxt_status rxt_journal_go_on(rxt_journal *journal, const rxt_journal_contents *contents,
                             bool forced);

/* Appends a visit in one write, so that nothing is lost if the program is killed right after. After
 * a failure nothing more is written, and rxt_journal_error returns the errno of the failure (0: no
 * failure). */
void rxt_journal_write(rxt_journal *journal, const rxt_journal_visit *visit);
int rxt_journal_error(const rxt_journal *journal);

/* Waits until the journal is on the disk (fdatasync), in case the machine fails; called between
 * rounds. */
void rxt_journal_sync(rxt_journal *journal);

/* Removes the journal's file, when the study is complete and saved. */
void rxt_journal_remove(rxt_journal *journal);
void rxt_journal_close(rxt_journal *journal); /* NULL is allowed */

enum { RXT_JOURNAL_TEXT = 260 };

/* Prints the first value that differs between two objects, as "seed: 1 there, 2 here". False if no
 * value differs; then the text is unchanged. Pure. */
bool rxt_journal_differs(const struct json_t *before, const struct json_t *now,
                         char text[RXT_JOURNAL_TEXT]);

/* The state of the study file (--output) when a study resumes. */
typedef enum rxt_journal_target {
    RXT_TARGET_NONE,
    RXT_TARGET_COMPLETE,
    RXT_TARGET_STOPPED
} rxt_journal_target;

typedef struct rxt_journal_found {
    rxt_journal_target target;
    bool wrong;     /* the result of some row is wrong */
    int runs;       /* in the file; 1 if it is of a version that had no runs */
    char began[32]; /* date on which the file's last run began; "" if the file does not have this
                       date */
} rxt_journal_found;

/* Examines the study file `path` (JSON or CSV) of a study that has from `least` to `most` rows.
 * RXT_USAGE if the file is not a valid study file, if a JSON has no settings, or if the number of
 * rows of a CSV is not in that range. RXT_ENVIRONMENT if the system cannot read the file. Changes
 * nothing. Local. */
rxt_status rxt_journal_look(const char *path, int least, int most, rxt_journal_found *found);

#endif
