/* test_settings_json.c - settings in the JSON of a study file. */
#include "settings_lines.h"

#include <jansson.h>

#include "comm/comm.h"

#include "suite.h"

static char *text_of(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);

    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    json_decref(value);
    return text;
}

/* The settings of a command line, with two sizes resolved. */
static char *all(const char *line)
{
    const ptrdiff_t n[] = { 1000, 16384 };
    rxt_settings s = good(line);

    return text_of(rxt_settings_json(&s, 2, n));
}

static char *measured(const char *line)
{
    rxt_settings s = good(line);

    return text_of(rxt_settings_measured_json(&s, 0, NULL));
}

/* Expects that the text is: `before`, the combine of this build (the name of RXT_COMBINE_MPI),
 * `after`. */
static void combines_between(const char *before, const char *after, const char *text)
{
    char expected[2000];

    snprintf(expected, sizeof expected, "%s\"combine\":[\"%s\"]%s", before,
             rxt_combine_name(RXT_COMBINE_MPI), after);
    CU_ASSERT_STRING_EQUAL(text, expected);
}

static void the_defaults_are_written_out(void)
{
    char *text = all("");

    combines_between(
        "{\"kernel\":[\"dot\"],\"size\":[\"1k\",\"100k\",\"10M\"],\"n\":[1000,16384],\"break_"
        "even\":false,"
        "\"splits\":null,\"ranks\":null,\"threads\":null,\"nodes\":null,\"ranks_per_node\":null,"
        "\"baseline\":\"1x1\",\"scaling\":"
        "\"strong\","
        "\"type\":\"f64\",\"team\":[\"forkjoin\"],",
        ",\"sync\":\"call\",\"bind\":[\"hybrid\"]"
        ",\"cpus\":null,\"cores\":null,\"smt\":false,\"oversubscribe\":false,\"x\":null,\"y\":null,"
        "\"seed\":1,\"pages\":\"auto\","
        "\"precision\":0.01,\"rounds_min\":10,\"rounds_max\":1000,\"epochs\":8,\"budget\":30.0,"
        "\"budget_given\":false}",
        text);
    free(text);
}

static void whatever_was_asked_is_there(void)
{
    char *text =
        all("-k sum,dot -n 1k,L2 -p grid,2x3,4x1@2 -r 1,2 -t 4 --bind=close,spread --cpus=0-3,7 "
            "--cores=2 --smt --oversubscribe --seed=7 --sync=visit --precision=0.5 --rounds=3:8 "
            "--budget=2m --pages=huge --epochs=1 --scaling=weak --baseline=2x1@1 -N 1,3");

    combines_between(
        "{\"kernel\":[\"sum\",\"dot\"],\"size\":[\"1k\",\"L2\"],\"n\":[1000,16384],"
        "\"break_even\":false,"
        "\"splits\":[\"grid\",\"2x3\",\"4x1@2\"],\"ranks\":[1,2],\"threads\":[4],"
        "\"nodes\":[1,3],\"ranks_per_node\":null,\"baseline\":\"2x1@1\",\"scaling\":\"weak\","
        "\"type\":\"f64\",\"team\":[\"forkjoin\"],",
        ",\"sync\":\"visit\",\"bind\":[\"close\",\"spread\"],\"cpus\":\"0-3,7\","
        "\"cores\":2,\"smt\":true,\"oversubscribe\":true,\"x\":null,\"y\":null,\"seed\":7,"
        "\"pages\":\"huge\","
        "\"precision\":0.0050000000000000001,\"rounds_min\":3,\"rounds_max\":8,\"epochs\":1,"
        "\"budget\":120.0,\"budget_given\":true}",
        text);
    free(text);
}

static void sizes_not_resolved_are_null(void)
{
    char *text = measured("-n L2");

    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"size\":[\"L2\"],\"n\":null"));
    free(text);
}

static void own_operands_are_named_and_once_read_told_apart(void)
{
    const rxt_operands operands = { .file = { { .header = { .type = ">f4" } } },
                                    .digest = { 0xab } };
    rxt_settings s = good("");
    char *text;

    s.own[0] = "a.npy";
    s.sizes = 0;
    text = text_of(rxt_settings_measured_json(&s, 0, NULL));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"size\":null"));
    CU_ASSERT_PTR_NOT_NULL(
        strstr(text, "\"x\":{\"file\":\"a.npy\",\"type\":null,\"digest\":null},\"y\":null"));
    free(text);
    s.operands = &operands;
    text = text_of(rxt_settings_measured_json(&s, 0, NULL));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\"x\":{\"file\":\"a.npy\",\"type\":\">f4\","
                                        "\"digest\":\"00000000000000ab\"},\"y\":null"));
    free(text);
}

static void a_seed_beyond_a_double_is_a_text(void)
{
    char *least = measured("--seed=9007199254740992"),
         *most = measured("--seed=18446744073709551615");

    CU_ASSERT_PTR_NOT_NULL(strstr(least, "\"seed\":9007199254740992,"));
    CU_ASSERT_PTR_NOT_NULL(strstr(most, "\"seed\":\"18446744073709551615\","));
    free(least);
    free(most);
}

/* These options may differ when a study is resumed. */
static void when_to_stop_and_how_to_print_do_not_matter(void)
{
    char *one = measured("-n 1k -o a.csv"),
         *two = measured("-n 1k --rounds=3:4 --precision=2 --budget=1h --format=csv -qv -o b.csv");

    CU_ASSERT_STRING_EQUAL(one, two);
    free(one);
    free(two);
}

/* Each of these options, alone, must change the settings that a resumed study must match. */
static void what_is_measured_matters(void)
{
    static const char *const lines[] = {
        "-k sum",
        "-n 2k",
        "-p grid",
        "-p 1x1",
        "-r 2",
        "-t 2",
        "--bind=close",
        "--cpus=0,1,3",
        "--smt",
        "--cores=1",
        "--oversubscribe",
        "--seed=2",
        "--scaling=weak",
        "--baseline=2x1",
        "-N 1",
        "--ranks-per-node=1",
    };
    char *usual = measured("");

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char *other = measured(lines[i]);

        CU_ASSERT_STRING_NOT_EQUAL(usual, other);
        free(other);
    }
    free(usual);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "defaults", the_defaults_are_written_out },
        { "all that was asked", whatever_was_asked_is_there },
        { "not resolved", sizes_not_resolved_are_null },
        { "own operands", own_operands_are_named_and_once_read_told_apart },
        { "large seeds", a_seed_beyond_a_double_is_a_text },
        { "stopping and printing", when_to_stop_and_how_to_print_do_not_matter },
        { "what is measured", what_is_measured_matters },
        CU_TEST_INFO_NULL,
    };

    return suite_run("settings as JSON", tests);
}
