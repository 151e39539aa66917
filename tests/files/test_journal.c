/* test_journal.c - visits are written to disk and read back unchanged; a damaged visit is not
 * read. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "journals.h"

enum { BYTES = 1 << 16 };

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a >= b && a <= b);
}

static bool same_figures(const rxt_visit_figures *a, const rxt_visit_figures *b)
{
    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        if (!same(a->of[f], b->of[f]))
            return false;
    return true;
}

static bool equal(const rxt_journal_visit *a, const rxt_journal_visit *b)
{
    return same_figures(&a->figures, &b->figures) && a->cell == b->cell && a->round == b->round &&
           a->calls == b->calls && same(a->seconds, b->seconds) && same(a->cost, b->cost) &&
           same(a->result.value, b->result.value) && a->result.index == b->result.index &&
           same(a->error, b->error) && a->right == b->right && a->astray == b->astray &&
           a->refused == b->refused && a->workers == b->workers &&
           !memcmp(a->seen, b->seen, sizeof cpus);
}

static size_t bytes_of(char bytes[BYTES])
{
    FILE *from = fopen(path, "rb");
    size_t size;

    CU_ASSERT_PTR_NOT_NULL_FATAL(from);
    size = fread(bytes, 1, BYTES, from);
    fclose(from);
    return size;
}

static void put(const char *bytes, size_t size)
{
    FILE *to = fopen(path, "wb");

    CU_ASSERT_PTR_NOT_NULL_FATAL(to);
    fwrite(bytes, 1, size, to);
    fclose(to);
}

static rxt_journal_contents contents_of(const char *bytes, size_t size)
{
    rxt_journal_contents contents;

    CU_ASSERT_PTR_NULL_FATAL(rxt_journal_read(bytes, size, &contents));
    return contents;
}

static void visits_come_back_bit_by_bit(void)
{
    char bytes[BYTES];
    rxt_journal_contents c;

    make(5);
    c = contents_of(bytes, bytes_of(bytes));
    CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(c.head, "created")), "today");
    CU_ASSERT_EQUAL_FATAL(c.visits, 5);
    CU_ASSERT_EQUAL(c.jobs, 1);
    CU_ASSERT_EQUAL(c.damaged, 0);
    for (int v = 0; v < 5; v++) {
        rxt_journal_visit visit = visit_of(v - 1);
        CU_ASSERT_TRUE(equal(&c.visit[v], &visit));
    }
    rxt_journal_free(&c);
}

/* The contents of a journal into which one visit was written. */
static rxt_journal_contents kept(const rxt_journal_visit *visit)
{
    rxt_journal *journal;
    char aside[RXT_JOURNAL_NAME], bytes[BYTES];
    rxt_journal_contents c;

    CU_ASSERT_PTR_NULL_FATAL(create(&journal, aside));
    rxt_journal_write(journal, visit);
    rxt_journal_close(journal);
    c = contents_of(bytes, bytes_of(bytes));
    CU_ASSERT_EQUAL_FATAL(c.visits, 1);
    return c;
}

static void a_wrong_result_without_a_distance_stays_wrong(void)
{
    rxt_journal_visit visit = visit_of(0);
    rxt_journal_contents c;

    visit.right = false;
    visit.seconds = NAN;
    visit.error = INFINITY;
    visit.result.value = NAN;
    c = kept(&visit);
    CU_ASSERT_TRUE(isinf(c.visit[0].error) && !c.visit[0].right);
    rxt_journal_free(&c);
}

/* If a kernel has no proof, results of the next job must agree with those in the journal. So the
 * journal must keep them, too, if they are infinite or NaN. */
static void a_result_may_be_infinite_or_nan(void)
{
    const double value[] = { INFINITY, -(double)INFINITY, NAN };

    for (int v = 0; v < 3; v++) {
        rxt_journal_visit visit = visit_of(0);
        rxt_journal_contents c;

        visit.result.value = value[v];
        c = kept(&visit);
        CU_ASSERT_TRUE(equal(&c.visit[0], &visit));
        rxt_journal_free(&c);
    }
}

