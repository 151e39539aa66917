/* table.c - a table of one kernel that is compiled once. It is written by hand; usually rxtcc or
 * rxt_kernel_table() writes the table. */
#include <rxt/table.h>

extern const rxt_kernel rxt_kernel_energy;

static const char *const names[] = { "energy", NULL };
static const rxt_kernel *const kernels[] = { &rxt_kernel_energy, NULL };
static const rxt_level levels[] = {
    { .name = "generic",
      .runs = rxt_runs_generic,
      .count = { [RXT_F64] = 1 },
      .kernel = { [RXT_F64] = kernels } },
};

const rxt_table rxt_program_table = { .levels = 1,
                                      .level = levels,
                                      .names = { [RXT_F64] = names } };
