/* test_study_reader.c - reading a study's file: what is read equals what was written; a value that
 * no study can have is refused, with its place in the file. */
#include "files/study_reader.h"

#include "record_json.h"

#include "suite.h"

#include "results/columns.h"

enum { ROUNDS = 12 };

/* ---- a study, as text ---- */

/* Rows with figures that were derived from their times; some of the times are missing. */
typedef struct planted {
    rxt_row row[3];
    double seconds[3][ROUNDS];
    rxt_rows rows;
    story story;
} planted;

static void plant(planted *p)
{
    const int threads[] = { 1, 2, 1 }, ranks[] = { 1, 1, 2 };

    for (int i = 0; i < 3; i++) {
        p->row[i] = row_of(ranks[i], threads[i], 1);
        for (int r = 0; r < ROUNDS; r++)
            p->seconds[i][r] = r % 5 == 2 ? NAN : (1e-3 + 1e-5 * ((r * 7) % 11)) / (i + 1);
        p->row[i].seconds = p->seconds[i];
        p->row[i].loads = 2;
    }
    for (int i = 2; i >= 0; i--)
        rxt_row_derive(&p->row[i], &p->row[0], ROUNDS);
    p->row[1].consistent = true;
    p->rows = rows_of(p->row, 3);
    p->rows.rounds = ROUNDS;
}

static char *planted_json(void)
{
    planted p;

    plant(&p);
    return json_of(story_of(&p.story, &p.rows));
}

static char *planted_csv(void)
{
    planted p;

    plant(&p);
    return csv_of(&p.rows);
}

/* ---- what is read back ---- */

static bool same_figure(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) <= 1e-8 * fabs(a);
}

static bool same_sample(const rxt_sample *a, const rxt_sample *b)
{
    return same_figure(a->median, b->median) && same_figure(a->low, b->low) &&
           same_figure(a->high, b->high);
}

static void compare_row(const rxt_row *a, const rxt_row *b)
{
    CU_ASSERT_STRING_EQUAL(a->kernel, b->kernel);
    CU_ASSERT_STRING_EQUAL(a->team, b->team);
    CU_ASSERT_STRING_EQUAL(a->combine, b->combine);
    CU_ASSERT_STRING_EQUAL(a->sync, b->sync);
    CU_ASSERT_STRING_EQUAL(a->bind, b->bind);
    CU_ASSERT_STRING_EQUAL(a->level, b->level);
    CU_ASSERT_STRING_EQUAL(a->placement, b->placement);
    CU_ASSERT_STRING_EQUAL(a->note, b->note);
    CU_ASSERT_EQUAL(a->n, b->n);
    CU_ASSERT_EQUAL(a->calls, b->calls);
    CU_ASSERT_EQUAL(a->rounds, b->rounds);
    CU_ASSERT_EQUAL(a->verified, b->verified);
    CU_ASSERT_EQUAL(a->consistent, b->consistent);
    CU_ASSERT_TRUE(rxt_split_equal(a->split, b->split));
    CU_ASSERT_TRUE(rxt_split_equal(a->baseline, b->baseline));
    CU_ASSERT_TRUE(same_sample(&a->time, &b->time));
    CU_ASSERT_TRUE(same_figure(a->time.min, b->time.min));
    CU_ASSERT_TRUE(same_figure(a->time.q3, b->time.q3));
    CU_ASSERT_TRUE(same_sample(&a->speedup, &b->speedup));
    CU_ASSERT_TRUE(same_figure(a->efficiency, b->efficiency));
    CU_ASSERT_TRUE(same_figure(a->error, b->error));
    CU_ASSERT_EQUAL(a->result.value, b->result.value);
    CU_ASSERT_EQUAL(a->result.index, b->result.index);
}

static rxt_study_reader *read_whole(const char *text)
{
    rxt_study_reader *reader = NULL;
    rxt_status st = rxt_study_reader_read("a.json", text, strlen(text), &reader);

    if (st)
        fprintf(stderr, "%s\n", st->text);
    CU_ASSERT_PTR_NULL_FATAL(st);
    return reader;
}

