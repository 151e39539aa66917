/* cpus.c - sets of CPUs, and which of them a process may use. */
#include "machine/cpus.h"

#include <ctype.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/proc_file.h"
#include "base/text.h"
#include "machine/launcher.h"
#include "machine/place.h"

enum { LIST = 4 * RXT_CPUS }; /* bytes of the longest list: every second CPU, 5 bytes each */

/* Environment variable with the mask at start, for a process that executes itself again. */
static const char at_start[] = "RXT_MASK_AT_START";

/* ---- sets ---- */

bool rxt_cpus_has(const rxt_cpus *set, int cpu)
{
    return cpu >= 0 && cpu < RXT_CPUS && (set->bits[cpu / 8] >> cpu % 8 & 1);
}

void rxt_cpus_add(rxt_cpus *set, int cpu)
{
    if (cpu >= 0 && cpu < RXT_CPUS)
        set->bits[cpu / 8] = (unsigned char)(set->bits[cpu / 8] | 1 << cpu % 8);
}

int rxt_cpus_count(const rxt_cpus *set)
{
    int count = 0;

    for (int cpu = 0; cpu < RXT_CPUS; cpu++)
        count += rxt_cpus_has(set, cpu);
    return count;
}

rxt_cpus rxt_cpus_and(const rxt_cpus *a, const rxt_cpus *b)
{
    rxt_cpus both;

    for (int i = 0; i < RXT_CPUS / 8; i++)
        both.bits[i] = a->bits[i] & b->bits[i];
    return both;
}

bool rxt_cpus_equal(const rxt_cpus *a, const rxt_cpus *b)
{
    return memcmp(a->bits, b->bits, sizeof a->bits) == 0;
}

/* ---- text ---- */

/* Reads a number below RXT_CPUS and moves *text behind it. */
static bool read_number(const char **text, int *number)
{
    int value = 0;

    if (!isdigit((unsigned char)**text))
        return false;
    for (; isdigit((unsigned char)**text); ++*text) {
        value = 10 * value + (**text - '0');
        if (value >= RXT_CPUS)
            return false;
    }
    *number = value;
    return true;
}

/* Reads "first", "first-last" or "first-last:step". */
static bool read_range(const char **text, rxt_cpus *set)
{
    int first, last, step = 1;

    if (!read_number(text, &first))
        return false;
    last = first;
    if (**text == '-') {
        ++*text;
        if (!read_number(text, &last) || last < first)
            return false;
        if (**text == ':') {
            ++*text;
            if (!read_number(text, &step) || step < 1)
                return false;
        }
    }
    for (int cpu = first; cpu <= last; cpu += step)
        rxt_cpus_add(set, cpu);
    return true;
}

bool rxt_cpus_parse(const char *text, rxt_cpus *set)
{
    rxt_cpus read = { { 0 } };

    for (;; text++) {
        if (!read_range(&text, &read))
            return false;
        if (*text != ',')
            break;
    }
    if (*text)
        return false;
    *set = read;
    return true;
}

void rxt_cpus_append(char *text, size_t size, int count, const int cpu[])
{
    for (int i = 0, end; i < count; i = end) {
        end = i + 1;
        while (end < count && cpu[i] >= 0 && cpu[end] == cpu[end - 1] + 1)
            end++;
        if (end - i == 2)
            end--;
        rxt_text_append(text, size, i ? "," : "");
        if (cpu[i] < 0)
            rxt_text_append(text, size, "?");
        else if (end - i > 2)
            rxt_text_append(text, size, "%d-%d", cpu[i], cpu[end - 1]);
        else
            rxt_text_append(text, size, "%d", cpu[i]);
    }
}

char *rxt_cpus_print(const rxt_cpus *set, char *text, int size)
{
    int count = 0, cpus[RXT_CPUS];

    for (int cpu = 0; cpu < RXT_CPUS; cpu++)
        if (rxt_cpus_has(set, cpu))
            cpus[count++] = cpu;
    text[0] = '\0';
    rxt_cpus_append(text, (size_t)size, count, cpus);
    return text;
}

rxt_status rxt_cpus_narrow(rxt_cpus *cpus, const rxt_cpus *wanted)
{
    rxt_cpus both = rxt_cpus_and(cpus, wanted);
    char names[100], allowed[100];

    if (!rxt_cpus_equal(&both, wanted))
        return rxt_status_of(RXT_USAGE,
                             "--cpus=%s: some of these CPUs are not allowed here; choose from %s",
                             rxt_cpus_print(wanted, names, sizeof names),
                             rxt_cpus_print(cpus, allowed, sizeof allowed));
    *cpus = both;
    return RXT_OK;
}

/* ---- masks ---- */

/* A mask for system calls, with room for more CPUs than a cpu_set_t has. */
typedef union kernel_mask {
    cpu_set_t set;
    unsigned long words[RXT_CPUS / (8 * sizeof(unsigned long))];
} kernel_mask;

