/* head.h - the identity of a study, and whether a journal belongs to it. Local. */
#ifndef RXT_HEAD_H
#define RXT_HEAD_H

#include "host/host.h"
#include "plan/plan.h"
#include "study/resume.h"

/* Name and checksum of one setting, or of one part of the plan. After the last part the name is
 * "". */
enum { RXT_HEAD_PARTS = 48 };
typedef struct rxt_head_part {
    char name[24];
    double sum;
} rxt_head_part;

/* The checksum of this program's build: version, commit, compiler, flags. False without memory. */
bool rxt_head_build(rxt_head_part *part);

/* All parts of a study that must be equal on all ranks: the program, whose checksum is `sum`, the
 * plan, the settings, and which outputs are written. False without memory. */
bool rxt_head_parts(const rxt_plan *plan, const char *sum, rxt_head_part part[RXT_HEAD_PARTS]);

/* The first record of the study's journal, which identifies the study. NULL without memory. */
struct json_t *rxt_head_of(const rxt_plan *plan, const rxt_host *nodes,
                           const rxt_resume_state *resume);

/* Does a study file in JSON have the same settings as the plan? Only settings that decide what is
 * measured are compared. If not, RXT_USAGE; the message names the first setting that differs. */
rxt_status rxt_head_same_settings(const rxt_plan *plan, const char *file);

/* Copies the start time of the first job from a journal's first record to text; if the record has
 * none, text is unchanged. */
void rxt_head_created(const struct json_t *head, char text[32]);

/* The number of runs that were in the study's file when the journal began. */
int rxt_head_runs(const struct json_t *head);

/* The identity of this study: settings, cells, build and host. It is written into the study's file.
 * NULL without memory. */
struct json_t *rxt_head_identity(const rxt_plan *plan, const rxt_host *nodes, const char *program);

/* Is a study file with the identity `before` (NULL: it has none) of the nodes of the identity
 * `now`? If not, RXT_USAGE; the message names --history and the first difference. */
rxt_status rxt_head_same_nodes(const char *path, const struct json_t *before,
                               const struct json_t *now);

void rxt_head_drop(struct json_t *identity); /* NULL is allowed */

/* May this study add a run to the study with the identity `before` (NULL: the file has none)? If
 * not, RXT_USAGE; the message names the first difference. With --again=force only different cells
 * are an error. */
rxt_status rxt_head_again(const struct json_t *before, const rxt_plan *plan, const rxt_host *nodes,
                          const char *program);

/* Does the journal belong to this study? If not, or if a line is damaged, RXT_USAGE; the message
 * names the first difference or the first damaged line. With --resume=force only different cells
 * are an error. *differs is set if anything differs or is damaged. */
rxt_status rxt_head_same(const rxt_journal_contents *contents, const rxt_plan *plan,
                         const rxt_host *nodes, const char *program, bool *differs);

#endif
