/* test_vocabulary.c - each set of words of options, rows and files is one table: each of its words
 * can be given as an option, is in --help, and is in the schema of study files. */
#include "settings_lines.h"

#include <stdio.h>

#include <jansson.h>

#include "suite.h"

/* CMakeLists.txt defines SCHEMA as the path of docs/study.schema.json. */

/* A set of words: the column whose words the schema lists, and the option that takes them; NULL:
 * there is none. */
static const struct use {
    const rxt_vocabulary *words;
    const char *column, *option;
    bool or_none; /* the schema's list also has "-" */
} uses[] = {
    { &rxt_team_vocabulary, "team", "--team=", true },
    { &rxt_combine_vocabulary, "combine", "--combine=", true },
    { &rxt_bind_vocabulary, "bind", "--bind=", false },
    { &rxt_type_vocabulary, "type", "--type=", false },
    { &rxt_scaling_vocabulary, "scaling", "--scaling=", false },
    { &rxt_sync_vocabulary, "sync", "--sync=", false },
    { &rxt_level_vocabulary, "level", NULL, false },
    { &rxt_level_size_vocabulary, NULL, "--size=", false },
    { &rxt_format_vocabulary, NULL, "--format=", false },
};
enum { USES = sizeof uses / sizeof uses[0] };

static void each_word_is_found_by_its_name(void)
{
    for (int u = 0; u < USES; u++) {
        const rxt_vocabulary *words = uses[u].words;

        CU_ASSERT(words->count > 1 && words->count <= RXT_WORDS);
        for (int w = 0; w < words->count; w++)
            CU_ASSERT_EQUAL(rxt_vocabulary_find(words, rxt_vocabulary_name(words, w)), w);
        CU_ASSERT_EQUAL(rxt_vocabulary_find(words, "-"), -1);
        CU_ASSERT_EQUAL(rxt_vocabulary_find(words, ""), -1);
    }
}

static void each_word_can_be_asked_for(void)
{
    char line[100];

    for (int u = 0; u < USES; u++)
        for (int w = 0; uses[u].option && w < uses[u].words->count; w++) {
            const char *word = rxt_vocabulary_name(uses[u].words, w);

            snprintf(line, sizeof line, "%s%s", uses[u].option, word);
            if (uses[u].words != &rxt_combine_vocabulary || rxt_comm_many())
                good(line);
            snprintf(line, sizeof line, "%s%snot", uses[u].option, word);
            bad(line, line, word);
        }
}

/* argp breaks lines between words, so blanks and line ends are removed before the comparison. */
static void squeeze(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
    *to = '\0';
}

static void help_tells_each_word(void)
{
    char *text = NULL, words[600];
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    rxt_settings_help(file, &preset, false);
    fclose(file);
    squeeze(text);
    for (int u = 0; u < USES; u++) {
        if (!uses[u].option)
            continue;
        squeeze(rxt_vocabulary_help(uses[u].words, words, sizeof words));
        CU_ASSERT_PTR_NOT_NULL(strstr(text, words));
    }
    free(text);
}

static void help_marks_the_default_and_is_cut(void)
{
    char text[100], brief[20];

    rxt_vocabulary_help(&rxt_type_vocabulary, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "f64 (default; double), f32 (float)");
    rxt_vocabulary_help(&rxt_type_vocabulary, brief, sizeof brief);
    CU_ASSERT_STRING_EQUAL(brief, "f64 (default; doubl");
    rxt_vocabulary_names(&rxt_type_vocabulary, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "f64, f32");
}

/* The schema's list of the words in a column of rows; the column may refer to a definition. */
static json_t *list_of(json_t *schema, const char *column)
{
    json_t *all = json_object_get(schema, "$defs"),
           *row = json_object_get(json_object_get(all, "row"), "properties"),
           *of = json_object_get(row, column), *reference = json_object_get(of, "$ref");

    if (reference)
        of = json_object_get(all, strrchr(json_string_value(reference), '/') + 1);
    return json_object_get(of, "enum");
}

static bool has(json_t *list, const char *word)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));

        if (one && !strcmp(one, word))
            return true;
    }
    return false;
}

static void the_schema_has_the_same_words(void)
{
    json_t *schema = json_load_file(SCHEMA, 0, NULL);

    CU_ASSERT_PTR_NOT_NULL_FATAL(schema);
    for (int u = 0; u < USES; u++) {
        const rxt_vocabulary *words = uses[u].words;
        json_t *list = uses[u].column ? list_of(schema, uses[u].column) : NULL;
        bool empty = words == &rxt_level_vocabulary; /* null: a cell without a level */

        if (!uses[u].column)
            continue;
        CU_ASSERT_EQUAL(json_array_size(list), (size_t)(words->count + uses[u].or_none + empty));
        CU_ASSERT_EQUAL(has(list, "-"), uses[u].or_none);
        for (int w = 0; w < words->count; w++)
            CU_ASSERT_TRUE(has(list, rxt_vocabulary_name(words, w)));
    }
    json_decref(schema);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "each word is found by its name", each_word_is_found_by_its_name },
        { "each word can be asked for", each_word_can_be_asked_for },
        { "help tells each word", help_tells_each_word },
        { "help marks the default and is cut", help_marks_the_default_and_is_cut },
        { "the schema has the same words", the_schema_has_the_same_words },
        CU_TEST_INFO_NULL,
    };

    return suite_run("vocabulary", tests);
}