static void what_was_written_comes_back(void)
{
    planted p;
    char *text;
    rxt_study_reader *a;

    plant(&p);
    make_wrong(&p.row[2]);
    p.row[2].result.index = 7;
    p.row[1].sync = "visit";
    text = json_of(story_of(&p.story, &p.rows));
    a = read_whole(text);
    CU_ASSERT_EQUAL_FATAL(a->rows.count, 3);
    CU_ASSERT_TRUE(a->samples);
    CU_ASSERT_FALSE(a->rows.stopped);
    CU_ASSERT_STRING_EQUAL(a->created, "2026-11-24T13:42:00Z");
    CU_ASSERT_STRING_EQUAL(a->rows.program, "dotbench");
    CU_ASSERT_STRING_EQUAL(a->rows.host, "n1, unknown CPU");
    CU_ASSERT_STRING_EQUAL(a->rows.command, "./dotbench -n 10M");
    CU_ASSERT_STRING_EQUAL(rxt_study_reader_host(a, "openmp"), "OMP");
    CU_ASSERT_PTR_NULL(rxt_study_reader_host(a, "nodes"));
    CU_ASSERT_EQUAL(a->rows.rounds, ROUNDS);
    for (int i = 0; i < 3; i++) {
        compare_row(&p.row[i], &a->rows.row[i]);
        for (int r = 0; r < ROUNDS; r++)
            CU_ASSERT_TRUE(i == 2 ? isnan(a->rows.row[i].seconds[r])
                                  : same_figure(a->rows.row[i].seconds[r], p.seconds[i][r]));
    }
    rxt_study_reader_close(a);
    free(text);
}

/* The text with a byte order mark in front and, for CSV, CRLF at the ends of lines. */
static char *foreign(const char *text, bool crlf)
{
    char *other = malloc(2 * strlen(text) + 4), *to = other;

    to += sprintf(to, "\xef\xbb\xbf");
    for (; *text; *to++ = *text++)
        if (crlf && *text == '\n')
            *to++ = '\r';
    *to = '\0';
    return other;
}

static void what_windows_makes_of_a_file_is_read(void)
{
    char *text[] = { planted_json(), planted_csv() };

    for (int t = 0; t < 2; t++) {
        char *other = foreign(text[t], t == 1);
        rxt_study_reader *a = read_whole(text[t]), *b = read_whole(other);

        CU_ASSERT_EQUAL_FATAL(a->rows.count, b->rows.count);
        for (int r = 0; r < a->rows.count; r++)
            compare_row(&a->rows.row[r], &b->rows.row[r]);
        rxt_study_reader_close(a);
        rxt_study_reader_close(b);
        free(other);
        free(text[t]);
    }
}

static void csv_comes_back_without_samples(void)
{
    planted p;
    char *text;
    rxt_study_reader *a;

    plant(&p);
    snprintf(p.row[1].note, sizeof p.row[1].note, "odd, \"quoted\" and\nbroken");
    p.rows.stopped = true;
    text = csv_of(&p.rows);
    a = read_whole(text);
    CU_ASSERT_EQUAL_FATAL(a->rows.count, 3);
    CU_ASSERT_FALSE(a->samples);
    CU_ASSERT_TRUE(a->rows.stopped);
    CU_ASSERT_STRING_EQUAL(a->rows.row[1].note, "stopped; odd, \"quoted\" and\nbroken");
    for (int i = 0; i < 3; i++) {
        snprintf(p.row[i].note, sizeof p.row[i].note, "%s", a->rows.row[i].note);
        compare_row(&p.row[i], &a->rows.row[i]);
    }
    rxt_study_reader_close(a);
    free(text);
}

static void a_study_that_was_stopped_before_it_began_has_no_rows(void)
{
    rxt_rows rows = rows_of(NULL, 0);
    story s;
    char *text;
    rxt_study_reader *a;

    rows.stopped = true;
    text = json_of(story_of(&s, &rows));
    a = read_whole(text);
    CU_ASSERT_EQUAL(a->rows.count, 0);
    CU_ASSERT_TRUE(a->rows.stopped);
    rxt_study_reader_close(a);
    free(text);
}

static void every_column_of_a_row_is_read(void)
{
    char header[2000], *text = planted_csv(), *end = strchr(text, '\n');
    int count;
    const rxt_column *column = rxt_columns_of(false, &count);

    for (int c = 0; c < count; c++) {
        char *at = strstr(text, column[c].name), letter;
        rxt_study_reader *a = NULL;
        rxt_status st;

        while (at && at < end &&
               !((at == text || at[-1] == ',') && strchr(",\n", at[strlen(column[c].name)])))
            at = strstr(at + 1, column[c].name);
        CU_ASSERT_FATAL(at && at < end);
        letter = *at;
        *at = 'X';
        st = rxt_study_reader_read("a.csv", text, strlen(text), &a);
        snprintf(header, sizeof header, "a column %s", column[c].name);
        CU_ASSERT_EQUAL(st != NULL, !column[c].later);
        if (st)
            CU_ASSERT_TRUE(says(st->text, header));
        if (!st && !strcmp(column[c].name, "sync")) /* older files have no such column */
            CU_ASSERT_TRUE(a->rows.count == 3 && !a->rows.row[0].sync);
        rxt_study_reader_close(a);
        rxt_status_free(st);
        *at = letter;
    }
    free(text);
}

/* ---- refused files ---- */

/* Expects that the text is refused with `words` after `from` is replaced by `to`, at the first
 * place after `behind` where `from` stands. */
