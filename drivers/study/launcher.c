/* launcher.c - how this process was started, from the environment alone.
 *
 * Every launcher leaves its mark; the first match wins. Slurm's comes last: mpirun's and mpiexec's
 * daemons may themselves be tasks of a Slurm step, and their ranks inherit that step's variables.
 */
#include <rxt/comm.h>

#include <stdlib.h>

static const struct mark {
    const char *launcher, *rank, *ranks;
} marks[] = {
    { "mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE" },
    { "mpiexec", "PMI_RANK", "PMI_SIZE" },
    { "mpiexec", "PALS_RANKID", "PALS_NRANKS" },
    { "srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS" },
};

/* A count from the environment, or -1. */
static int count_of(const char *name)
{
    const char *text = getenv(name);
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : -1;

    return text && end != text && !*end && value >= 0 && value < 1 << 24 ? (int)value : -1;
}

rxt_launcher rxt_comm_launcher(void)
{
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
        int rank = count_of(marks[m].rank), ranks = count_of(marks[m].ranks);

        if (rank >= 0 && ranks > rank)
            return (rxt_launcher){ .name = marks[m].launcher, .rank = rank, .ranks = ranks };
    }
    return (rxt_launcher){ .name = "", .rank = 0, .ranks = 1 };
}
