/* study.h - the plan carried out: blocks of splits, visited in shuffled rounds until precise enough
 * or out of budget.
 *
 * Rank 0 of the world is the conductor: it alone decides what is visited next, and orders the ranks
 * that take part. The others sleep between their visits. */
#ifndef RXT_STUDY_H
#define RXT_STUDY_H

#include <stdatomic.h>

#include "analysis/warnings.h"
#include "base/clock.h"
#include "data/arena.h"
#include "files/journal.h"
#include "host/host.h"
#include "plan/plan.h"
#include "results/row.h"
#include "settings/settings.h"
#include "support/slab.h"
#include <rxt/blas.h>

/* What a study is given beside its settings. say, trying and progress are called on world rank 0
 * alone. */
typedef struct rxt_study_host {
    rxt_comm *world;
    const rxt_cpus *launched; /* this process's mask at start          */
    const rxt_blas *blas;     /* loaded, where a kernel calls a CBLAS  */
    const atomic_bool *stop;  /* set by main: end soon, keep all       */
    atomic_bool *inside;      /* set here, on rank 0: a visit is under way, or a size is added */
    double began;             /* when the budget began to run          */
    void (*say)(void *arg, const char *line);
    void (*trying)(void *arg, int done, int all, double seconds_left); /* before round 1 */
    void (*progress)(void *arg, int round, int most, double seconds_left);
    void *arg;
} rxt_study_host;

typedef struct rxt_study rxt_study;

/* Checks that all ranks could load the library that kernels call (`lacking`: why this one could
 * not) and that it has what they call. Kernels that cannot be measured are taken out of the
 * settings, and said, where `all` asked for them; else RXT_ENVIRONMENT. Collective. */
rxt_status rxt_study_blas(rxt_settings *settings, const rxt_study_host *host, rxt_status lacking);

/* Opens own operands, finds the CPUs, plans, takes memory, makes the splits' comms and the proofs'
 * facts. Collective over the world; the same status everywhere. On failure *study is NULL, unless
 * it was stopped (RXT_STOPPED): then its rows, all empty, can be had. */
rxt_status rxt_study_open(const rxt_settings *settings, const rxt_study_host *host,
                          rxt_study **study);

/* With an --output: from now on visits go to its journal as they come. With --resume those of
 * earlier jobs are entered first; *nothing_left is set where the file is complete already.
 * RXT_USAGE for a file or journal that is none, or of another study. Collective over the world. */
rxt_status rxt_study_keep(rxt_study *study, bool *nothing_left);

/* Then, where a rank resumes: readies all ranks for sizes that earlier jobs added. Collective. */
rxt_status rxt_study_ready_again(rxt_study *study);

/* Was any row visited, be it for a trial? Then its journal is worth going on from. Rank 0. */
bool rxt_study_has_visits(const rxt_study *study);

/* Removes the journal if this job began it and it has no visits; the other closes it, too. The
 * first is for an end inside a call. */
void rxt_study_drop(const rxt_study *study);
void rxt_study_leave(rxt_study *study);

/* Measures. Collective over the world. RXT_OK on ranks other than 0 whatever the conductor met, but
 * RXT_ENVIRONMENT with *lost set where the conductor is gone. On rank 0: RXT_STOPPED, RXT_WRONG, or
 * what went wrong; what was measured until then is in the rows. */
rxt_status rxt_study_run(rxt_study *study, bool *lost);

/* The rows so far, on rank 0. Local: may be called from another thread while the main one is inside
 * a kernel's call. Free with rxt_study_rows_free. */
rxt_status rxt_study_rows(const rxt_study *study, bool stopped, rxt_rows *rows);

/* The same without any figure, note or other text: what tells each row from others, whether its
 * result was right, and its seconds. */
rxt_status rxt_study_times(const rxt_study *study, rxt_rows *rows);

/* How many rows the sizes have that are `opened`. Local. */
int rxt_study_count_rows(const rxt_study *study, const bool opened[]);

/* What was seen of the host until now, and what was asked for: warnings are made of it. The study's
 * memory; rank 0, local, as above. */
