/* left_out.c - names the splits, and the teams of kernels, for which a plan has no cells, in the
 * line splits.left_out. */
#include "plan/left_out.h"

#include "base/text.h"

/* Does any cell of the plan use this split? */
static bool is_used(const rxt_plan *plan, int split)
{
    for (int c = 0; c < plan->cells; c++)
        if (plan->cell[c].split == split)
            return true;
    return false;
}

/* Appends the splits that no task uses to the line splits.left_out; returns the number of these
 * splits. `last` gets the name of the last one. */
static int name_unfit(rxt_plan *plan, char last[RXT_SPLIT_TEXT])
{
    char *line = plan->splits.left_out;
    size_t room = sizeof plan->splits.left_out;
    int unfit = 0;

    for (int p = 1; p < plan->splits.count; p++) {
        if (is_used(plan, p))
            continue;
        rxt_text_append(line, room, "%s%s",
                        unfit++ ? ", "
                        : *line ? "; "
                                : "left out: ",
                        rxt_split_plain(plan->splits.split[p], last));
    }
    if (unfit)
        rxt_text_append(line, room, " (no chosen task uses %s)",
                        unfit == 1 ? "that split" : "those splits");
    return unfit;
}

/* Names the splits that no task uses. RXT_USAGE if the user named splits and no task uses any of
 * them. */
rxt_status rxt_plan_check_unfit(rxt_plan *plan)
{
    const rxt_splits_request *request = &plan->settings->splits;
    bool named =
        request->pairs || request->rank_count || request->thread_count || request->per_node_count;
    char split[RXT_SPLIT_TEXT];
    int unfit = name_unfit(plan, split);

    if (!named || unfit == 0 || unfit < plan->splits.count - 1)
        return RXT_OK;
    return rxt_status_of(
        RXT_USAGE, "--splits: no chosen task uses %s%s; leave %s out (--list describes the tasks)",
        split, unfit > 1 ? ", or any other split named" : "", unfit > 1 ? "them" : "it");
}

/* Names kernel k, which the team cannot call, and all later kernels that the team cannot call for
 * the same reason. */
static void say_team(rxt_plan *plan, rxt_team_kind team, int k)
{
    const rxt_settings *settings = plan->settings;
    char *line = plan->splits.left_out;
    size_t room = sizeof plan->splits.left_out;
    const char *why = rxt_team_unfit(team, settings->kernel[k], 1);
    int said = 0;

    rxt_text_append(line, room, "%steam %s of ",
                    *line ? "; " : "left out: ", rxt_team_kind_name(team));
    for (int other = k; other < settings->kernels; other++)
        if (why == rxt_team_unfit(team, settings->kernel[other], 1))
            rxt_text_append(line, room, "%s%s", said++ ? ", " : "", settings->kernel[other]->name);
    rxt_text_append(line, room, " (%s)", rxt_team_unfit(team, settings->kernel[k], said));
}

static bool is_told(const rxt_settings *settings, rxt_team_kind team, int k)
{
    for (int before = 0; before < k; before++)
        if (rxt_team_unfit(team, settings->kernel[before], 1) ==
            rxt_team_unfit(team, settings->kernel[k], 1))
            return true;
    return false;
}

/* Names for each team the kernels that it cannot call, in the line splits.left_out. Kernels with
 * the same reason are named together. */
void rxt_plan_say_undriven(rxt_plan *plan)
{
    const rxt_settings *settings = plan->settings;

    for (int t = 0; t < settings->teams; t++)
        for (int k = 0; k < settings->kernels; k++)
            if (!rxt_team_drives(settings->team[t], settings->kernel[k]) &&
                !is_told(settings, settings->team[t], k))
                say_team(plan, settings->team[t], k);
}
