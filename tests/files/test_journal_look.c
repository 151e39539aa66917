/* test_journal_look.c - what --resume finds in the file of a study, in every format. */
#include "files/journal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "record_json.h"

#include "suite.h"

#define MARK "\xef\xbb\xbf"

enum { ROUNDS = 6 };

/* The text of a study's file; the study has the splits 1×1 and 1×2. */
static char *study(bool json, bool stopped)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1) };
    double seconds[2][ROUNDS];
    rxt_rows rows = rows_of(row, 2);
    story s;

    for (int i = 1; i >= 0; i--) {
        for (int r = 0; r < ROUNDS; r++)
            seconds[i][r] = (1 + r) * 1e-3 / (i + 1);
        row[i].seconds = seconds[i];
    }
    for (int i = 1; i >= 0; i--)
        rxt_row_derive(&row[i], &row[0], ROUNDS);
    rows.rounds = ROUNDS;
    rows.stopped = stopped;
    return json ? json_of(story_of(&s, &rows)) : csv_of(&rows);
}

/* Writes a file `name` with `mark` and `text` in a temporary folder. Returns what rxt_journal_look
 * finds there, or "" if it refuses the file. */
static const char *look(const char *name, const char *mark, const char *text)
{
    static const char *const target[] = { "none", "complete", "stopped" };
    char folder[] = "/tmp/rxt-look-XXXXXX", path[80];
    rxt_journal_found found = { 0 };
    FILE *file;
    rxt_status st;

    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(file, "%s%s", mark, text);
    fclose(file);
    st = rxt_journal_look(path, 1, 2, &found);
    unlink(path);
    rmdir(folder);
    if (!st)
        return target[found.target];
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, "--resume: /tmp/rxt-look-"));
    rxt_status_free(st);
    return "";
}

static void a_study_is_known_in_either_form(void)
{
    static const char *const name[] = { "a.csv", "a.json" };

    for (int json = 0; json < 2; json++)
        for (int stopped = 0; stopped < 2; stopped++) {
            const char *is = stopped ? "stopped" : "complete";
            char *text = study(json, stopped);

            CU_ASSERT_STRING_EQUAL(look(name[json], "", text), is);
            CU_ASSERT_STRING_EQUAL(look(name[json], MARK, text), is);
            free(text);
        }
}

/* Expects that the file is refused if a part of its text is changed. */
static void refused(const char *name, char *text, const char *from, const char *to)
{
    char *at = strstr(text, from), changed[10000];

    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    CU_ASSERT_STRING_EQUAL(look(name, "", changed), "");
    free(text);
}

static void what_is_no_study_is_refused(void)
{
    refused("a.json", study(true, false), "rxt-study-1", "rxt-study-9");
    refused("a.json", study(true, false), "\"settings\"", "\"set\"");
    refused("a.csv", study(false, false), "kernel,", "colonel,");
    CU_ASSERT_STRING_EQUAL(look("a.json", MARK, ""), "");
    CU_ASSERT_STRING_EQUAL(look("a.json", "", "{}"), "");
}

/* A CSV file may have fewer rows than the study, but at least one row, and no row that is cut
 * off. */
static void a_csv_must_have_the_rows_of_the_study(void)
{
    char *text = study(false, false), *end = strchr(text, '\n') + 1;

    *strchr(end, '\n') = '\0';
    CU_ASSERT_STRING_EQUAL(look("a.csv", "", text), "");
    strcat(text, "\n");
    CU_ASSERT_STRING_EQUAL(look("a.csv", "", text), "complete");
    *end = '\0';
    CU_ASSERT_STRING_EQUAL(look("a.csv", "", text), "");
    free(text);
}

static void where_no_file_is_there_is_no_study(void)
{
    rxt_journal_found found;

    CU_ASSERT_PTR_NULL(rxt_journal_look("/nowhere/a.json", 1, 2, &found));
    CU_ASSERT_EQUAL(found.target, RXT_TARGET_NONE);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a study is known in either form", a_study_is_known_in_either_form },
        { "what is no study is refused", what_is_no_study_is_refused },
        { "a CSV must have the rows of the study", a_csv_must_have_the_rows_of_the_study },
        { "where no file is, there is no study", where_no_file_is_there_is_no_study },
        CU_TEST_INFO_NULL,
    };

    return suite_run("journal_look", tests);
}