rxt_observations rxt_study_observations(const rxt_study *study);
void rxt_study_rows_free(rxt_rows *rows);

/* RXT_WRONG, naming the first, when some result was wrong. Rank 0; local. */
rxt_status rxt_study_verdict(const rxt_study *study);

void rxt_study_close(rxt_study *study);

/* ---- what the files study*.c share ---- */

/* What rank 0 keeps of a cell. */
typedef struct rxt_cell_state {
    ptrdiff_t calls;   /* per visit; 0: not visited yet                        */
    double cost;       /* seconds of wall time that a visit takes              */
    double *seconds;   /* [the study's room]: per call, NAN where not visited; NULL: not opened */
    rxt_value result;  /* of the last visit, or of the wrong one               */
    double error;      /* NAN: never called                                    */
    bool wanted;       /* of a roof: a row that it judges is still visited  */
    double *p99;       /* likewise, of a task's units; NULL for kernels           */
    bool wrong;        /* some visit's result was: it is not visited again     */
    char *trouble;     /* why a task cannot be done: neither is it then; NULL: it can */
    bool refused_work; /* that is the environment's fault                     */
    int refused;       /* errno of a binding refused, or 0                     */
    bool astray;       /* bound, but some worker was seen off its planned CPU  */
    int *seen;         /* [workers]: the CPUs of the last visit                */
} rxt_cell_state;

/* What a rank tells at the end of what it saw. */
typedef struct rxt_node_report {
    int node, cpus;
    double seconds;
    rxt_load spent;
    rxt_load_pages pages;
    rxt_load_clock clock;
} rxt_node_report;

/* What the host was seen to do while this job measured. */
typedef struct rxt_watch {
    rxt_cpus cpus;   /* all hardware threads of the cores that the study may use */
    int beside;      /* CPUs of this node that are none of them                  */
    double began;    /* when the watch did                                       */
    rxt_load before; /* this rank's view then                                    */
    int looks;       /* after rounds, on rank 0                                  */
    int busy;        /* those that found more tasks than CPUs beside             */
    bool clocked;    /* the clock frequency can be seen                          */
    double *hertz;   /* [looks] then; room for so many                           */
    int room;
    rxt_node_report *reports;     /* [ranks]                                                  */
    rxt_observation *observation; /* [nodes], on rank 0 once it is over                       */
    atomic_bool over;
} rxt_watch;

struct rxt_study {
    const rxt_settings *settings; /* as asked for, the length of own operands as the size */
    rxt_settings sized;
    rxt_study_host host;
    rxt_place *place;
    rxt_host *machine; /* all nodes, for the study's file */
    rxt_plan plan;
    rxt_operands operands;
    double quota, resolution;
    double making, made; /* seconds that the ranks took to make so many elements of operands */
    rxt_comm **part; /* [splits]: NULL where this rank is outside; shared by splits of like ranks */
    rxt_arena **arena;     /* [sizes]: NULL where this rank needs none        */
    void **facts;          /* [kernels × totals]: NULL for a kernel that stores */
    char bytes[9];         /* the sum of this program's, "" where it cannot read them */
    rxt_cell_state *state; /* [cells], on rank 0                              */
    int *seen;             /* [workers of the largest split]: CPUs of a visit */
    int rounds;            /* begun                                           */
    int *whole;            /* [sizes], on rank 0: rounds in which all of the block was visited */
    bool *opened;      /* [sizes], on rank 0: it is visited; those asked for are from the start */
    int room;          /* rounds that tallies have room for               */
    double **outgrown; /* lists of times that had less room, kept to the end */
    int outgrown_count;
    bool cut;             /* the end of a given budget cut a visit short */
    bool narrowed;        /* no more sizes are opened: memory is short       */
    bool complete;        /* every block is done, or the budget spent after its minimum */
    double deadline;      /* of the budget                                   */
    char created[32];     /* when the first job began, as rxt_clock_date says      */
    rxt_journal *journal; /* on rank 0 with an output, else NULL; failed: that was said */
    bool failed;
    bool begun;    /* by this job */
    double synced; /* when the journal was last written to the disk itself */
    int jobs;      /* that have measured: this one, and those that it goes on from */
    bool forced;   /* one of them went on though something differed   */
    bool anew;     /* this one does: every cell is tried and proved anew */
    rxt_watch watch;
};

