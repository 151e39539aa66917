/* head.h - what tells a study from others, and whether a journal is of the same one. Local. */
#ifndef RXT_HEAD_H
#define RXT_HEAD_H

#include "host/host.h"
#include "plan/plan.h"
#include "study/resume.h"

/* The checksum of a setting or of the plan; "" after the last. */
enum { RXT_HEAD_PARTS = 48 };
typedef struct rxt_head_part {
    char name[24];
    double sum;
} rxt_head_part;

/* The build that this program is of: version, commit, compiler, flags. False without memory. */
bool rxt_head_build(rxt_head_part *part);

/* All parts of a study that ranks must have in common: program with that sum, plan, settings, what
 * is written. False without memory. */
bool rxt_head_parts(const rxt_plan *plan, const char *sum, rxt_head_part part[RXT_HEAD_PARTS]);

/* The first record of the study's journal, which identifies it. NULL without memory. */
struct json_t *rxt_head_of(const rxt_plan *plan, const rxt_host *nodes,
                           const rxt_resume_state *resume);

/* Does a study file in JSON have the plan's settings, those that decide what is measured?
 * RXT_USAGE, naming the first that differs. */
rxt_status rxt_head_same_settings(const rxt_plan *plan, const char *file);

/* When the first job began, from that record; unchanged if it does not say. */
void rxt_head_created(const struct json_t *head, char text[32]);

/* Is the journal of this study? RXT_USAGE, naming the first thing that differs, or the first
 * line that is damaged; with --resume=force only if the cells differ; *differs tells whether
 * anything does. */
rxt_status rxt_head_same(const rxt_journal_contents *contents, const rxt_plan *plan,
                         const rxt_host *nodes, const char *program, bool *differs);

#endif
