/* launcher.h - how this process was started, from the environment. Local; cannot fail. */
#ifndef RXT_LAUNCHER_H
#define RXT_LAUNCHER_H

/* How this process was started. Only the environment is read, so that this works without MPI, for
 * example on login nodes. */
typedef struct rxt_launcher {
    const char *name; /* "mpirun", "mpiexec", "srun", or "" when started alone */
    int rank, ranks;  /* 0 and 1 when started alone */
    int local; /* ranks on this node; 0: unknown, or the number of all ranks is not a multiple of
                  it, so the nodes cannot all have as many */
} rxt_launcher;
rxt_launcher rxt_launcher_find(void);

#endif