static void refused(const char *text, const char *behind, const char *from, const char *to,
                    const char *words)
{
    const char *at = strstr(text, behind);
    char *changed = NULL;
    rxt_study_reader *reader = NULL;
    rxt_status st;

    at = at ? strstr(at, from) : NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    CU_ASSERT_FATAL(asprintf(&changed, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) >
                    0);
    st = rxt_study_reader_read("a.json", changed, strlen(changed), &reader);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    if (!st || !says(st->text, words))
        fprintf(stderr, "%s -> %s: %s, not %s\n", from, to, st ? st->text : "taken", words);
    CU_ASSERT_TRUE(st && says(st->text, words) && !strncmp(st->text, "a.json: ", 8));
    CU_ASSERT_PTR_NULL(reader);
    rxt_status_free(st);
    rxt_study_reader_close(reader);
    free(changed);
}

static void values_that_no_study_has_are_refused(void)
{
    static const struct {
        const char *behind, *from, *to, *words;
    } bad[] = {
        { "", "rxt-study-1", "rxt-study-2", "schema rxt-study-2; this program reads rxt-study-1" },
        { "", "\"schema\"", "\"scheme\"", "names no schema" },
        { "", "\"complete\"", "\"done\"", "status is neither" },
        { "", "\"created\"", "\"made\"", "created, program or version" },
        { "", "\"names\"", "\"name\"", "host has no list of nodes" },
        { "", "\"rows\": [", "\"rows\": 1, \"r\": [", "rows are missing" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": -1", "row 1: n is -1; it must be from 0" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": 1.5",
          "row 1: n is 1.5; it must be a whole number" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": \"x\"", "row 1: n is of the wrong type (number" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": []", "row 1: n is not a single value" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": null", "row 1: n is missing" },
        { "\"rows\"", "\"n\": 10000000", "\"m\": 1", "row 1: n is missing" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": 99999999999999999999", "not a study file (line" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": NaN", "not a study file (line" },
        { "\"rows\"", "\"n\": 10000000", "\"n\": 1, \"n\": 1", "not a study file (line" },
        { "\"rows\"", "\"time_median\": ", "\"time_median\": -", "row 1: time_median is -" },
        { "\"rows\"", "\"time_median\": ", "\"time_median\": 1", "do not ascend" },
        { "\"rows\"", "\"time_low\": 0", "\"time_low\": 9", "not an interval around time_median" },
        { "\"threads\": 2", "\"speedup_high\": 2", "\"speedup_high\": 1",
          "not an interval around" },
        { "\"rows\"", "\"kernel\": \"dot\"", "\"kernel\": \"a\\nb\"", "kernel is not a name" },
        { "\"rows\"", "\"kernel\": \"dot\"", "\"kernel\": \"\"", "kernel is not a name" },
        { "\"rows\"", "\"kernel\": \"dot\"", "\"kernel\": true",
          "kernel is of the wrong type (text" },
        { "\"rows\"", "\"type\": \"f64\"", "\"type\": \"f16\"",
          "row 1: type has the unknown value \"f16\"" },
        { "\"rows\"", "\"type\": \"f64\"", "\"type\": \"f32\"", "row 2: has another type" },
        { "\"rows\"", "\"nodes\": 1", "\"nodes\": 0", "row 1: nodes is 0" },
        { "\"threads\": 2", "\"workers\": 2", "\"workers\": 3", "row 2: workers is 3" },
        { "\"rows\"", "\"nodes\": 1", "\"nodes\": 2", "1 ranks cannot be divided evenly among 2" },
        { "\"rows\"", "\"1x1\"", "\"1-1\"", "baseline is \"1-1\"" },
        { "\"rows\"", "\"1x1\"", "\"1x1@\"", "baseline is \"1x1@\"" },
        { "\"rows\"", "\"1x1\"", "\"1x99999999999\"", "baseline is" },
        { "\"rows\"", "\"0x1.", "\"1 2 0x1.", "result is \"1 2" },
        { "\"rows\"", "\"verified\": true", "\"verified\": 1",
          "verified is of the wrong type (true or false" },
        { "\"rows\"", "\"verified\": true", "\"verified\": \"yes\"", "true, false or consistent" },
        { "\"rows\"", "\"verified\": true", "\"verified\": false",
          "has times, but its result is not verified" },
        { "\"rows\"", "\"verified\": true", "\"verified\": null",
          "has times, but its result is not verified" },
        { "\"rows\"", "\"rounds\": ", "\"rounds\": 1", "has 10 samples, but rounds is 110" },
        { "\"rows\"", "[[0, ", "[[-1, ", "row 1: sample 1 is not" },
        { "\"rows\"", "[[0, ", "[[1, ", "row 1: sample 2 is not" },
        { "\"rows\"", "[[0, ", "[[0, -", "row 1: sample 1 is not" },
        { "\"rows\"", "[[0, ", "[[0, 9, ", "row 1: sample 1 is not" },
        { "\"rows\"", "[[0, ", "[0, [0, ", "has 11 samples" },
        { "\"rows\"", "[11, ", "[100000000, ", "more than this program reads" },
        { "\"rows\"", "\"ranks\": 1, \"threads\": 1, \"workers\": 1",
          "\"ranks\": 1, \"threads\": 3, \"workers\": 3", "its baseline, 1×1, is not among" },
        { "\"rows\"", "\"team\": \"-\"", "\"team\": \"forkjoin\"", "its baseline, 1×1, is not" },
        { "\"threads\": 2", "\"ranks\": 2, \"threads\": 1", "\"ranks\": 1, \"threads\": 2",
          "duplicate row: dot, n = 10M, 1×2" },
    };
    char *text = planted_json();

    for (size_t b = 0; b < sizeof bad / sizeof bad[0]; b++)
        refused(text, bad[b].behind, bad[b].from, bad[b].to, bad[b].words);
    free(text);
}

