/* study_type.h - what a study consists of. Whoever orchestrates takes all of it; everything else
 * takes the part that it is about. */
#ifndef RXT_STUDY_TYPE_H
#define RXT_STUDY_TYPE_H

#include "data/operands.h"
#include "study/conductor.h"
#include "study/resume.h"
#include "study/study.h"
#include "study/watch.h"
#include "study/workspace.h"

struct rxt_study {
    rxt_settings settings; /* as asked for, the length of own operands as the size */
    rxt_study_host host;
    rxt_place *place;
    double quota;
    rxt_host *nodes; /* for the study's file */
    rxt_plan plan;
    rxt_operands operands;
    rxt_workspace workspace;
    rxt_conductor conductor;
    rxt_resume_state resume;
    rxt_watch watch;
};

#endif