const rxt_split *rxt_study_split(const rxt_study *study, const rxt_cell *cell);

/* Orders a visit to cell c, takes part in it and enters what it brought back; round < 0 is the
 * trial round, whose times are not kept. Rank 0. RXT_STOPPED when a signal came meanwhile; where a
 * given budget ended, what the visit brought is dropped, and it is too late for any other. */
rxt_status rxt_study_conduct(rxt_study *study, int c, int round);

/* Counts the rounds in which all of a block was visited, of those begun; what is wrong or cannot be
 * done lacks in none. Rank 0, between rounds. */
void rxt_study_count_whole(rxt_study *study);

/* A trial visit to every row that needs one: no time is kept, how long they take is told. *late:
 * the user's budget ended before all were done. Rank 0. */
rxt_status rxt_study_try(rxt_study *study, bool *late);

/* Keeps why a task cannot be done on cell c; takes `why` over. Rank 0. */
rxt_status rxt_study_give_up(rxt_study *study, int c, rxt_status why);

/* Says what cannot be had here, each reason once, where something else is measured. Rank 0. */
void rxt_study_say_left_out(const rxt_study *study);

/* RXT_ENVIRONMENT, naming the first, where the system refused a task what it asked for; RXT_USAGE
 * where all that was asked for cannot be had here. Rank 0. */
rxt_status rxt_study_refusal(const rxt_study *study);

/* The sizes of every node's caches, by loads that are timed on its first rank, unless the file that
 * the study goes on in has them: puts what counts into the places and the nodes. Collective. */
rxt_status rxt_study_levels(rxt_study *study);

/* What that file has, into known[nodes]: for each node RXT_STUDY_LEVEL numbers, of which the first
 * is 1 where it has them, the others what counts. Rank 0. */
enum { RXT_STUDY_LEVEL = 1 + RXT_COUNTED };
void rxt_study_levels_before(rxt_study *study, double known[][RXT_STUDY_LEVEL]);

/* Of each level, the first node where its size is contradicted. Rank 0, local. */
void rxt_study_doubts(const rxt_study *study, rxt_observation_level level[RXT_LEVELS]);

/* The first node whose last-level caches are fewer than it says. Rank 0, local. */
rxt_observation_shared rxt_study_shared(const rxt_study *study);

/* Two workers' arithmetic against one's, from the roofs that were visited. Rank 0, local. */
rxt_observation_pair rxt_study_pair(const rxt_study *study);

/* The watch on the host: takes what it needs, and gives it back. Collective but for the second. */
rxt_status rxt_study_watch(rxt_study *study);
void rxt_study_unwatch(rxt_study *study);

/* Begins it, on every rank; looks between two rounds, on rank 0; ends it, collectively over the
 * world: every node's first rank tells of its node. */
void rxt_study_watch_begin(rxt_study *study);
void rxt_study_watch_look(rxt_study *study);
void rxt_study_watch_end(rxt_study *study);

/* Takes this rank's memory for a size; makes the facts of all kernels at its totals, where they are
 * not there yet; gives all of it back. Collective over the world but for the last. */
rxt_status rxt_study_take(rxt_study *study, int size);
rxt_status rxt_study_prove(rxt_study *study, int size);
void rxt_study_leave_sizes(rxt_study *study);

/* Readies the ranks for a size that is opened while the study runs: both of these. A failure leaves
 * it closed. Collective. */
rxt_status rxt_study_ready(rxt_study *study, int size);

/* Orders all ranks to do so, and opens the size. Rank 0. */
rxt_status rxt_study_widen(rxt_study *study, int size);

/* Seconds with two digits, but whole ones from ten on: "0.12", "9.4", "123". Returns text. */
char *rxt_study_seconds(double seconds, char text[16]);

/* Before anything is measured: says that the minimum of rounds will not fit a budget that was
 * given, by the time that operands took to make. After the trials, which tell more: how long the
 * rounds take, and what would fit where that is too long. Rank 0. */