static void medians_must_be_those_of_the_samples(void)
{
    planted p;
    char *text;

    plant(&p);
    p.row[1].seconds[0] *= 5;
    p.row[1].seconds[3] *= 5;
    text = json_of(story_of(&p.story, &p.rows));
    refused(text, "", "x", "x", "row 2: time_median is ");
    free(text);
    plant(&p);
    p.row[2].speedup.median *= 1.0001;
    p.row[2].speedup.high *= 1.01;
    text = json_of(story_of(&p.story, &p.rows));
    refused(text, "", "x", "x", "row 3: speedup is ");
    free(text);
}

static void a_file_cut_off_anywhere_is_refused(void)
{
    char *texts[] = { planted_json(), planted_csv() };

    for (int t = 0; t < 2; t++) {
        size_t size = strlen(texts[t]);

        while (size > 0 && strchr("\n}", texts[t][size - 1])) /* the end of a complete file */
            size--;
        for (size_t cut = t == 0 ? size : size + 1; cut-- > 0;) {
            bool between = t == 1 && cut > 0 && texts[t][cut - 1] == '\n';
            rxt_study_reader *reader = NULL;
            rxt_status st;

            if (between) /* cut between rows: the reader cannot notice it */
                continue;
            st = rxt_study_reader_read("a", texts[t], cut, &reader);
            CU_ASSERT_EQUAL_FATAL(rxt_status_code(st), RXT_USAGE);
            CU_ASSERT_PTR_NULL(strchr(st->text, '\n'));
            if (t == 0 && cut > 0)
                CU_ASSERT_PTR_NOT_NULL(strstr(st->text, "is cut off"));
            rxt_status_free(st);
        }
        free(texts[t]);
    }
}

static void what_is_no_study_at_all_is_refused(void)
{
    static const char *const bad[] = { "",     " \n",        "{}",    "[]",     "{\"schema\": 1}",
                                       "true", "a,b\n1,2\n", "\"a\n", "\xff\n", "{\"a\": \"\xff\"}",
                                       ",,,,", "\n\n" };
    char deep[10000];

    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"a\":", 5);
    for (size_t b = 0; b <= sizeof bad / sizeof bad[0]; b++) {
        bool last = b == sizeof bad / sizeof bad[0];
        rxt_study_reader *reader = NULL;
        rxt_status st = rxt_study_reader_read("a", last ? deep : bad[b],
                                              last ? sizeof deep : strlen(bad[b]), &reader);

        CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
        rxt_status_free(st);
        rxt_study_reader_close(reader);
    }
}

static void files_that_cannot_be_read_are_refused(void)
{
    static const char *const path[] = { "/nowhere/a.json", "/", "" };

    for (size_t p = 0; p < sizeof path / sizeof path[0]; p++) {
        rxt_study_reader *reader = NULL;
        rxt_status st = rxt_study_reader_open(path[p], &reader);

        CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
        CU_ASSERT_TRUE(st && says(st->text, "cannot be "));
        rxt_status_free(st);
    }
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "what Windows makes of a file is read", what_windows_makes_of_a_file_is_read },
        { "what was written comes back", what_was_written_comes_back },
        { "csv comes back without samples", csv_comes_back_without_samples },
        { "no rows", a_study_that_was_stopped_before_it_began_has_no_rows },
        { "every column is read", every_column_of_a_row_is_read },
        { "values that no study has", values_that_no_study_has_are_refused },
        { "medians are the samples'", medians_must_be_those_of_the_samples },
        { "cut off anywhere", a_file_cut_off_anywhere_is_refused },
        { "no study at all", what_is_no_study_at_all_is_refused },
        { "files that cannot be read", files_that_cannot_be_read_are_refused },
        CU_TEST_INFO_NULL,
    };

    return suite_run("archive", tests);
}
