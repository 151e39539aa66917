/* test_atomic_file.c - which file a name leads to, and whether two names lead to the same file. */
#include "base/atomic_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"

static void put(const char *name)
{
    FILE *file = fopen(name, "w");

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fclose(file);
}

static void leads(const char *path, const char *to)
{
    char target[PATH_MAX] = "";

    CU_ASSERT_TRUE(rxt_atomic_file_target(path, target));
    CU_ASSERT_STRING_EQUAL(target, to);
}

static void a_name_leads_where_its_links_do(void)
{
    char target[PATH_MAX];

    CU_ASSERT_EQUAL_FATAL(mkdir("inner", 0700), 0);
    CU_ASSERT_EQUAL_FATAL(symlink("there.json", "inner/link"), 0);
    CU_ASSERT_EQUAL_FATAL(symlink("inner/link", "link"), 0);
    CU_ASSERT_EQUAL_FATAL(symlink("ring", "ring"), 0);
    leads("none.json", "none.json");
    leads("link", "inner/there.json");
    put("inner/there.json");
    leads("link", "inner/there.json");
    leads("./inner/there.json", "./inner/there.json");
    CU_ASSERT_FALSE(rxt_atomic_file_target("ring", target));
}

static void names_of_one_file_are_the_same(void)
{
    static const char *const same[][2] = { { "one", "one" },          { "one", "./one" },
                                           { "one", "to_one" },       { "none", "to_none" },
                                           { "to_none", "inner/up" }, { "none", "inner/../none" },
                                           { "hard_link", "to_one" } };
    static const char *const apart[][2] = { { "one", "other" },       { "none", "one" },
                                            { "none", "none2" },      { "one", "ring" },
                                            { "none", "inner/none" }, { "none", "nowhere/none" } };

    put("one");
    put("other");
    CU_ASSERT_EQUAL_FATAL(symlink("one", "to_one"), 0);
    CU_ASSERT_EQUAL_FATAL(symlink("none", "to_none"), 0);
    CU_ASSERT_EQUAL_FATAL(symlink("../none", "inner/up"), 0);
    CU_ASSERT_EQUAL_FATAL(link("one", "hard_link"), 0);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        CU_ASSERT_TRUE(rxt_atomic_file_same(same[i][0], same[i][1]));
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        CU_ASSERT_FALSE(rxt_atomic_file_same(apart[i][0], apart[i][1]));
}

static void remove_all(void)
{
    static const char *const names[] = {
        "inner/link", "inner/there.json", "inner/up", "link",     "ring", "one",
        "other",      "to_one",           "to_none",  "hard_link"
    };

    for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
        unlink(names[n]);
    rmdir("inner");
}

int main(void)
{
    char folder[] = "/tmp/rxt-test-draft-XXXXXX";
    CU_TestInfo tests[] = {
        { "a name leads where its links do", a_name_leads_where_its_links_do },
        { "names of one file are the same", names_of_one_file_are_the_same },
        CU_TEST_INFO_NULL,
    };
    int failed;

    if (!mkdtemp(folder) || chdir(folder))
        return 1;
    failed = suite_run("atomic_file", tests);
    remove_all();
    if (chdir("/") || rmdir(folder))
        return 1;
    return failed;
}
