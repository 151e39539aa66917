/* level.c - can this processor run the code of an instruction set level? */
#include <rxt/table.h>

bool rxt_runs_generic(void)
{
    return true;
}

/* Each level checks the features that it adds to the level before it and that compilers use. */
#if defined __x86_64__
bool rxt_runs_x86_64(void)
{
    return true;
}

bool rxt_runs_x86_64_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

bool rxt_runs_x86_64_v4(void)
{
    return rxt_runs_x86_64_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
bool rxt_runs_x86_64(void)
{
    return false;
}

bool rxt_runs_x86_64_v3(void)
{
    return false;
}

bool rxt_runs_x86_64_v4(void)
{
    return false;
}
#endif
