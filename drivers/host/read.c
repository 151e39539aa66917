/* read.c - reads the facts of a node from /proc, /sys and the processor. */
#include "host/host.h"

#include <stdio.h>
#include <string.h>

#include "base/proc_file.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

/* ---- the hypervisor ---- */

void rxt_host_signature(char signature[13])
{
    memset(signature, 0, 13);
#if defined(__x86_64__) || defined(__i386__)
    unsigned a, part[3] = { 0 };

    if (__get_cpuid(1, &a, &part[0], &part[1], &part[2]) && part[1] >> 31) {
        __cpuid(0x40000000, a, part[0], part[1], part[2]);
        memcpy(signature, part, 12);
    }
#endif
}

/* Does the operating system see a hypervisor? If one processor has the flag, all of them have it,
 * so only the first one is read. */
static bool virtual(const char *root)
{
    char line[8192];
    bool found = false, flags = false;
    FILE *file = rxt_proc_file_open(root, "/proc/cpuinfo");

    while (file && !flags && fgets(line, sizeof line, file)) {
        flags = !strncmp(line, "flags", 5);
        found = flags && strstr(line, " hypervisor");
    }
    if (file)
        fclose(file);
    return found;
}

static const char *name_of(const char *signature)
{
    static const char *const names[][2] = {
        { "KVMKVMKVM", "KVM" },      { "Microsoft Hv", "Hyper-V" },    { "VMwareVMware", "VMware" },
        { "XenVMMXenVMM", "Xen" },   { "VBoxVBoxVBox", "VirtualBox" }, { "TCGTCGTCGTCG", "QEMU" },
        { "bhyve bhyve ", "bhyve" },
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(signature, names[i][0]))
            return names[i][1];
    return signature;
}

static void read_hypervisor(const char *root, const char *signature, char name[64])
{
    char line[64];

    if (*signature)
        snprintf(name, 64, "%s", name_of(signature));
    else if (*rxt_proc_file_line(root, "/sys/hypervisor/type", line, sizeof line))
        snprintf(name, 64, "%s", line);
    else if (virtual(root))
        snprintf(name, 64, "%s",
                 *rxt_proc_file_line(root, "/sys/class/dmi/id/product_name", line, sizeof line)
                     ? line
                     : "unknown");
}

/* ---- clock frequency, pages ---- */

/* 1: turbo is on, 0: off, -1: unknown. Intel's driver has a file in which 1 means off; other
 * drivers have a file in which 1 means on. */
static int read_turbo(const char *root)
{
    char line[16];

    if (*rxt_proc_file_line(root, "/sys/devices/system/cpu/intel_pstate/no_turbo", line,
                            sizeof line))
        return *line == '0';
    if (*rxt_proc_file_line(root, "/sys/devices/system/cpu/cpufreq/boost", line, sizeof line))
        return *line == '1';
    return -1;
}

/* Reads the setting. The file has, for example, "always [madvise] never"; the word in brackets is
 * the setting. */
static void read_huge_pages(const char *root, char word[16])
{
    char line[128], *open, *close;

    rxt_proc_file_line(root, "/sys/kernel/mm/transparent_hugepage/enabled", line, sizeof line);
    open = strchr(line, '[');
    close = open ? strchr(open, ']') : NULL;
    if (close)
        snprintf(word, 16, "%.*s", (int)(close - open - 1), open + 1);
}

/* Reads MemTotal from the first line. hwloc's sum over NUMA nodes lacks memory that was plugged in
 * while the system was running. */
static void read_memory(const char *root, double *bytes)
{
    char line[128];
    double kilobytes;

    if (sscanf(rxt_proc_file_line(root, "/proc/meminfo", line, sizeof line), "MemTotal: %lf kB",
               &kilobytes) == 1)
        *bytes = 1024.0 * kilobytes;
}

void rxt_host_read(const char *root, int cpu, const char *signature, rxt_host_node *node)
{
    char path[80];

    read_hypervisor(root, signature, node->hypervisor);
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor", cpu);
    rxt_proc_file_line(root, path, node->governor, sizeof node->governor);
    node->turbo = read_turbo(root);
    read_huge_pages(root, node->huge_pages);
    read_memory(root, &node->memory);
    rxt_cpus_memory(root, &node->memory_allowed);
}
