/* study_type.h - the parts of a study. Functions that direct the study take the whole; all others
 * take only the part that they need. */
#ifndef RXT_STUDY_TYPE_H
#define RXT_STUDY_TYPE_H

#include "data/operands.h"
#include "study/conductor.h"
#include "study/earlier.h"
#include "study/history.h"
#include "study/resume.h"
#include "study/study.h"
#include "study/watch.h"
#include "study/workspace.h"

struct rxt_study {
    rxt_settings settings; /* as asked for; with own operands, their length is the size */
    rxt_study_host host;
    rxt_place *place;
    double quota;
    rxt_host *nodes; /* all nodes of the launch, for the study's file and the warnings */
    rxt_plan plan;
    rxt_operands operands;
    rxt_workspace workspace;
    rxt_conductor conductor;
    rxt_resume_state resume;
    rxt_earlier earlier;
    rxt_history history;
    rxt_watch watch;
};

#endif
