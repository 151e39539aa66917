/* test_journal_look.c - what stands in the file that a study would go on in, whoever saved it. */
#include "files/journal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

#define MARK "\xef\xbb\xbf"

static const char header[] = "kernel,verified,note\n";

/* The file NAME in a folder of the system's for temporary ones, removed again. */
static rxt_journal_target look(const char *name, const char *text)
{
    char folder[] = "/tmp/rxt-look-XXXXXX", path[80];
    rxt_journal_found found = { 0 };
    FILE *file;
    rxt_status st;

    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
    st = rxt_journal_look(path, header, 1, 2, &found);
    unlink(path);
    rmdir(folder);
    if (!st)
        return found.target;
    rxt_status_free(st);
    return RXT_TARGET_NONE;
}

static void a_csv_is_known_as_any_editor_saves_it(void)
{
    CU_ASSERT_EQUAL(look("a.csv", "kernel,verified,note\ndot,true,\n"), RXT_TARGET_COMPLETE);
    CU_ASSERT_EQUAL(look("a.csv", "kernel,verified,note\ndot,true,stopped\n"), RXT_TARGET_STOPPED);
    CU_ASSERT_EQUAL(look("a.csv", MARK "kernel,verified,note\ndot,true,\n"), RXT_TARGET_COMPLETE);
    CU_ASSERT_EQUAL(look("a.csv", "kernel,verified,note\r\ndot,true,\r\n"), RXT_TARGET_COMPLETE);
    CU_ASSERT_EQUAL(look("a.csv", MARK "kernel,verified,note\r\ndot,true,stopped\r\n"),
                    RXT_TARGET_STOPPED);
}

static void a_json_is_known_with_a_mark_in_front(void)
{
    static const char study[] =
        MARK "{\"schema\": \"rxt-study-1\", \"status\": \"complete\", \"created\": "
             "\"2026-11-30T00:00:00Z\", \"rows\": [], \"settings\": {}}";

    CU_ASSERT_EQUAL(look("a.json", study), RXT_TARGET_COMPLETE);
    CU_ASSERT_EQUAL(look("a.json", study + strlen(MARK)), RXT_TARGET_COMPLETE);
}

static void what_is_no_study_is_refused(void)
{
    CU_ASSERT_EQUAL(look("a.csv", "kernel,note\ndot,\n"), RXT_TARGET_NONE);
    CU_ASSERT_EQUAL(look("a.csv", "kernel,verified,note\n"), RXT_TARGET_NONE);
    CU_ASSERT_EQUAL(look("a.csv", "kernel,verified,note\ndot,true,"), RXT_TARGET_NONE);
    CU_ASSERT_EQUAL(look("a.csv", MARK), RXT_TARGET_NONE);
    CU_ASSERT_EQUAL(look("a.json", MARK), RXT_TARGET_NONE);
    CU_ASSERT_EQUAL(look("a.json", ""), RXT_TARGET_NONE);
    CU_ASSERT_EQUAL(look("a.json", "{}"), RXT_TARGET_NONE);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a CSV is known as any editor saves it", a_csv_is_known_as_any_editor_saves_it },
        { "a JSON is known with a mark in front", a_json_is_known_with_a_mark_in_front },
        { "what is no study is refused", what_is_no_study_is_refused },
        CU_TEST_INFO_NULL,
    };

    return suite_run("journal_look", tests);
}
