/* table.h - the table of a program's kernels.
 *
 * The build, rxtcc and CMake's rxt_kernel_table() write a table from the kernels' files. By hand it
 * is
 *
 *     extern const rxt_kernel rxt_kernel_mine;
 *     static const char *const names[] = { "mine", NULL };
 *     static const rxt_kernel *const kernels[] = { &rxt_kernel_mine, NULL };
 *     static const rxt_level levels[] = {
 *         { "generic", rxt_runs_generic, { [RXT_F64] = 1 }, { [RXT_F64] = kernels } },
 *     };
 *     const rxt_table rxt_program_table = { .levels = 1, .level = levels, .names = { names } }; */
#ifndef RXT_TABLE_H
#define RXT_TABLE_H

#include <rxt/kernel.h>

/* One instruction set level that the kernels were compiled for; `runs` says whether this processor
 * supports it. */
typedef struct rxt_level {
    const char *name;
    bool (*runs)(void);
    int count[RXT_TYPES];
    const rxt_kernel *const *kernel[RXT_TYPES]; /* [count], sorted by name */
} rxt_level;

/* A kernel that is not in this program, and the missing library or tool. */
typedef struct rxt_left_out {
    const char *name, *without;
} rxt_left_out;

typedef struct rxt_table {
    int levels;
    const rxt_level *level;              /* [levels], lowest first; the lowest runs on every
                                            processor */
    const char *const *names[RXT_TYPES]; /* names of the kernels' files without ".c", in the same
                                            order */
    const rxt_left_out *left_out;        /* the last entry has no name; NULL: none */
} rxt_table;

/* The program's own table. librxt reads it but does not define it: the program must. */
extern const rxt_table rxt_program_table;

/* Can this processor run code that was compiled for the level? rxt_runs_generic is always true:
 * that level needs no particular instruction set. Local; cannot fail. */
bool rxt_runs_generic(void);
bool rxt_runs_x86_64(void);
bool rxt_runs_x86_64_v3(void);
bool rxt_runs_x86_64_v4(void);

#endif
