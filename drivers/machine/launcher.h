/* launcher.h - how this process was started, from the environment. Local; cannot fail. */
#ifndef RXT_LAUNCHER_H
#define RXT_LAUNCHER_H

/* How this process was started, from the environment alone, so that it works without MPI, as on
 * login nodes. */
typedef struct rxt_launcher {
    const char *name; /* "mpirun", "mpiexec", "srun", or "" when started alone */
    int rank, ranks;  /* 0 and 1 when started alone */
    int local; /* ranks on this node, if every node can have that many; 0: not so, or unknown */
} rxt_launcher;
rxt_launcher rxt_launcher_find(void);

#endif
