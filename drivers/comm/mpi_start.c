/* mpi_start.c - MPI is started, and told before what it would not find out by itself. */
#include "comm/mpi.h"

#include <stdlib.h>
#include <unistd.h>

#include "machine/launcher.h"

/* Started alone, Open MPI starts a daemon of its own beside the program, only for the case that it
 * should spawn ranks: one process more on the cores that are measured, and one to be left behind.
 */
static void stay_alone(void)
{
    if (!rxt_launcher_find().name[0])
        setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
}

/* Ranks that are started later (MPI_Comm_spawn) are reached by TCP alone in Open MPI 5, which
 * passes over the loopback: off the network they end in an error, and their parent waits for ever.
 * On one node the loopback is enough. */
static void stay_on_node(void)
{
    rxt_launcher launcher = rxt_launcher_find();

    if (getenv("PRTE_LAUNCHED") && launcher.local == launcher.ranks &&
        !getenv("OMPI_MCA_btl_tcp_if_exclude"))
        setenv("OMPI_MCA_btl_tcp_if_include", "lo", 0);
}

/* Ranks of one node need not meet in MPI_Finalize, for they have met before (end_together). Where
 * one fails there while the others wait for it, Open MPI 4's mpirun was seen never to end. */
static void end_apart(void)
{
    rxt_launcher launcher = rxt_launcher_find();

    if (launcher.local == launcher.ranks)
        setenv("OMPI_MCA_async_mpi_finalize", "1", 0);
}

/* Adapters that Open MPI drives by its "matching" transports. Their drivers leave a trace. */
static bool may_have_adapter(void)
{
    static const char *const traces[] = {
        "/sys/class/infiniband",   /* InfiniBand, RoCE, Omni-Path, TrueScale, EFA, usNIC */
        "/sys/class/cxi",          /* Slingshot  */
        "/dev/kgni0", "/dev/ipath" /* Aries; TrueScale again */
    };
    bool found = access("/sys/class/net", F_OK) != 0; /* without /sys nobody knows */

    for (size_t t = 0; t < sizeof traces / sizeof traces[0] && !found; t++)
        found = access(traces[t], F_OK) == 0;
    return found;
}

/* Open MPI loads these transports wherever they are installed, to ask whether they have an adapter;
 * and what the libraries of PSM do first, when they are loaded, is to time the processor for 90 ms
 * each, which was half of a whole launch on one node. Without an adapter none would be taken, so
 * none is asked, unless the user names transports; true where it is up to us to unset that again.
 */
static bool skip_adapters(void)
{
    return !getenv("OMPI_MCA_mtl") && !may_have_adapter() &&
           setenv("OMPI_MCA_mtl", "^ofi,psm,psm2", 1) == 0;
}

/* Open MPI does so by itself where mpirun started more ranks than there are cores. Else a rank
 * spins for a whole turn of the scheduler while the one that it waits for wants its core: four
 * ranks on one core that only wait for a server took 1.5 times as long. */
void rxt_comm_oversubscribe(void)
{
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
}

void rxt_comm_start(const rxt_comm *world, int *offered)
{
    bool skips = skip_adapters();

    stay_alone();
    stay_on_node();
    end_apart();
    MUST(world, MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, offered));
    MUST(world, MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
    if (skips)
        unsetenv("OMPI_MCA_mtl");
}