static void a_journal_cut_anywhere_keeps_every_line_before(void)
{
    char bytes[BYTES];
    size_t size;

    make(4);
    size = bytes_of(bytes);
    for (size_t cut = 0; cut <= size; cut++) {
        rxt_journal_contents c = contents_of(bytes, cut);
        int lines = 0;

        for (size_t i = 0; i < cut; i++)
            lines += bytes[i] == '\n';
        CU_ASSERT_EQUAL(c.visits, lines > 0 ? lines - 1 : 0);
        CU_ASSERT_EQUAL(c.damaged, 0);
        CU_ASSERT_TRUE(c.sound == 0 || bytes[c.sound - 1] == '\n');
        rxt_journal_free(&c);
    }
}

/* Every byte of a file counts: if a bit flips, its line is not read, and the damage is reported.
 * Exception: a flipped bit in the last byte makes the last line look cut short, which is no
 * damage. */
static void a_flipped_bit_is_seen(void)
{
    char bytes[BYTES];
    size_t size, line = 1;

    make(3);
    size = bytes_of(bytes);
    for (size_t i = 0; i < size; line += bytes[i] == '\n', i++) {
        rxt_journal_contents c;

        bytes[i] = (char)(bytes[i] ^ 4);
        c = contents_of(bytes, size);
        CU_ASSERT_EQUAL(c.damaged, i < size - 1 ? (int)line : 0);
        CU_ASSERT(c.visits <= 2 || line == 1);
        rxt_journal_free(&c);
        bytes[i] = (char)(bytes[i] ^ 4);
    }
}

static void what_cannot_have_been_measured_is_not_taken(void)
{
    char bytes[BYTES];

    for (int fault = 0; fault < 7; fault++) {
        rxt_journal_visit visit = visit_of(fault == 6 ? -1 : 0);
        rxt_journal_contents c;
        rxt_journal *journal;
        char aside[RXT_JOURNAL_NAME];

        visit.seconds = fault == 0 ? -1 : fault == 1 ? 0 : fault == 2 ? (double)NAN : 1;
        visit.error = fault == 3 ? 5 : fault == 4 ? (double)NAN : 0;
        visit.calls = fault == 5 ? 0 : 1;
        CU_ASSERT_PTR_NULL_FATAL(create(&journal, aside));
        rxt_journal_write(journal, &visit);
        rxt_journal_close(journal);
        c = contents_of(bytes, bytes_of(bytes));
        CU_ASSERT_EQUAL(c.visits, 0);
        CU_ASSERT_EQUAL(c.damaged, 2);
        rxt_journal_free(&c);
    }
}

static void lines_behind_a_damaged_one_are_read_and_force_accepts_it(void)
{
    char bytes[BYTES] = "";
    rxt_journal_contents c;
    rxt_journal *journal;

    make(4);
    bytes_of(bytes);
    *strstr(strchr(bytes, '\n'), "cell") = 'C';
    put(bytes, strlen(bytes));
    CU_ASSERT_PTR_NULL_FATAL(rxt_journal_open(file, &journal, &c));
    CU_ASSERT_EQUAL(c.damaged, 2);
    CU_ASSERT_EQUAL(c.visits, 3);
    CU_ASSERT_PTR_NULL(rxt_journal_go_on(journal, &c, true));
    rxt_journal_free(&c);
    rxt_journal_close(journal);
    c = contents_of(bytes, bytes_of(bytes));
    CU_ASSERT_EQUAL(c.damaged, 0);
    CU_ASSERT_EQUAL(c.visits, 3);
    CU_ASSERT_TRUE(c.forced);
    rxt_journal_free(&c);
}

static void what_is_no_record_is_not_taken(void)
{
    static const char *const lines[] = {
        "",
        "\n",
        "hello\n",
        "00000000 \n",
        "00000000 {}\n",
        "zzzzzzzz {}\n",
        "84b12bae 5\n" /* the checksum is right, but the value is no object */,
        "4c2f32b8 [1]\n",
    };

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        rxt_journal_contents c = contents_of(lines[i], strlen(lines[i]));
        CU_ASSERT_PTR_NULL(c.head);
        CU_ASSERT_EQUAL(c.sound, 0);
        rxt_journal_free(&c);
    }
}

