/* load.c - reads what /proc and /sys count for a node's CPUs and for this process. */
#include "machine/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/proc_file.h"

static double tick(void)
{
    return 1.0 / (double)sysconf(_SC_CLK_TCK);
}

/* ---- processors ---- */

/* "cpu3 user nice system idle iowait irq softirq steal guest guest_nice"; user includes guest. */
static void add_cpu(const char *line, const rxt_cpus *cpus, rxt_load *load)
{
    double user, nice, system, irq, softirq, steal = 0;
    int cpu;

    if (sscanf(line, "cpu%d %lf %lf %lf %*f %*f %lf %lf %lf", &cpu, &user, &nice, &system, &irq,
               &softirq, &steal) < 6 ||
        cpu < 0 || cpu >= RXT_CPUS || !rxt_cpus_has(cpus, cpu))
        return;
    load->busy =
        (isnan(load->busy) ? 0 : load->busy) + tick() * (user + nice + system + irq + softirq);
    load->steal = (isnan(load->steal) ? 0 : load->steal) + tick() * steal;
}

/* The lines of the CPUs come first, so the reading ends after them: a later line has all interrupts
 * and may be very long. */
static void read_cpus(const char *root, const rxt_cpus *cpus, rxt_load *load)
{
    FILE *file = rxt_proc_file_open(root, "/proc/stat");
    char line[512];

    while (file && fgets(line, sizeof line, file) && !strncmp(line, "cpu", 3))
        add_cpu(line, cpus, load);
    if (file)
        fclose(file);
}

/* The line is "pid (name) state ppid …". Fields 14 and 15 are utime and stime of the process;
 * fields 16 and 17 are the same times of children that were waited for. The name may contain any
 * characters, so the fields are counted from the last bracket of the line. */
static void read_own(const char *root, rxt_load *load)
{
    char line[1024];
    const char *behind =
        strrchr(rxt_proc_file_line(root, "/proc/self/stat", line, sizeof line), ')');
    double user, system, theirs = 0, for_them = 0;

    if (behind && sscanf(behind + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lf %lf %lf %lf",
                         &user, &system, &theirs, &for_them) >= 2)
        load->own = tick() * (user + system + theirs + for_them);
}

rxt_load rxt_load_read(const char *root, const rxt_cpus *cpus)
{
    rxt_load load = { .busy = NAN, .steal = NAN, .own = NAN, .periods = NAN, .stopped = NAN };
    double periods, stopped;

    read_cpus(root, cpus, &load);
    read_own(root, &load);
    if (rxt_cpus_throttled(root, &periods, &stopped)) {
        load.periods = periods;
        load.stopped = stopped;
    }
    return load;
}

double rxt_load_error(double seconds, int cpus)
{
    return 0.5 * tick() * sqrt(seconds / tick() * cpus);
}

/* "0.20 0.18 0.12 RUNNING/TASKS last-pid" */
double rxt_load_running(const char *root)
{
    char line[128];
    int running;

    if (sscanf(rxt_proc_file_line(root, "/proc/loadavg", line, sizeof line), "%*f %*f %*f %d/",
               &running) == 1)
        return running;
    return NAN;
}

/* ---- the clock frequency ---- */

static char *read_clock(const char *root, int cpu, const char *name, char *line, int size)
{
    char path[100];

    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/cpufreq/scaling_%s", cpu, name);
    return rxt_proc_file_line(root, path, line, size);
}

rxt_load_clock rxt_load_clock_read(const char *root, int cpu)
{
    rxt_load_clock clock;

    read_clock(root, cpu, "governor", clock.governor, sizeof clock.governor);
    read_clock(root, cpu, "driver", clock.driver, sizeof clock.driver);
    return clock;
}

double rxt_load_hertz(const char *root, int cpu)
{
    char line[64];
    double kilohertz = strtod(read_clock(root, cpu, "cur_freq", line, sizeof line), NULL);

    return kilohertz > 0 ? 1e3 * kilohertz : NAN;
}

/* ---- pages ---- */

static void read_kilobytes(const char *line, const char *key, double *bytes)
{
    size_t length = strlen(key);

    if (!strncmp(line, key, length) && line[length] == ':')
        *bytes = 1024.0 * strtod(line + length + 1, NULL);
}

rxt_load_pages rxt_load_memory(const char *root)
{
    rxt_load_pages pages = { .all = NAN, .huge = NAN };
    FILE *file = rxt_proc_file_open(root, "/proc/self/smaps_rollup");
    char line[256];

    while (file && fgets(line, sizeof line, file)) {
        read_kilobytes(line, "Anonymous", &pages.all);
        read_kilobytes(line, "AnonHugePages", &pages.huge);
    }
    if (file)
        fclose(file);
    return pages;
}
