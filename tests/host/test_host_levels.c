/* test_host_levels.c - measured cache sizes: written next to those that the system reports, and
 * read back when the study is resumed. */
#include "host/host.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/journal.h"

#include "suite.h"

static char *const no_variables[] = { NULL };

static rxt_host_node node_of(const char *name)
{
    rxt_host_node node;

    memset(&node, 0, sizeof node);
    snprintf(node.name, sizeof node.name, "%s", name);
    node.l1 = 32768;
    node.l3 = node.l3_all = 508 * 0x1p20;
    node.counts[2] = node.counts[3] = 32 * 0x1p20;
    node.turbo = -1;
    return node;
}

static double at(const json_t *json, size_t node, const char *caches, const char *level)
{
    const json_t *one = json_array_get(json_object_get(json, "nodes"), node),
                 *value = json_object_get(json_object_get(one, caches), level);

    CU_ASSERT_PTR_NOT_NULL(value);
    return json_is_null(value) ? -1 : json_number_value(value);
}

static void both_sizes_are_written(void)
{
    rxt_host_node node[] = { node_of("n1") };
    rxt_host host = { .nodes = 1, .ranks = 1, .node = node };
    json_t *json = rxt_host_json(&host, no_variables);

    CU_ASSERT_EQUAL(at(json, 0, "caches", "L3"), 508 * 0x1p20);
    CU_ASSERT_EQUAL(at(json, 0, "caches_measured", "L3"), 32 * 0x1p20);
    CU_ASSERT_EQUAL(at(json, 0, "caches_measured", "last_level_all"), 32 * 0x1p20);
    CU_ASSERT_EQUAL(at(json, 0, "caches_measured", "L1"), -1);
    CU_ASSERT_TRUE(json_is_null(json_object_get(json, "ladder")));
    json_decref(json);
}

/* Measured sizes are read from a study's file, which lists equal nodes once, and from a journal. */
static void what_was_measured_is_read_back(void)
{
    rxt_host_node node[] = { node_of("n1"), node_of("n2"), node_of("n3") };
    rxt_host host = { .nodes = 3, .ranks = 3, .node = node };
    json_t *json[2];

    node[2].counts[2] = 24 * 0x1p20;
    json[0] = rxt_host_json(&host, no_variables);
    json[1] = rxt_host_identity_json(&host);
    for (int j = 0; j < 2; j++) {
        double counts[RXT_COUNTED] = { 7, 7, 7, 7 };

        CU_ASSERT_TRUE(rxt_host_counted(json[j], "n2", counts));
        CU_ASSERT(counts[0] == 0 && counts[1] == 0 && counts[2] == 32 * 0x1p20 &&
                  counts[3] == 32 * 0x1p20);
        CU_ASSERT_TRUE(rxt_host_counted(json[j], "n3", counts));
        CU_ASSERT_EQUAL(counts[2], 24 * 0x1p20);
        CU_ASSERT_FALSE(rxt_host_counted(json[j], "n4", counts));
        json_decref(json[j]);
    }
}

static void a_study_of_an_older_version_knows_nothing(void)
{
    static const char *const older[] = {
        "{}", "{\"nodes\": 3}", "{\"nodes\": [{\"names\": [\"n1\"], \"caches\": {\"L1\": 5}}]}",
        "{\"nodes\": [{\"names\": [7], \"caches_measured\": {}}]}"
    };
    double counts[RXT_COUNTED];

    for (size_t i = 0; i < sizeof older / sizeof older[0]; i++) {
        json_t *json = json_loads(older[i], 0, NULL);

        CU_ASSERT_PTR_NOT_NULL_FATAL(json);
        CU_ASSERT_FALSE(rxt_host_counted(json, "n1", counts));
        json_decref(json);
    }
    CU_ASSERT_FALSE(rxt_host_counted(NULL, "n1", counts));
    CU_ASSERT_EQUAL(rxt_host_ladder(NULL).rungs, 0);
}

static void a_ladder_comes_back_as_it_was(void)
{
    rxt_host host = { .ladder = { .rungs = 2, .rung = { { 8192, 2.5e-9 }, { 12288, 1e-7 / 3 } } } };
    json_t *json = rxt_host_ladder_json(&host);
    rxt_ladder back = rxt_host_ladder(json);

    CU_ASSERT_EQUAL(back.rungs, 2);
    for (int r = 0; r < 2; r++)
        CU_ASSERT(back.rung[r].bytes == host.ladder.rung[r].bytes &&
                  back.rung[r].seconds == host.ladder.rung[r].seconds);
    json_decref(json);
    json = json_array();
    for (int r = 0; r < 3 * RXT_RUNGS; r++)
        json_array_append_new(json, json_pack("[ff]", 1.0, 1.0));
    CU_ASSERT_EQUAL(rxt_host_ladder(json).rungs, RXT_RUNGS);
    json_decref(json);
}

/* ---- the journal's first record ---- */

static char folder[] = "/tmp/rxt-test-levels-XXXXXX", file[64], path[80];

static void put(const char *text)
{
    FILE *to = fopen(path, "w");

    CU_ASSERT_PTR_NOT_NULL_FATAL(to);
    fputs(text, to);
    fclose(to);
}

static void the_first_record_is_read_without_the_others(void)
{
    char aside[RXT_JOURNAL_NAME];
    rxt_journal *journal;
    json_t *head;

    CU_ASSERT_PTR_NULL_FATAL(
        rxt_journal_create(file, json_pack("{ss}", "created", "today"), aside, &journal));
    CU_ASSERT_PTR_NULL(rxt_journal_head(file, &head)); /* while the journal is locked */
    CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(head, "created")), "today");
    json_decref(head);
    rxt_journal_remove(journal);
    rxt_journal_close(journal);
}

static bool has_none(void)
{
    json_t *head;

    return !rxt_journal_head(file, &head) && !head;
}

static void what_is_no_journal_has_none(void)
{
    static const char *const texts[] = { "", "\n", "{}\n", "00000000 {}\n", "no journal at all\n" };

    CU_ASSERT(has_none());
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        put(texts[t]);
        CU_ASSERT(has_none());
    }
    unlink(path);
    CU_ASSERT_EQUAL_FATAL(mkfifo(path, 0600), 0);
    CU_ASSERT(has_none()); /* a FIFO: must not wait for its writer */
    unlink(path);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "both sizes are written", both_sizes_are_written },
        { "what was measured is read back", what_was_measured_is_read_back },
        { "an older version", a_study_of_an_older_version_knows_nothing },
        { "a ladder comes back", a_ladder_comes_back_as_it_was },
        { "the first record", the_first_record_is_read_without_the_others },
        { "no journal", what_is_no_journal_has_none },
        CU_TEST_INFO_NULL,
    };
    int failed;

    if (!mkdtemp(folder))
        return 1;
    snprintf(file, sizeof file, "%s/a.json", folder);
    snprintf(path, sizeof path, "%s.journal", file);
    failed = suite_run("host_levels", tests);
    rmdir(folder);
    return failed;
}
