/* test_comm.c - a process that is started alone is a world of one rank, with MPI
 * (drivers/comm/mpi*.c) and without (drivers/comm/self.c). */
#include "comm/comm.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

static void world_is(const rxt_comm *comm)
{
    CU_ASSERT_EQUAL(rxt_comm_rank(comm), 0);
    CU_ASSERT_EQUAL(rxt_comm_size(comm), 1);
    CU_ASSERT_EQUAL(rxt_comm_node(comm), 0);
    CU_ASSERT_EQUAL(rxt_comm_nodes(comm), 1);
    CU_ASSERT_EQUAL(rxt_comm_node_rank(comm), 0);
    CU_ASSERT_EQUAL(rxt_comm_node_ranks(comm), 1);
}

static void its_node_has_the_hosts_name(const rxt_comm *comm)
{
    char name[64] = "";

    gethostname(name, sizeof name - 1);
    name[strcspn(name, ".")] = '\0';
    CU_ASSERT_STRING_EQUAL(rxt_comm_node_name(comm, 0), name);
}

static void what_it_tells_itself_stays(rxt_comm *comm)
{
    double value = 0.5, partial = -3.0;
    int all[2] = { 7, 8 };

    rxt_comm_barrier(comm);
    rxt_comm_max(comm, 1, &value);
    CU_ASSERT_EQUAL(value, 0.5);
    rxt_comm_gather(comm, 2, all);
    CU_ASSERT(all[0] == 7 && all[1] == 8);
    CU_ASSERT_PTR_NULL(rxt_comm_ready(comm, RXT_COMBINE_MPI, &rxt_sum));
    rxt_comm_combine(comm, RXT_COMBINE_MPI, &rxt_sum, &partial);
    CU_ASSERT_EQUAL(partial, -3.0);
    CU_ASSERT_PTR_NULL(rxt_comm_agree(comm, RXT_OK));
}

static void a_problem_is_agreed_on(const rxt_comm *comm)
{
    rxt_status st = rxt_comm_agree(comm, rxt_status_of(RXT_USAGE, "--size=%d: too small", 3));

    CU_ASSERT_PTR_NOT_NULL_FATAL(st);
    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_STRING_EQUAL(st->text, "--size=3: too small");
    rxt_status_free(st);
}

static void alone_it_is_a_world_of_one(void)
{
    static const char order[8] = "visit 1";
    unsigned char bits[2] = { 0x81, 0 };
    rxt_comm *world = NULL, *part = NULL;

    CU_ASSERT_PTR_NULL_FATAL(rxt_comm_open(NULL, &world));
    world_is(world);
    its_node_has_the_hosts_name(world);
    what_it_tells_itself_stays(world);
    rxt_comm_node_or(world, bits, sizeof bits);
    CU_ASSERT(bits[0] == 0x81 && bits[1] == 0);
    a_problem_is_agreed_on(world);
    rxt_comm_order(world, 1, 1, order, sizeof order); /* no other rank is parked */
    CU_ASSERT_PTR_NULL_FATAL(rxt_comm_part(world, 1, 1, &part));
    CU_ASSERT_PTR_NOT_NULL_FATAL(part);
    world_is(part);
    its_node_has_the_hosts_name(part);
    what_it_tells_itself_stays(part);
    rxt_comm_close(part);
    rxt_comm_close(world);
}

static void a_comm_that_is_not_there_is_closed(void)
{
    rxt_comm_close(NULL);
}

static void it_names_its_library_and_its_transport(void)
{
    char text[64] = "";

    rxt_comm_version(text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, rxt_comm_many() ? " " : "no MPI"));
    CU_ASSERT_STRING_EQUAL(rxt_combine_name(RXT_COMBINE_MPI), rxt_comm_many() ? "mpi" : "-");
    CU_ASSERT_STRING_EQUAL(rxt_combine_name(RXT_COMBINE_WINDOW), rxt_comm_many() ? "window" : "-");
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "alone it is a world of one", alone_it_is_a_world_of_one },
        { "a comm that is not there is closed", a_comm_that_is_not_there_is_closed },
        { "it names its library and its transport", it_names_its_library_and_its_transport },
        CU_TEST_INFO_NULL,
    };

    return suite_run("comm", tests);
}
