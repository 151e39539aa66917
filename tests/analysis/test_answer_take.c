/* test_answer_take.c - how rows are grouped into answers, and what the answers are called. */
#include "plants.h"

#include "suite.h"

static void subjects_are_told_apart_by_what_differs(void)
{
    plant *p = start();

    add(p, 1, 1, 1, flat, 0)->n = 1000;
    add(p, 1, 2, 0.5, flat, 0)->n = 1000;
    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.5, flat, 0);
    add(p, 1, 1, 1, flat, 0)->bind = "none";
    add(p, 1, 2, 1.25, flat, 0)->bind = "none";
    add(p, 1, 1, 1, flat, 0)->kernel = "dot_blas";
    add(p, 1, 2, 1.75, flat, 0)->kernel = "dot_blas";
    answer(p);
    CU_ASSERT_EQUAL_FATAL(p->answers.count, 4);
    for (int i = 0; i < 4; i++) {
        CU_ASSERT_PTR_EQUAL(p->answers.answer[i].row[0], &p->row[2 * i]);
        CU_ASSERT_EQUAL(p->answers.answer[i].count, 2);
    }
    said(&p->answers.answer[0], "n = 1k, dot, bind hybrid   Nothing beats 1×1.");
    CU_ASSERT_EQUAL(p->answers.answer[2].fastest, 1);
    said(&p->answers.answer[2],
         "n = 10M, dot, bind none   1×2 is fastest: 1.25× [1.25 1.25] against 1×1.");
    said(&p->answers.answer[3],
         "n = 10M, dot_blas, bind hybrid   1×2 is fastest: 1.75× [1.75 1.75] against 1×1.");
    finish(p);
}

static void each_team_has_an_answer_and_all_the_serial_call(void)
{
    plant *p = start();
    rxt_row *row;

    add(p, 1, 1, 1, flat, 0);
    add(p, 1, 2, 1.5, flat, 0);
    add(p, 1, 4, 1.25, flat, 0);
    row = add(p, 1, 2, 1.75, flat, 0);
    row->team = "resident";
    row = add(p, 1, 4, 2, flat, 0);
    row->team = "resident";
    answer(p);
    CU_ASSERT_EQUAL_FATAL(p->answers.count, 2);
    for (int a = 0; a < 2; a++) {
        CU_ASSERT_EQUAL_FATAL(p->answers.answer[a].count, 3);
        CU_ASSERT_PTR_EQUAL(p->answers.answer[a].row[0], &p->row[0]);
        CU_ASSERT_PTR_EQUAL(p->answers.answer[a].row[1], &p->row[1 + 2 * a]);
    }
    CU_ASSERT_STRING_EQUAL(p->answers.answer[1].team, "resident");
    said(&p->answers.answer[0],
         "n = 10M, team forkjoin   1×2 is fastest: 1.50× [1.50 1.50] against 1×1.");
    said(&p->answers.answer[1],
         "n = 10M, team resident   1×4 is fastest: 2.00× [2.00 2.00] against 1×1.");
    finish(p);
}

/* The baseline is 1×4, so the serial call belongs to the answer with the first baseline row. */
static void a_serial_call_against_a_team_is_in_that_teams_answer(void)
{
    plant *p = start();

    for (int i = 0; i < 5; i++) {
        rxt_row *row = add(p, 1, i == 0 ? 1 : i % 2 ? 4 : 2, 1, flat, 0);

        row->baseline.threads = 4;
        if (i > 2)
            row->combine = "window";
    }
    answer(p);
    CU_ASSERT_EQUAL_FATAL(p->answers.count, 2);
    CU_ASSERT_EQUAL(p->answers.answer[0].count, 3);
    CU_ASSERT_EQUAL(p->answers.answer[1].count, 2);
    CU_ASSERT_PTR_EQUAL(p->answers.answer[1].row[0], &p->row[3]);
    CU_ASSERT_PTR_NOT_NULL(strstr(p->answers.answer[1].text, "n = 10M, combine window   "));
    finish(p);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "subjects are told apart by what differs", subjects_are_told_apart_by_what_differs },
        { "each team has an answer, and all the serial call",
          each_team_has_an_answer_and_all_the_serial_call },
        { "a serial call against a team is in that team's answer",
          a_serial_call_against_a_team_is_in_that_teams_answer },
        CU_TEST_INFO_NULL,
    };

    return suite_run("which rows", tests);
}
