/* test_place.c - seats and kinds of cores, on synthetic topologies; binding, on this machine. */
#include "machine/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "places.h"

static void expect_refusal(const rxt_place_request *request, const char *part)
{
    rxt_place *place;
    rxt_status st = rxt_place_open(request, &place);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    CU_ASSERT_PTR_NULL(place);
    CU_ASSERT(st && strstr(st->text, part));
    rxt_status_free(st);
    rxt_place_close(place);
}

static void expect_groups(const rxt_place *place, int seats, int l3s, int numas, int sockets)
{
    CU_ASSERT_EQUAL(place->seats, seats);
    CU_ASSERT_EQUAL(place->l3s, l3s);
    CU_ASSERT_EQUAL(place->numas, numas);
    CU_ASSERT_EQUAL(place->sockets, sockets);
}

/* ---- seats ---- */

static void a_seat_is_a_core_or_with_smt_a_thread(void)
{
    rxt_place *cores = opened(&(rxt_place_request){ .topology = "pack:2 numa:1 l3:1 core:4 pu:2" });
    rxt_place *threads =
        opened(&(rxt_place_request){ .topology = "pack:2 numa:1 l3:1 core:4 pu:2", .smt = true });

    expect_groups(cores, 8, 2, 2, 2);
    CU_ASSERT(cores->cores == 8 && cores->bound == 8 && cores->kinds == 1);
    CU_ASSERT(cores->per_l3 == 4 && cores->per_numa == 4 && cores->per_socket == 4);
    expect_groups(threads, 16, 2, 2, 2);
    CU_ASSERT(threads->per_l3 == 8 && threads->per_numa == 8 && threads->per_socket == 8);
    CU_ASSERT(cores->all_seats == 8 && threads->all_seats == 16);
    for (int s = 0; s < 8; s++) {
        CU_ASSERT(cores->seat[s].core == s && cores->seat[s].cpu == 2 * s &&
                  cores->seat[s].sibling == 0);
        CU_ASSERT(threads->seat[2 * s].core == s && threads->seat[2 * s + 1].core == s);
        CU_ASSERT(threads->seat[2 * s].sibling == 0 && threads->seat[2 * s + 1].sibling == 1);
        CU_ASSERT(cores->seat[s].socket == s / 4 && cores->seat[s].numa == s / 4 &&
                  cores->seat[s].l3 == s / 4);
    }
    CU_ASSERT_PTR_EQUAL(rxt_place_seat(cores, 6), &cores->seat[3]);
    CU_ASSERT_PTR_NULL(rxt_place_seat(cores, 7));
    rxt_place_close(cores);
    rxt_place_close(threads);
}

static void only_cpus_that_may_be_used_become_seats(void)
{
    rxt_cpus cpus = set_of("1,6-7,12-13");
    rxt_place *place =
        opened(&(rxt_place_request){ .topology = "pack:4 l3:1 core:2 pu:2", .cpus = &cpus });
    const int cpu[] = { 1, 6, 12 }, socket[] = { 0, 1, 2 };

    expect_groups(place, 3, 3, 1, 3);
    CU_ASSERT(place->per_l3 == 1 && place->per_numa == 3 && place->per_socket == 1);
    for (int s = 0; s < 3; s++) {
        CU_ASSERT(place->seat[s].cpu == cpu[s] && place->seat[s].socket == socket[s]);
        CU_ASSERT(place->seat[s].core == s && place->seat[s].l3 == s &&
                  place->seat[s].sibling == 0);
    }
    rxt_place_close(place);
}

static void what_may_not_be_used_still_counts_as_there(void)
{
    rxt_cpus one = set_of("5");
    rxt_place *place =
        opened(&(rxt_place_request){ .topology = "pack:2 numa:2 core:4 pu:2", .cpus = &one });

    CU_ASSERT_EQUAL(place->seats, 1);
    CU_ASSERT_EQUAL(place->all_sockets, 2);
    CU_ASSERT_EQUAL(place->all_numas, 4);
    CU_ASSERT_EQUAL(place->all_cores, 16);
    CU_ASSERT_EQUAL(place->all_threads, 32);
    rxt_place_close(place);
}

