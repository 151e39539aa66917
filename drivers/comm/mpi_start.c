/* mpi_start.c - starts MPI, with settings that MPI cannot find by itself. */
#include "comm/mpi.h"

#include <stdlib.h>
#include <unistd.h>

#include "machine/launcher.h"

/* Without a launcher Open MPI starts a daemon, in case the program spawns ranks. The daemon would
 * be one more process on the measured cores, and it may be left behind. */
static void stay_alone(const rxt_launcher *launcher)
{
    if (!launcher->name[0])
        setenv("OMPI_MCA_ess_singleton_isolated", "1", 0);
}

/* Open MPI 5 reaches spawned ranks only by TCP, and it ignores the loopback device. Without a
 * network the spawned ranks fail, and their parent waits for ever. On one node the loopback is
 * enough. */
static void stay_on_node(const rxt_launcher *launcher)
{
    if (getenv("PRTE_LAUNCHED") && launcher->local == launcher->ranks &&
        !getenv("OMPI_MCA_btl_tcp_if_exclude"))
        setenv("OMPI_MCA_btl_tcp_if_include", "lo", 0);
}

/* Does this node have an adapter that Open MPI drives by its "matching" transports (mtl)? Looks for
 * the files that the adapters' drivers create. */
static bool may_have_adapter(void)
{
    static const char *const traces[] = {
        "/sys/class/infiniband",   /* InfiniBand, RoCE, Omni-Path, TrueScale, EFA, usNIC */
        "/sys/class/cxi",          /* Slingshot  */
        "/dev/kgni0", "/dev/ipath" /* Aries; TrueScale again */
    };
    bool found = access("/sys/class/net", F_OK) != 0; /* no /sys: assume that there is one */

    for (size_t t = 0; t < sizeof traces / sizeof traces[0] && !found; t++)
        found = access(traces[t], F_OK) == 0;
    return found;
}

/* Open MPI loads these transports wherever they are installed, to ask whether they have an adapter.
 * The PSM libraries then first measure the processor's clock for 90 ms each, which is half of the
 * time of a whole launch on one node. Without an adapter none of them would be used, so they are
 * not loaded unless the user names transports. True if we must unset the variable again. */
static bool skip_adapters(void)
{
    return !getenv("OMPI_MCA_mtl") && !may_have_adapter() &&
           setenv("OMPI_MCA_mtl", "^ofi,psm,psm2", 1) == 0;
}

/* Open MPI yields by itself if mpirun started more ranks than there are cores. Otherwise a waiting
 * rank spins for a whole time slice of the scheduler, although the rank that it waits for needs the
 * same core: four ranks on one core that only wait for a server took 1.5 times as long. */
void rxt_comm_oversubscribe(void)
{
    setenv("OMPI_MCA_mpi_yield_when_idle", "1", 0);
}

void rxt_comm_start(const rxt_comm *world, int *offered)
{
    rxt_launcher launcher = rxt_launcher_find();
    bool skips = skip_adapters();

    stay_alone(&launcher);
    stay_on_node(&launcher);
    MUST(world, MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, offered));
    MUST(world, MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
    if (skips)
        unsetenv("OMPI_MCA_mtl");
}
