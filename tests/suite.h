/* suite.h - the end of a unit test's main: its tests run by CUnit, and the exit code. */
#ifndef SUITE_H
#define SUITE_H

#include <CUnit/Basic.h>

/* Runs the tests, closed by CU_TEST_INFO_NULL. 0 when all passed, 1 when not or when they cannot
 * run. */
static inline int suite_run(const char *name, CU_TestInfo tests[])
{
    CU_SuiteInfo suites[] = { { .pName = name, .pTests = tests }, CU_SUITE_INFO_NULL };
    unsigned failed = 1;

    if (CU_initialize_registry() == CUE_SUCCESS && CU_register_suites(suites) == CUE_SUCCESS &&
        CU_basic_run_tests() == CUE_SUCCESS)
        failed = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failed != 0;
}

#endif
