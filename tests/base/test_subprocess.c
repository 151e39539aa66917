/* test_subprocess.c - another program is started, awaited, and killed if it does not end. */
#include "base/subprocess.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "suite.h"

static const double enough = 60;

static int launch(const char *program, const char *option, const char *text, double seconds,
                  int *code)
{
    char *const argv[] = { (char *)program, (char *)option, (char *)text, NULL };

    return rxt_subprocess_run(argv, "RXT_TEST", (int[]){ 0, 1, 2 }, seconds, code);
}

static void its_exit_code_is_told(void)
{
    int code = -1;

    CU_ASSERT_EQUAL(launch("sh", "-c", "exit 3", enough, &code), 0);
    CU_ASSERT_EQUAL(code, 3);
}

static void the_signal_that_ended_it_is_told(void)
{
    int code = -1;

    CU_ASSERT_EQUAL(launch("sh", "-c", "kill -TERM $$", enough, &code), 0);
    CU_ASSERT_EQUAL(code, 128 + SIGTERM);
}

static void one_variable_is_kept_from_it(void)
{
    int code = -1;

    setenv("RXT_TEST", "here", 1);
    CU_ASSERT_EQUAL(launch("sh", "-c", "test -z \"$RXT_TEST\" -a -n \"$PATH\"", enough, &code), 0);
    CU_ASSERT_EQUAL(code, 0);
}

/* Under qemu only the child notices that the program is missing; the child's exit code is then
 * 127. */
static void a_program_that_is_not_there_is_told(void)
{
    int code = -1, error = launch("no-such-program-anywhere", NULL, NULL, enough, &code);

    CU_ASSERT(error == ENOENT || (error == 0 && code == 127));
}

/* Left alone, the program would sleep for longer than any test may take. */
static void one_that_does_not_end_is_killed(void)
{
    int code = -1;

    CU_ASSERT_EQUAL(launch("sleep", "100000", NULL, 0.02, &code), ETIMEDOUT);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "its exit code is told", its_exit_code_is_told },
        { "the signal that ended it is told", the_signal_that_ended_it_is_told },
        { "one variable is kept from it", one_variable_is_kept_from_it },
        { "a program that is not there is told", a_program_that_is_not_there_is_told },
        { "one that does not end is killed", one_that_does_not_end_is_killed },
        CU_TEST_INFO_NULL,
    };

    return suite_run("launch", tests);
}
