/* table.h - the kernels that a program has.
 *
 * The build, rxtcc and CMake's rxt_kernel_table() write a table from the kernels' files; by hand
 * it is
 *
 *     extern const rxt_kernel rxt_kernel_mine;
 *     static const char *const names[] = { "mine", NULL };
 *     static const rxt_kernel *const kernels[] = { &rxt_kernel_mine, NULL };
 *     static const rxt_level levels[] = {
 *         { "generic", rxt_runs_generic, { [RXT_F64] = 1 }, { [RXT_F64] = kernels } },
 *     };
 *     const rxt_table rxt_program_table = { .levels = 1, .level = levels, .names = { names } };
 */
#ifndef RXT_TABLE_H
#define RXT_TABLE_H

#include <rxt/kernel.h>

/* One level that the kernels were compiled for, and whether this processor can run it. */
typedef struct rxt_level {
    const char *name;
    bool (*runs)(void);
    int count[RXT_TYPES];
    const rxt_kernel *const *kernel[RXT_TYPES]; /* [count], in order of name */
} rxt_level;

/* A kernel that a program was built without, and for want of what. */
typedef struct rxt_left_out {
    const char *name, *without;
} rxt_left_out;

typedef struct rxt_table {
    int levels;
    const rxt_level *level;              /* [levels], lowest first, which runs everywhere       */
    const char *const *names[RXT_TYPES]; /* of the kernels' files without ".c", in their order */
    const rxt_left_out *left_out;        /* ended by one without a name; NULL: none             */
} rxt_table;

/* The program's own, and the one thing that librxt does not define: it reads it. */
extern const rxt_table rxt_program_table;

/* Can this processor run what was compiled for the level? Generic is for it, whatever it is. Local;
 * cannot fail. */
bool rxt_runs_generic(void);
bool rxt_runs_x86_64(void);
bool rxt_runs_x86_64_v3(void);
bool rxt_runs_x86_64_v4(void);

#endif