rxt_cpus rxt_cpus_mine(void)
{
    kernel_mask mask;
    rxt_cpus mine = { { 0 } };

    memset(&mask, 0, sizeof mask);
    if (sched_getaffinity(0, sizeof mask.words, &mask.set) == 0)
        for (size_t cpu = 0; cpu < RXT_CPUS; cpu++)
            if (CPU_ISSET_S(cpu, sizeof mask.words, &mask.set))
                rxt_cpus_add(&mine, (int)cpu);
    return mine;
}

bool rxt_cpus_bind(const rxt_cpus *set)
{
    kernel_mask mask;

    memset(&mask, 0, sizeof mask);
    for (size_t cpu = 0; cpu < RXT_CPUS; cpu++)
        if (rxt_cpus_has(set, (int)cpu))
            CPU_SET_S(cpu, sizeof mask.words, &mask.set);
    return sched_setaffinity(0, sizeof mask.words, &mask.set) == 0;
}

/* ---- the launcher's mask ---- */

/* A process as in /proc. The kernel cuts names to 15 characters. */
typedef struct process {
    char name[16];
    long parent;
    rxt_cpus allowed;
} process;

static bool read_process(long pid, process *p)
{
    char path[64], line[LIST], list[LIST];
    FILE *file;
    int found = 0;

    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    file = rxt_proc_file_open("", path);
    if (!file)
        return false;
    while (fgets(line, sizeof line, file)) {
        found += sscanf(line, "Name: %15[^\n]", p->name) == 1;
        found += sscanf(line, "PPid: %ld", &p->parent) == 1;
        found += sscanf(line, "Cpus_allowed_list: %16383s", list) == 1 &&
                 rxt_cpus_parse(list, &p->allowed);
    }
    fclose(file);
    return found == 3;
}

/* The programs of Open MPI, PRRTE, MPICH and their relatives that start ranks on a node. */
static bool is_launcher(const char *name)
{
    static const char *const names[] = {
        "mpirun",          "mpiexec",
        "orterun",         "orted",
        "prterun",         "prte",
        "prted",           "mpirun.openmpi",
        "mpiexec.openmpi", "mpirun.mpich",
        "mpiexec.mpich",   "mpiexec.hydra",
        "hydra_pmi_proxy", "hydra_bstrap_proxy",
        "pmi_proxy",       "mpirun.hydra",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(name, names[i], 15) == 0)
            return true;
    return false;
}

rxt_cpus rxt_cpus_offered(const rxt_launcher *launcher, const rxt_cpus *mine)
{
    process p = { .parent = getppid() };

    if (strcmp(launcher->name, "mpirun") != 0 && strcmp(launcher->name, "mpiexec") != 0)
        return *mine;
    while (p.parent > 0 && read_process(p.parent, &p))
        if (is_launcher(p.name))
            return p.allowed;
    return *mine;
}

/* ---- loading the program again ---- */

/* Do the arguments have --bind=none, in any spelling? The options are not parsed yet, because the
 * process must first execute itself again: libgomp is loaded already. */
static bool asks_for_none(char **argv)
{
    for (int i = 1; argv[0] && argv[i]; i++) {
        size_t name = strcspn(argv[i], "=");

        if (name < strlen("--bi") || name > strlen("--bind") || strncmp(argv[i], "--bind", name))
            continue;
        if (argv[i][name] ? rxt_bind_name_leaves(argv[i] + name + 1)
                          : argv[i + 1] && rxt_bind_name_leaves(argv[i + 1]))
            return true;
    }
    return false;
}

/* If the process has executed itself again: restores the mask at start and returns true. Else
 * returns false. */
static bool take_back(void)
{
    const char *text = getenv(at_start);
    rxt_cpus mask;

    if (!text)
        return false;
    if (rxt_cpus_parse(text, &mask))
        rxt_cpus_bind(&mask);
    unsetenv(at_start);
    return true;
}

/* Sets the widest mask that the kernel allows (it trims the mask to the cgroup's cpuset). */
static rxt_cpus widen(void)
{
    rxt_cpus all;

    memset(&all, 0xff, sizeof all);
    rxt_cpus_bind(&all);
    return rxt_cpus_mine();
}

/* Executes the program again. Uses the program's real path, because the system names the process
 * after the path. Returns only on failure. */
static void load_again(char **argv)
{
    char path[LIST];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    if (length > 0) {
        path[length] = '\0';
        execv(path, argv);
    }
    execv("/proc/self/exe", argv);
}

rxt_cpus rxt_cpus_reload(char **argv)
{
    rxt_cpus mask = rxt_cpus_mine(), widest;
    rxt_launcher launcher = rxt_launcher_find();
    char text[LIST];

    if (take_back())
        return rxt_cpus_mine();
    if (!launcher.name[0] || asks_for_none(argv))
        return mask;
    widest = widen();
    if (!rxt_cpus_equal(&mask, &widest) &&
        setenv(at_start, rxt_cpus_print(&mask, text, sizeof text), 1) == 0) {
        load_again(argv);
        unsetenv(at_start);
    }
    rxt_cpus_bind(&mask);
    return mask;
}
