/* launcher.h - how this process was started, from the environment. Local; cannot fail. */
#ifndef RXT_LAUNCHER_H
#define RXT_LAUNCHER_H

/* How this process was started, read from the environment alone: works without MPI, on login nodes.
 */
typedef struct rxt_launcher {
    const char *name; /* "mpirun", "mpiexec", "srun", or "" when started alone */
    int rank, ranks;  /* 0 and 1 when started alone                            */
    int local; /* ranks on this node, where all can have as many; 0: they cannot, or not said */
} rxt_launcher;
rxt_launcher rxt_launcher_find(void);

#endif