static void a_topology_without_caches_or_cores_still_has_seats(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pu:5" });

    expect_groups(place, 5, 0, 1, 1);
    CU_ASSERT(place->per_l3 == 0 && place->l1 == 0 && place->l2 == 0 && place->l3 == 0 &&
              place->l3_all == 0);
    CU_ASSERT(place->seat[4].cpu == 4 && place->seat[4].l2 == -1 && place->seat[4].l3 == -1 &&
              place->seat[4].core == 4);
    CU_ASSERT_STRING_EQUAL(rxt_place_level(place, 1e3, 1, (int[]){ 0 }), "DRAM");
    CU_ASSERT_STRING_EQUAL(place->model, "");
    rxt_place_close(place);
}

/* In addition to the memory of each socket, the topology has memory of the whole machine, as with
 * HBM or CXL. */
static void memory_on_the_side_is_no_domain(void)
{
    rxt_place *place =
        opened(&(rxt_place_request){ .topology = "[numa] pack:2 [numa] core:2 pu:1" });

    expect_groups(place, 4, 0, 2, 2);
    for (int s = 0; s < place->seats; s++)
        CU_ASSERT_EQUAL(place->seat[s].numa, s / 2);
    rxt_place_close(place);
}

static void a_quota_lowers_the_cores_of_splits_not_the_seats(void)
{
    const double quota[] = { 0.0, 0.2, 1.0, 1.99, 2.0, 3.5, 4.0, 1e9 };
    const int cores[] = { 4, 1, 1, 1, 2, 3, 4, 4 };

    for (int i = 0; i < 8; i++) {
        rxt_place *place =
            opened(&(rxt_place_request){ .topology = "core:4 pu:1", .quota = quota[i] });

        CU_ASSERT_EQUAL(place->cores, cores[i]);
        CU_ASSERT(place->seats == 4 && place->bound == 4);
        rxt_place_close(place);
    }
}

static void cores_narrows_the_binding_not_the_splits(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = "pack:2 core:4 pu:1", .cores = 3 });

    CU_ASSERT(place->seats == 8 && place->cores == 8 && place->bound == 3);
    expect_plan(place, RXT_BIND_CLOSE, 1, 3, "0-2");
    expect_plan(place, RXT_BIND_HYBRID, 3, 1, "0;1;2");
    expect_plan(place, RXT_BIND_SPREAD, 1, 6, "0,0,1,1,2,2");
    rxt_place_close(place);
    expect_refusal(&(rxt_place_request){ .topology = "core:4 pu:1", .cores = 5 },
                   "--cores=5: only 4");
}

static void what_cannot_be_read_is_refused(void)
{
    rxt_cpus none = set_of("7");

    expect_refusal(&(rxt_place_request){ .topology = "nonsense" }, "--topology=nonsense: ");
    expect_refusal(&(rxt_place_request){ .topology = "nonsense" },
                   "\"pack:2 numa:1 core:64 pu:1\"");
    expect_refusal(&(rxt_place_request){ .topology = "" }, "--topology=: ");
    expect_refusal(&(rxt_place_request){ .topology = "core:0" }, "--topology=core:0: ");
    expect_refusal(&(rxt_place_request){ .topology = "not/there.xml" },
                   "--topology=not/there.xml: ");
    expect_refusal(&(rxt_place_request){ .topology = "core:2 pu:1", .cpus = &none },
                   "--cpus=7 leaves no CPU");
    expect_refusal(&(rxt_place_request){ .topology = "core:2 pu:1", .cpus = &none },
                   "choose among 0-1");
}

/* ---- kinds of core, from a file as lstopo writes them ---- */

