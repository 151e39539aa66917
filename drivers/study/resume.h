/* resume.h - a study's journal, and what earlier jobs left there. On rank 0; local. */
#ifndef RXT_RESUME_H
#define RXT_RESUME_H

#include "files/journal.h"
#include "study/study.h"

struct json_t;

typedef struct rxt_resume_state {
    const rxt_study_host *host;
    const char *file;     /* the study's; NULL: it is not kept                         */
    rxt_journal *journal; /* NULL: there is none                                       */
    bool failed;          /* it could not be written: that was said                    */
    bool begun;           /* by this job                                               */
    double synced;        /* when it was last written to the disk itself               */
    int jobs;             /* that have measured: this one and the earlier ones */
    bool forced;          /* one of them resumed although something differed             */
    bool anew;            /* with --resume=force: every cell is tried and proved again        */
    char created[32];     /* when the first job began, as rxt_clock_date says          */
    char program[9];      /* the sum of this program, "" where it cannot be read       */
} rxt_resume_state;

/* Begins a journal with its first record, which is taken over. Where there can be none, that is
 * said. */
rxt_status rxt_resume_begin(rxt_resume_state *resume, struct json_t *head);

/* Appends a visit, if there is a journal. */
void rxt_resume_record(rxt_resume_state *resume, const rxt_journal_visit *visit);

/* Between rounds: onto the disk itself, every few seconds. */
void rxt_resume_sync(rxt_resume_state *resume);

#endif
