/* suite.h - the end of a unit test's main: runs the tests with CUnit and returns the exit code. */
#ifndef SUITE_H
#define SUITE_H

#include <CUnit/Basic.h>

#include <stdio.h>
#include <stdlib.h>

/* Appends the tests' names to the file that RXT_CLAIMS names (tests/claims.sh). */
static inline void suite_claim(const char *name, const CU_TestInfo tests[])
{
    const char *path = getenv("RXT_CLAIMS");
    FILE *file = path && path[0] ? fopen(path, "a") : NULL;

    for (const CU_TestInfo *t = tests; file && t->pName; t++)
        fprintf(file, "test_%s: %s\n", name, t->pName);
    if (file)
        fclose(file);
}

/* Runs the tests; CU_TEST_INFO_NULL ends the list. Returns 0 if all passed, 1 if one failed or if
 * they cannot be run. */
static inline int suite_run(const char *name, CU_TestInfo tests[])
{
    CU_SuiteInfo suites[] = { { .pName = name, .pTests = tests }, CU_SUITE_INFO_NULL };
    unsigned failed = 1;

    suite_claim(name, tests);
    if (CU_initialize_registry() == CUE_SUCCESS && CU_register_suites(suites) == CUE_SUCCESS &&
        CU_basic_run_tests() == CUE_SUCCESS)
        failed = CU_get_number_of_failures();
    CU_cleanup_registry();
    return failed != 0;
}

#endif
