/* peer_file.c - opens a pipe or file that another rank has open, through /proc/PID/fd. The pipe or
 * file needs no name, and disappears when both ranks have ended, however they ended. */
#include "peer_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The data that the other rank needs: where the file is, and by which inode the file is
 * recognised. */
typedef struct notice {
    int process, fd, inode[2];
} notice;

static notice notice_of(int fd)
{
    struct stat is = { 0 };

    fstat(fd, &is);
    return (
        notice){ .process = getpid(),
                 .fd = fd,
                 .inode = { (int)(is.st_ino & INT32_MAX), (int)(is.st_ino >> 31 & INT32_MAX) } };
}

static bool same(const notice *a, const notice *b)
{
    return a->inode[0] == b->inode[0] && a->inode[1] == b->inode[1];
}

/* Opens the file and checks that it is the right one: in another container the same PID may be
 * another process, with other files open. */
static rxt_status borrow(const notice *from, int flags, int *lent)
{
    char path[64];
    notice found;

    snprintf(path, sizeof path, "/proc/%d/fd/%d", from->process, from->fd);
    *lent = open(path, flags | O_CLOEXEC);
    if (*lent < 0 && rxt_status_is_shortage(errno))
        return rxt_status_of(RXT_ENVIRONMENT,
                             "a rank cannot open the other rank's file (%s); see ulimit -n",
                             strerror(errno));
    if (*lent < 0)
        return rxt_status_of(RXT_USAGE,
                             "a rank cannot open the other rank's file (%s: %s); start both ranks "
                             "in one PID namespace",
                             path, strerror(errno));
    found = notice_of(*lent);
    if (same(&found, from))
        return RXT_OK;
    close(*lent);
    *lent = -1;
    return rxt_status_of(RXT_USAGE,
                         "%s is not the other rank's file; start both ranks in one PID namespace, "
                         "not in separate containers",
                         path);
}

rxt_status rxt_peer_file_open(const rxt_comm *comm, int own, int flags, int *lent)
{
    notice all[2] = { { 0 } };
    int rank = rxt_comm_rank(comm);
    rxt_status st = RXT_OK;

    *lent = -1;
    if (rank == 0)
        all[0] = notice_of(own);
    rxt_comm_gather(comm, sizeof all[0] / sizeof(int), &all[0].process);
    if (rank == 1)
        st = borrow(&all[0], flags, lent);
    return rxt_comm_agree(comm, st);
}