/* Writes a core with `threads` hardware threads, of which `cpu` is the first. */
static void write_core(FILE *file, int core, int cpu, int threads)
{
    unsigned mask = ((1U << threads) - 1) << cpu;
    const char *sets = "cpuset=\"0x%x\" complete_cpuset=\"0x%x\" nodeset=\"0x1\" "
                       "complete_nodeset=\"0x1\" gp_index=\"%d\"";

    fprintf(file, "<object type=\"Core\" os_index=\"%d\" ", core);
    fprintf(file, sets, mask, mask, 100 + core);
    fprintf(file, ">\n");
    for (int t = 0; t < threads; t++) {
        fprintf(file, "<object type=\"PU\" os_index=\"%d\" ", cpu + t);
        fprintf(file, sets, 1U << (cpu + t), 1U << (cpu + t), 200 + cpu + t);
        fprintf(file, "/>\n");
    }
    fprintf(file, "</object>\n");
}

/* Cores 0 and 1 are slow (CPUs 0, 1), cores 2 and 3 fast with two threads each (2-3, 4-5), core 4
 * is slow (6). Without `ranked` the file does not say which kind is faster. */
static void write_hybrid(const char *path, bool ranked)
{
    FILE *file = fopen(path, "w");

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(
        file,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE topology SYSTEM \"hwloc2.dtd\">\n"
        "<topology version=\"2.0\">\n<object type=\"Machine\" os_index=\"0\" cpuset=\"0x7f\" "
        "complete_cpuset=\"0x7f\" "
        "allowed_cpuset=\"0x7f\" nodeset=\"0x1\" complete_nodeset=\"0x1\" allowed_nodeset=\"0x1\" "
        "gp_index=\"1\">\n"
        "<object type=\"NUMANode\" os_index=\"0\" cpuset=\"0x7f\" complete_cpuset=\"0x7f\" "
        "nodeset=\"0x1\" "
        "complete_nodeset=\"0x1\" gp_index=\"2\" local_memory=\"1048576\"/>\n");
    write_core(file, 0, 0, 1);
    write_core(file, 1, 1, 1);
    write_core(file, 2, 2, 2);
    write_core(file, 3, 4, 2);
    write_core(file, 4, 6, 1);
    fprintf(file, "</object>\n");
    if (ranked)
        fprintf(file,
                "<cpukind cpuset=\"0x43\" forced_efficiency=\"0\"/>\n<cpukind cpuset=\"0x3c\" "
                "forced_efficiency=\"1\"/>\n");
    fprintf(file, "</topology>\n");
    CU_ASSERT_EQUAL(fclose(file), 0);
}

static rxt_place *hybrid(bool ranked, bool smt, const char *cpus)
{
    char folder[] = "/tmp/rxt-test-XXXXXX", path[64];
    rxt_cpus set = set_of(cpus);
    rxt_place *place;

    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/host.xml", folder);
    write_hybrid(path, ranked);
    place = opened(&(rxt_place_request){ .topology = path, .smt = smt, .cpus = &set });
    remove(path);
    rmdir(folder);
    return place;
}

static void fast_cores_come_first(void)
{
    rxt_place *place = hybrid(true, false, "0-6");

    expect_groups(place, 5, 0, 1, 1);
    CU_ASSERT_EQUAL(place->kinds, 2);
    CU_ASSERT_EQUAL(place->memory, 1048576.0);
    expect_plan(place, RXT_BIND_CLOSE, 1, 5, "2,4,0,1,6");
    expect_plan(place, RXT_BIND_HYBRID, 1, 1, "2");
    expect_plan(place, RXT_BIND_HYBRID, 2, 1, "2;4");
    expect_plan(place, RXT_BIND_HYBRID, 5, 1, "2;4;0;1;6");
    rxt_place_close(place);
}

