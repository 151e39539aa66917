/* environment.c - environment variables: the batch job, and those that control OpenMP, MPI and
 * BLAS. */
#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first batch system whose variable is set counts. Slurm comes before PBS, because Slurm can
 * also set the variables of PBS, for compatibility. */
void rxt_host_batch(char system[16], char job[128])
{
    static const char *const marks[][2] = {
        { "slurm", "SLURM_JOB_ID" }, { "pbs", "PBS_JOBID" },       { "lsf", "LSB_JOBID" },
        { "flux", "FLUX_JOB_ID" },   { "cobalt", "COBALT_JOBID" }, { "oar", "OAR_JOB_ID" },
    };
    const char *id;

    system[0] = job[0] = '\0';
    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++)
        if ((id = getenv(marks[m][1])) != NULL && *id) {
            snprintf(system, 16, "%s", marks[m][0]);
            snprintf(job, 128, "%s", id);
            return;
        }
    /* Any program could use JOB_ID, so Grid Engine's SGE_ROOT must be set too. */
    if (getenv("SGE_ROOT") && (id = getenv("JOB_ID")) != NULL && *id) {
        snprintf(system, 16, "sge");
        snprintf(job, 128, "%s", id);
    }
}

static bool begins_with_one(const char *text, int count, const char *const words[])
{
    for (int w = 0; w < count; w++)
        if (!strncmp(text, words[w], strlen(words[w])))
            return true;
    return false;
}

bool rxt_host_variable(const char *line)
{
    static const char *const steering[] = {
        "OMP_", "GOMP_", "KMP_", "OMPI_MCA_", "MPICH_", "MPIR_CVAR_", "I_MPI_",
        "MV2_", "UCX_",  "FI_",  "OPENBLAS_", "GOTO_",  "MKL_",       "BLIS_",
    };
    /* These variables are set by mpirun for its ranks, by comm before MPI_Init, or by MPI_Init. */
    static const char *const own[] = {
        "OMPI_MCA_orte_",
        "OMPI_MCA_btl_tcp_if_include=lo",
        "OMPI_MCA_ess",
        "OMPI_MCA_initial_wdir=",
        "OMPI_MCA_pmix=",
        "OMPI_MCA_mpi_oversubscribe=",
        "OMPI_MCA_shmem_RUNTIME_QUERY_hint=",
        "MPIR_CVAR_CH3_INTERFACE_HOSTNAME=",
    };

    return begins_with_one(line, sizeof steering / sizeof steering[0], steering) &&
           !begins_with_one(line, sizeof own / sizeof own[0], own);
}
