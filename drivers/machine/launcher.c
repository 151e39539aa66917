/* launcher.c - how this process was started, from the environment.
 *
 * Every launcher sets variables of its own. The first launcher in the list whose variables are set
 * counts. Slurm is the last one in the list: the daemons of mpirun and mpiexec may be tasks of a
 * Slurm step, and then their ranks inherit the variables of that step. */
#include "machine/launcher.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/proc_file.h"

static const struct mark {
    const char *launcher, *rank, *ranks, *local;
} marks[] = {
    { "mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_SIZE" },
    { "mpiexec", "PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS" },
    { "mpiexec", "PALS_RANKID", "PALS_NRANKS", NULL },
    { "srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_STEP_TASKS_PER_NODE" },
};

/* A count from the environment; -1 if the variable is not set or not a count. Slurm writes "2(x3)"
 * for two ranks on each of three nodes; this counts as 2. It writes "2,1" if the nodes have
 * different numbers; this gives -1. */
static int count_of(const char *name)
{
    const char *text = name ? getenv(name) : NULL;
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : -1;
    bool whole = text && end != text && (!*end || (!strncmp(end, "(x", 2) && !strchr(end, ',')));

    return whole && value >= 0 && value < 1 << 24 ? (int)value : -1;
}

/* Number of ranks on this node, from the launcher's variable. 0 if it is unknown, or if the nodes
 * cannot all have as many. */
static int local_of(const char *name, int ranks)
{
    int local = count_of(name);

    return local > 0 && ranks % local == 0 ? local : 0;
}

/* The command name of the process that started this one; "" if it cannot be read. */
static void parent(char name[32])
{
    char path[40];

    snprintf(path, sizeof path, "/proc/%d/comm", (int)getppid());
    rxt_proc_file_line("", path, name, 32);
}

/* Was this process started in the shell of `srun --pty bash`? This shell is a task of a Slurm step.
 * A program that is started in the shell inherits the variables of the step, but is not a task of
 * the step. */
static bool is_from_shell(const struct mark *mark)
{
    char name[32];

    if (strcmp(mark->launcher, "srun") != 0 || !getenv("SLURM_PTY_PORT"))
        return false;
    parent(name);
    return strcmp(name, "slurmstepd") != 0;
}

rxt_launcher rxt_launcher_find(void)
{
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
        int rank = count_of(marks[m].rank), ranks = count_of(marks[m].ranks);

        if (rank >= 0 && ranks > rank && !is_from_shell(&marks[m]))
            return (rxt_launcher){ .name = marks[m].launcher,
                                   .rank = rank,
                                   .ranks = ranks,
                                   .local = local_of(marks[m].local, ranks) };
    }
    return (rxt_launcher){ .name = "", .rank = 0, .ranks = 1 };
}