static void another_job_goes_on_behind_the_sound_lines(void)
{
    char bytes[BYTES];
    rxt_journal_contents c;
    rxt_journal *journal;
    rxt_journal_visit visit = visit_of(9);

    make(2);
    put(bytes, bytes_of(bytes) - 10); /* the second visit is cut short */
    CU_ASSERT_PTR_NULL_FATAL(rxt_journal_open(file, &journal, &c));
    CU_ASSERT_PTR_NOT_NULL_FATAL(journal);
    CU_ASSERT_EQUAL(c.visits, 1);
    CU_ASSERT_PTR_NULL(rxt_journal_go_on(journal, &c, true));
    rxt_journal_free(&c);
    rxt_journal_write(journal, &visit);
    rxt_journal_close(journal);
    c = contents_of(bytes, bytes_of(bytes));
    CU_ASSERT_EQUAL_FATAL(c.visits, 2);
    CU_ASSERT_EQUAL(c.jobs, 2);
    CU_ASSERT_TRUE(c.forced);
    CU_ASSERT_TRUE(equal(&c.visit[1], &visit));
    rxt_journal_free(&c);
}

static void refused(const char *words)
{
    char before[BYTES], after[BYTES];
    size_t size = bytes_of(before);
    rxt_journal_contents c;
    rxt_journal *journal;
    char aside[RXT_JOURNAL_NAME];
    rxt_status st = rxt_journal_open(file, &journal, &c);

    CU_ASSERT_PTR_NOT_NULL_FATAL(st);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(st->text, words));
    CU_ASSERT_PTR_NULL(journal);
    rxt_status_free(st);
    st = create(&journal, aside);
    CU_ASSERT_PTR_NOT_NULL(st);
    rxt_status_free(st);
    CU_ASSERT_EQUAL(bytes_of(after), size);
    CU_ASSERT_TRUE(!memcmp(before, after, size));
}

static void what_is_no_journal_is_refused_and_left_alone(void)
{
    put("my own notes\n", 13);
    refused("not the journal");
    put("my own notes", 12);
    refused("not the journal");
    put("4dac11d7 {\"schema\":\"rxt-journal-9\"}\n", 36);
    refused("another version");
}

static void an_empty_one_is_none(void)
{
    rxt_journal_contents c;
    rxt_journal *journal;

    put("", 0);
    CU_ASSERT_PTR_NULL(rxt_journal_open(file, &journal, &c));
    CU_ASSERT_PTR_NULL(journal);
    unlink(path);
    CU_ASSERT_PTR_NULL(rxt_journal_open(file, &journal, &c));
    CU_ASSERT_PTR_NULL(journal);
}

static void a_fifo_or_folder_is_refused_at_once(void)
{
    rxt_journal_contents c;
    rxt_journal *journal;
    rxt_status st;

    unlink(path);
    CU_ASSERT_EQUAL_FATAL(mkfifo(path, 0600), 0);
    st = rxt_journal_open(file, &journal, &c);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    rxt_status_free(st);
    unlink(path);
    CU_ASSERT_EQUAL_FATAL(mkdir(path, 0700), 0);
    st = rxt_journal_open(file, &journal, &c);
    CU_ASSERT_NOT_EQUAL(rxt_status_code(st), RXT_DONE);
    rxt_status_free(st);
    rmdir(path);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "visits come back bit by bit", visits_come_back_bit_by_bit },
        { "a wrong result without a distance stays wrong",
          a_wrong_result_without_a_distance_stays_wrong },
        { "a result may be infinite or NaN", a_result_may_be_infinite_or_nan },
        { "a journal cut anywhere keeps every line before",
          a_journal_cut_anywhere_keeps_every_line_before },
        { "a flipped bit is seen", a_flipped_bit_is_seen },
        { "what cannot have been measured is not taken",
          what_cannot_have_been_measured_is_not_taken },
        { "lines behind a damaged one are read",
          lines_behind_a_damaged_one_are_read_and_force_accepts_it },
        { "what is no record is not taken", what_is_no_record_is_not_taken },
        { "another job goes on behind the sound lines",
          another_job_goes_on_behind_the_sound_lines },
        { "what is no journal is refused and left alone",
          what_is_no_journal_is_refused_and_left_alone },
        { "an empty one is none", an_empty_one_is_none },
        { "a FIFO or folder is refused at once", a_fifo_or_folder_is_refused_at_once },
        CU_TEST_INFO_NULL,
    };

    return in_a_folder("journal", tests);
}
