/* mpi_spawn.c - starts ranks at run time by MPI_Comm_spawn of this same program, and reports to the
 * parent when this program is a spawned one.
 *
 * Parent and children share an intercommunicator: each child reports that it has started, all
 * disconnect, and the children end. For Open MPI a spawned rank needs a slot, too. If too few slots
 * are left, Open MPI prints pages of text and never ends, so `anywhere` allows it to
 * oversubscribe. */
#include "comm/mpi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine/launcher.h"

enum { PATH = 4096 };

bool rxt_comm_spawned(const rxt_comm *world)
{
    return world && world->parent != MPI_COMM_NULL;
}

void rxt_comm_greet(rxt_comm *world)
{
    int one = 1;

    MUST(world, MPI_Reduce(&one, NULL, 1, MPI_INT, MPI_SUM, 0, world->parent));
    MUST(world, MPI_Comm_disconnect(&world->parent));
}

/* Children may run on any core; otherwise each would need a core of its own. MPICH ignores both
 * keys. */
static MPI_Info anywhere(const rxt_comm *comm)
{
    MPI_Info info;

    MUST(comm, MPI_Info_create(&info));
    MUST(comm, MPI_Info_set(info, "map_by", "slot:OVERSUBSCRIBE"));
    MUST(comm, MPI_Info_set(info, "bind_to", "none"));
    return info;
}

/* Waits until all children have reported, and returns their number. */
static int hear(const rxt_comm *comm, MPI_Comm children)
{
    int heard = 0;

    MUST(comm, MPI_Reduce(NULL, &heard, 1, MPI_INT, MPI_SUM, MPI_ROOT, children));
    MUST(comm, MPI_Comm_disconnect(&children));
    return heard;
}

static rxt_status refused(int error)
{
    char text[MPI_MAX_ERROR_STRING] = "", version[64];
    int length = 0;

    if (MPI_Error_string(error, text, &length) || !text[0])
        snprintf(text, sizeof text, "error %d", error);
    text[strcspn(text, ",\n")] = '\0';
    rxt_comm_version(version);
    return rxt_status_of(RXT_USAGE,
                         "MPI_Comm_spawn is refused by %s and this launcher (%s); use an MPI and a "
                         "launcher that can start ranks at run time, such as Open MPI's mpirun",
                         version, text);
}

static rxt_status spawn(const rxt_comm *comm, int count, int *ran)
{
    MPI_Comm children = MPI_COMM_NULL;
    MPI_Info info;
    MPI_Errhandler usual;
    char self[PATH] = "";
    int error;

    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "/proc/self/exe cannot be read, so the program to spawn is unknown");
    info = anywhere(comm);
    MUST(comm, MPI_Comm_get_errhandler(MPI_COMM_SELF, &usual));
    MUST(comm, MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN));
    error = MPI_Comm_spawn(self, MPI_ARGV_NULL, count, info, 0, MPI_COMM_SELF, &children,
                           MPI_ERRCODES_IGNORE);
    MUST(comm, MPI_Comm_set_errhandler(MPI_COMM_SELF, usual));
    MUST(comm, MPI_Errhandler_free(&usual));
    MUST(comm, MPI_Info_free(&info));
    if (error)
        return refused(error);
    *ran = hear(comm, children);
    return RXT_OK;
}

/* Open MPI 4 with PMIx 4 (Debian 12) sometimes never answers one of several children that start
 * together, and all ranks wait for it (openpmix issue 2735). This happened within some 20 spawns of
 * four children. Spawns of one child were run in three batches (58, 60 and 100); one batch reached
 * its time limit with 2 spawns left, and the cause was not found. PMIx puts its version into the
 * environment. */
static rxt_status can_spawn(int count)
{
    const char *pmix = getenv("PMIX_VERSION");

    if (!rxt_launcher_find().name[0])
        return rxt_status_of(RXT_USAGE, "a program that was started without a launcher cannot "
                                        "start further ranks; use mpirun -np 1");
    if (count > 1 && pmix && pmix[0] == '4')
        return rxt_status_of(
            RXT_USAGE, "with PMIx %s several ranks spawned at once may deadlock; choose --count=1",
            pmix);
    return RXT_OK;
}

/* A program without a launcher is refused. MPICH would look for a launcher in PATH, and would wait
 * for ever if this launcher belongs to another MPI. Open MPI would need a daemon, but stay_alone in
 * comm/mpi_start.c has prevented its start. */
rxt_status rxt_comm_spawn(const rxt_comm *comm, int count, int *ran)
{
    rxt_status st = count > 0 ? can_spawn(count) : RXT_OK;

    *ran = 0;
    return st || count == 0 ? st : spawn(comm, count, ran);
}
