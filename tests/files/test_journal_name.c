/* test_journal_name.c - the name of a study's journal, and what happens to a journal that exists.
 */
#include "journals.h"

static void older_ones_with_visits_are_set_aside(void)
{
    static const char *const ends[] = { "", ".old", ".old2" };
    char aside[RXT_JOURNAL_NAME], name[100];
    rxt_journal *journal;

    remove_all();
    make(0);
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        CU_ASSERT_PTR_NULL_FATAL(create(&journal, aside));
        CU_ASSERT_STRING_EQUAL(aside, i ? name : "");
        rxt_journal_remove(journal);
        rxt_journal_close(journal);
        CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0);
        if (i)
            CU_ASSERT_EQUAL(access(name, F_OK), 0);
        make(1);
    }
    remove_all();
}

/* A study that is saved by a link's name goes to the link's target, so both names must have the
 * same journal. */
static void a_link_and_where_it_leads_have_one_journal(void)
{
    char link[64], link_of_link[64], aside[RXT_JOURNAL_NAME];
    rxt_journal_contents c;
    rxt_journal *journal;
    struct json_t *head;

    remove_all();
    snprintf(link, sizeof link, "%s/link.json", folder);
    snprintf(link_of_link, sizeof link_of_link, "%s/again.json", folder);
    CU_ASSERT_EQUAL_FATAL(symlink("study.json", link), 0); /* study.json does not exist yet */
    CU_ASSERT_EQUAL_FATAL(symlink(link, link_of_link), 0);
    CU_ASSERT_PTR_NULL_FATAL(create(&journal, aside));
    CU_ASSERT_TRUE(rxt_journal_held(link));
    CU_ASSERT_TRUE(rxt_journal_held(link_of_link));
    rxt_journal_close(journal);
    CU_ASSERT_PTR_NULL(rxt_journal_head(link, &head));
    CU_ASSERT_PTR_NOT_NULL(head);
    json_decref(head);
    CU_ASSERT_PTR_NULL(rxt_journal_open(link_of_link, &journal, &c));
    CU_ASSERT_PTR_NOT_NULL(journal);
    rxt_journal_free(&c);
    rxt_journal_close(journal);
    unlink(link_of_link);
    unlink(link);
    remove_all();
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "older ones with visits are set aside", older_ones_with_visits_are_set_aside },
        { "a link and where it leads have one journal",
          a_link_and_where_it_leads_have_one_journal },
        CU_TEST_INFO_NULL,
    };

    return in_a_folder("journal_name", tests);
}
