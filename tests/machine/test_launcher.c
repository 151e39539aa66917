/* test_launcher.c - how this process was started, from the launchers' environment variables. */
#include "machine/launcher.h"

#include <stdlib.h>
#include <string.h>

#include "suite.h"

static const char *const names[] = { "OMPI_COMM_WORLD_RANK",
                                     "OMPI_COMM_WORLD_SIZE",
                                     "OMPI_COMM_WORLD_LOCAL_SIZE",
                                     "PMI_RANK",
                                     "PMI_SIZE",
                                     "MPI_LOCALNRANKS",
                                     "PALS_RANKID",
                                     "PALS_NRANKS",
                                     "SLURM_PROCID",
                                     "SLURM_STEP_NUM_TASKS",
                                     "SLURM_STEP_TASKS_PER_NODE" };

/* Sets three variables, names[first] and the next two, to `values`; a variable with NULL stays
 * unset. */
static void expect(int first, const char *const values[3], rxt_launcher wanted)
{
    rxt_launcher launcher;

    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
        unsetenv(names[n]);
    for (int v = 0; v < 3; v++)
        if (values[v])
            setenv(names[first + v], values[v], 1);
    launcher = rxt_launcher_find();
    CU_ASSERT_STRING_EQUAL(launcher.name, wanted.name);
    CU_ASSERT_EQUAL(launcher.rank, wanted.rank);
    CU_ASSERT_EQUAL(launcher.ranks, wanted.ranks);
    CU_ASSERT_EQUAL(launcher.local, wanted.local);
}

enum { OPEN_MPI = 0, HYDRA = 3, PALS = 6, SLURM = 8 };

static void every_launcher_tells_rank_ranks_and_those_of_a_node(void)
{
    expect(OPEN_MPI, (const char *[]){ "2", "4", "2" }, (rxt_launcher){ "mpirun", 2, 4, 2 });
    expect(HYDRA, (const char *[]){ "0", "9", "3" }, (rxt_launcher){ "mpiexec", 0, 9, 3 });
    expect(PALS, (const char *[]){ "0", "9", NULL }, (rxt_launcher){ "mpiexec", 0, 9, 0 });
    expect(SLURM, (const char *[]){ "1", "3", "3" }, (rxt_launcher){ "srun", 1, 3, 3 });
    expect(SLURM, (const char *[]){ "1", "6", "2(x3)" }, (rxt_launcher){ "srun", 1, 6, 2 });
}

static void what_cannot_be_on_every_node_is_not_said(void)
{
    expect(OPEN_MPI, (const char *[]){ "0", "3", "2" }, (rxt_launcher){ "mpirun", 0, 3, 0 });
    expect(OPEN_MPI, (const char *[]){ "0", "3", NULL }, (rxt_launcher){ "mpirun", 0, 3, 0 });
    expect(OPEN_MPI, (const char *[]){ "0", "3", "0" }, (rxt_launcher){ "mpirun", 0, 3, 0 });
    expect(OPEN_MPI, (const char *[]){ "0", "3", "3x" }, (rxt_launcher){ "mpirun", 0, 3, 0 });
    expect(SLURM, (const char *[]){ "0", "4", "1,3" }, (rxt_launcher){ "srun", 0, 4, 0 });
    expect(SLURM, (const char *[]){ "0", "6", "1(x3),3" }, (rxt_launcher){ "srun", 0, 6, 0 });
}

static void a_shell_of_srun_starts_no_ranks(void)
{
    setenv("SLURM_PTY_PORT", "40001", 1);
    expect(SLURM, (const char *[]){ "0", "4", "4" }, (rxt_launcher){ "", 0, 1, 0 });
    expect(OPEN_MPI, (const char *[]){ "1", "4", "4" }, (rxt_launcher){ "mpirun", 1, 4, 4 });
    unsetenv("SLURM_PTY_PORT");
}

static void without_a_launcher_there_is_one_rank(void)
{
    expect(OPEN_MPI, (const char *[]){ NULL, NULL, "2" }, (rxt_launcher){ "", 0, 1, 0 });
    expect(OPEN_MPI, (const char *[]){ "2", "2", "2" }, (rxt_launcher){ "", 0, 1, 0 });
    expect(SLURM, (const char *[]){ "0", NULL, "2" }, (rxt_launcher){ "", 0, 1, 0 });
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a shell of srun starts no ranks", a_shell_of_srun_starts_no_ranks },
        { "every launcher tells rank, ranks and those of a node",
          every_launcher_tells_rank_ranks_and_those_of_a_node },
        { "what cannot be on every node is not said", what_cannot_be_on_every_node_is_not_said },
        { "without a launcher there is one rank", without_a_launcher_there_is_one_rank },
        CU_TEST_INFO_NULL,
    };

    return suite_run("launcher", tests);
}
