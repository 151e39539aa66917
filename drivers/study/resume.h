/* resume.h - a study's journal, and what is known of earlier jobs. On rank 0; local. */
#ifndef RXT_RESUME_H
#define RXT_RESUME_H

#include "files/journal.h"
#include "study/study.h"

struct json_t;

typedef struct rxt_resume_state {
    const rxt_study_host *host;
    const char *file;        /* the study's file (--output); NULL: results are not kept */
    rxt_journal *journal;    /* NULL: no journal */
    bool failed;             /* the journal could not be written, and this was reported */
    bool begun;              /* this job created the journal */
    double synced;           /* time of the last sync to the disk */
    int jobs;                /* jobs that have measured: this one and the earlier ones */
    bool forced;             /* one of the jobs resumed although something differed */
    bool anew;               /* this is such a job: every cell is tried and proved again */
    int earlier;             /* number of earlier runs, which are in the file (--again) */
    char created[32];        /* start time of the first job, as printed by rxt_clock_date */
    struct json_t *identity; /* of the study (rxt_head_identity) */
    char program[9];         /* CRC-32 of this program, "" if it cannot be read */
} rxt_resume_state;

/* Creates the journal with `head` as its first record, and frees `head`. If the journal cannot be
 * created because of the environment, this is reported and RXT_OK returned. */
rxt_status rxt_resume_begin(rxt_resume_state *resume, struct json_t *head);

/* Appends a visit, if there is a journal. */
void rxt_resume_record(rxt_resume_state *resume, const rxt_journal_visit *visit);

/* Writes the journal to the disk (fsync), at most every 5 s. Call it between rounds. */
void rxt_resume_sync(rxt_resume_state *resume);

#endif