void rxt_study_say_guess(const rxt_study *study);
void rxt_study_say_needs(const rxt_study *study);

/* The rounds that every block asked for has whole; those in which roofs are visited, too. Rank 0.
 */
int rxt_study_whole(const rxt_study *study);
int rxt_study_roof_rounds(const rxt_study *study);

/* One line to the user, with printf's formatting, as the host says it. Local; only rank 0 should.
 */
void rxt_study_say(const rxt_study *study, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* RXT_STOPPED when a budget that is spent leaves less than the minimum of rounds. Rank 0. */
rxt_status rxt_study_out_of_budget(const rxt_study *study);

/* Would one more visit, as long as its last, end after the user's budget? Rank 0. */
bool rxt_study_too_late(const rxt_study *study, int c);

/* --break-even, after a round: drops from blocks[*open] sizes that were added and that no bracket
 * needs any more, opens and tries those that it needs next, and adds them. Where blocks have had
 * too few rounds since, and always unless `now`, it waits for the next look. Without --break-even
 * nothing. Rank 0. */
rxt_status rxt_study_bisect(rxt_study *study, bool now, int blocks[], int *open);

/* The rounds after which a size can be judged: the minimum, with --break-even 6 at least. */
int rxt_study_enough(const rxt_study *study);

/* Says before measuring what sizes may be added, and at the end what is not known to ± 10 %. */
void rxt_study_say_bisection(const rxt_study *study);
void rxt_study_say_brackets(const rxt_study *study);

/* Makes the tallies of the sizes asked for, all empty; of one more size, which is open then; frees
 * them. Rank 0; elsewhere there is nothing to free. */
rxt_status rxt_study_cell_states_make(rxt_study *study);
rxt_status rxt_study_cell_states_grow(rxt_study *study, int size);
void rxt_study_cell_states_free(rxt_study *study);

/* Room for so many rounds; those that are there stay. */
rxt_status rxt_study_room(rxt_study *study, int rounds);

/* Enters a visit, of this job or an earlier one, among what is kept. Rank 0. */
void rxt_study_enter(rxt_study *study, const rxt_journal_visit *visit);

/* A setting, or the plan, by a sum that tells two of them apart; "" behind the last. */
enum { RXT_STUDY_PARTS = 48 };
typedef struct rxt_study_part {
    char name[24];
    double sum;
} rxt_study_part;

/* The build that this program is of: version, commit, compiler, flags. False without memory. Local.
 */
bool rxt_study_build(rxt_study_part *part);

/* All parts of a study that ranks must have in common: program with that sum, plan, settings, what
 * is written. False without memory. Local. */
bool rxt_study_parts(const rxt_study *study, const char *sum, rxt_study_part part[RXT_STUDY_PARTS]);

/* The same build on all ranks; the same program, plan and settings, and on each node the same
 * seats. RXT_USAGE, or RXT_ENVIRONMENT, in one line that says what differs. Collective. */
rxt_status rxt_study_agree_build(const rxt_study *study);
rxt_status rxt_study_agree(rxt_study *study);

/* The first record of the study's journal, which tells it from others. NULL without memory. */
struct json_t *rxt_study_head(const rxt_study *study);

/* Does a study file in JSON have the study's settings, those that decide what is measured?
 * RXT_USAGE, naming the first that differs. Local. */
rxt_status rxt_study_same_settings(const rxt_study *study, const char *file);

/* When the first job began, from that record; untouched where it does not say. */
void rxt_study_created(const struct json_t *head, char text[32]);

/* Is the journal of this study? RXT_USAGE, naming the first thing that differs, or the first line
 * that is damaged; with --resume=force only where the cells differ, and *differs tells so. */
rxt_status rxt_study_same(const rxt_study *study, const rxt_journal_contents *contents,
                          bool *differs);

/* The other ranks: takes part in every visit that is ordered, until the end is. */
rxt_status rxt_study_follow(rxt_study *study, bool *lost);

/* Orders the end. Rank 0. */
void rxt_study_end(const rxt_study *study);

#endif