static void slow_cores_wait_until_the_fast_are_full(void)
{
    rxt_place *place = hybrid(true, true, "0-6");

    expect_plan(place, RXT_BIND_HYBRID, 2, 1, "2;4");
    expect_plan(place, RXT_BIND_HYBRID, 2, 2, "2,3;4,5");
    expect_plan(place, RXT_BIND_HYBRID, 1, 4, "2-5");
    expect_plan(place, RXT_BIND_HYBRID, 1, 7, "2-5,0,1,6");
    rxt_place_close(place);
}

static void mixing_kinds_is_seen(void)
{
    rxt_place *place = hybrid(true, false, "0-6");
    const int mixed[] = { -1, 2, 4, 0 };

    CU_ASSERT_FALSE(rxt_place_mixes(place, 3, mixed));
    CU_ASSERT_TRUE(rxt_place_mixes(place, 4, mixed));
    CU_ASSERT_FALSE(rxt_place_mixes(place, 1, mixed));
    rxt_place_close(place);
}

static void kinds_that_are_not_ranked_are_one(void)
{
    rxt_place *unranked = hybrid(false, false, "0-6"), *slow = hybrid(true, false, "0,1,6");

    CU_ASSERT(unranked->kinds == 1 && unranked->seat[0].cpu == 0);
    CU_ASSERT(slow->kinds == 1 && slow->seats == 3 && slow->seat[2].kind == 0);
    rxt_place_close(unranked);
    rxt_place_close(slow);
}

/* ---- this machine ---- */

static void a_thread_bound_is_seen_where_it_was_bound(void)
{
    rxt_cpus mine = rxt_cpus_mine();
    rxt_place *place = opened(&(rxt_place_request){ .cpus = &mine });

    CU_ASSERT(place->seats >= 1 && place->memory >= 0.0);
    for (int s = 0; s < place->seats; s++) {
        CU_ASSERT_EQUAL(rxt_place_bind(place->seat[s].cpu), 0);
        CU_ASSERT_EQUAL(rxt_place_seen(), place->seat[s].cpu);
    }
    CU_ASSERT(rxt_cpus_bind(&mine));
    rxt_place_close(place);
}

static void a_cpu_that_is_not_there_is_refused(void)
{
    rxt_place *place = opened(&(rxt_place_request){ .topology = NULL });
    rxt_cpus mine = rxt_cpus_mine();
    rxt_cpus before = mine;

    CU_ASSERT_NOT_EQUAL(rxt_place_bind(RXT_CPUS - 1), 0);
    mine = rxt_cpus_mine();
    CU_ASSERT(rxt_cpus_equal(&mine, &before));
    rxt_place_close(place);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "a seat is a core, or with smt a thread", a_seat_is_a_core_or_with_smt_a_thread },
        { "only CPUs that may be used become seats", only_cpus_that_may_be_used_become_seats },
        { "what is there", what_may_not_be_used_still_counts_as_there },
        { "a bare topology still has seats", a_topology_without_caches_or_cores_still_has_seats },
        { "memory on the side is no domain", memory_on_the_side_is_no_domain },
        { "a quota lowers the cores, not the seats",
          a_quota_lowers_the_cores_of_splits_not_the_seats },
        { "--cores narrows the binding, not the splits", cores_narrows_the_binding_not_the_splits },
        { "what cannot be read is refused", what_cannot_be_read_is_refused },
        { "fast cores come first", fast_cores_come_first },
        { "slow cores wait until the fast are full", slow_cores_wait_until_the_fast_are_full },
        { "mixing kinds is seen", mixing_kinds_is_seen },
        { "kinds that are not ranked are one", kinds_that_are_not_ranked_are_one },
        { "a thread bound is seen where it was bound", a_thread_bound_is_seen_where_it_was_bound },
        { "a CPU that is not there is refused", a_cpu_that_is_not_there_is_refused },
        CU_TEST_INFO_NULL,
    };

    return suite_run("place", tests);
}
