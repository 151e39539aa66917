/* cpus_cgroup.c - the CPU time and memory that the control groups of this process allow.
 *
 * The group of this process and each of its ancestors may have a limit, in version 1 of the
 * hierarchy, in version 2, or in both. In a container the path that the system gives for the group
 * may not exist under the mount; then only the mount itself counts as a group. */
#include "machine/cpus.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/proc_file.h"
#include "base/text.h"

/* The hierarchy of a controller, as paths: the folder where the hierarchy is mounted, the group
 * that this folder shows, and the group of this process. */
typedef struct hierarchy {
    char mount[PATH_MAX], shown[PATH_MAX], group[PATH_MAX];
} hierarchy;

/* A function that `walk` calls with the folder of our group, and then with the folder of each
 * ancestor. */
typedef void looker(const char *folder, void *found);

/* ---- files ---- */

/* The number in a file's first line; false for "max" or a missing file. */
static bool read_number(const char *folder, const char *name, double *number)
{
    char line[64], *end;

    *number = strtod(rxt_proc_file_line(folder, name, line, sizeof line), &end);
    return end != line;
}

/* The number after `key` in a file of lines "key number" or "key: number kB". If it is missing,
 * returns false and leaves *number unchanged. */
static bool read_key(const char *folder, const char *name, const char *key, double *number)
{
    char line[256];
    size_t length = strlen(key);
    bool found = false;
    FILE *file = rxt_proc_file_open(folder, name);

    while (file && !found && fgets(line, sizeof line, file))
        if (strncmp(line, key, length) == 0 && strchr(": \t", line[length])) {
            *number = strtod(line + length + 1, NULL);
            found = true;
        }
    if (file)
        fclose(file);
    return found;
}

/* ---- the hierarchies ---- */

/* Is `word` in the comma-separated list? */
static bool lists(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (strncmp(at, word, length) == 0 && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

/* Our group, from lines "4:cpu,cpuacct:/path"; version 2 (controller "") has "0::/path". */
static bool find_group(const char *root, const char *controller, char group[PATH_MAX])
{
    char line[2 * PATH_MAX];
    bool found = false;
    FILE *file = rxt_proc_file_open(root, "/proc/self/cgroup");

    while (file && !found && fgets(line, sizeof line, file)) {
        char *list = strchr(line, ':'), *name = list ? strchr(list + 1, ':') : NULL;

        if (!name)
            continue;
        *name++ = '\0';
        name[strcspn(name, "\n")] = '\0';
        found = *controller ? lists(list + 1, controller) : list[1] == '\0';
        if (found)
            snprintf(group, PATH_MAX, "%s", name);
    }
    if (file)
        fclose(file);
    return found;
}

/* One line of mountinfo: "31 23 0:28 SHOWN MOUNT options … - TYPE source OPTIONS". */
static bool read_mount(char *line, const char *controller, hierarchy *h)
{
    char *tail = strstr(line, " - "), type[16] = "", options[256] = "";

    if (!tail || sscanf(tail, " - %15s %*s %255s", type, options) != 2)
        return false;
    if (*controller ? strcmp(type, "cgroup") != 0 || !lists(options, controller)
                    : strcmp(type, "cgroup2") != 0)
        return false;
    return sscanf(line, "%*s %*s %*s %4095s %4095s", h->shown, h->mount) == 2;
}

static bool find_mount(const char *root, const char *controller, hierarchy *h)
{
    char line[4 * PATH_MAX];
    bool found = false;
    FILE *file = rxt_proc_file_open(root, "/proc/self/mountinfo");

    while (file && !found && fgets(line, sizeof line, file))
        found = read_mount(line, controller, h);
    if (file)
        fclose(file);
    return found;
}

/* Tries the usual mount of a controller; false if it does not exist. */
static bool guess_mount(const char *root, const char *controller, hierarchy *h)
{
    char path[2 * PATH_MAX];

    snprintf(h->shown, sizeof h->shown, "/");
    snprintf(h->mount, sizeof h->mount, "/sys/fs/cgroup%s%s", *controller ? "/" : "", controller);
    snprintf(path, sizeof path, "%s%s", root, h->mount);
    return access(path, F_OK) == 0;
}

/* The path of our group below the mount: our group's name without the name of the group that the
 * mount shows; "" if our group is not below that group. If the path does not exist, it has no
 * files, and so no limit. */
static const char *below(const hierarchy *h)
{
    size_t shown = strcmp(h->shown, "/") == 0 ? 0 : strlen(h->shown);
    const char *rest = h->group + shown;

    if (strncmp(h->group, h->shown, shown) != 0 || (*rest && *rest != '/'))
        return "";
    return rest;
}

static void walk(const char *root, const char *controller, looker *look, void *found)
{
    hierarchy h = { .group = "" };
    char folder[3 * PATH_MAX];
    size_t top;

    if (!find_group(root, controller, h.group) ||
        (!find_mount(root, controller, &h) && !guess_mount(root, controller, &h)))
        return;
    top = (size_t)snprintf(folder, sizeof folder, "%s%s", root, h.mount);
    rxt_text_append(folder, sizeof folder, "%s", below(&h));
    for (char *slash; strlen(folder) > top; *slash = '\0') {
        look(folder, found);
        slash = strrchr(folder, '/');
    }
    look(folder, found);
}

/* ---- time ---- */

static void lower(double *lowest, double value)
{
    if (value < *lowest)
        *lowest = value;
}

/* The file has "QUOTA PERIOD" in microseconds: "50000 100000", or "max 100000". */
static void look_for_quota2(const char *folder, void *lowest)
{
    char line[128];
    double quota, period;

    if (sscanf(rxt_proc_file_line(folder, "/cpu.max", line, sizeof line), "%lf %lf", &quota,
               &period) == 2 &&
        quota > 0.0 && period > 0.0)
        lower(lowest, quota / period);
}

static void look_for_quota1(const char *folder, void *lowest)
{
    double quota, period;

    if (read_number(folder, "/cpu.cfs_quota_us", &quota) &&
        read_number(folder, "/cpu.cfs_period_us", &period) && quota > 0.0 && period > 0.0)
        lower(lowest, quota / period);
}

double rxt_cpus_quota(const char *root)
{
    double lowest = INFINITY;

    walk(root, "", look_for_quota2, &lowest);
    walk(root, "cpu", look_for_quota1, &lowest);
    return isinf(lowest) ? 0.0 : lowest;
}

typedef struct stops {
    double periods, seconds;
    bool counted;
} stops;

static void look_for_stops(const char *folder, stops *found, const char *key, double unit)
{
    double periods, time;

    if (!read_key(folder, "/cpu.stat", "nr_throttled", &periods) ||
        !read_key(folder, "/cpu.stat", key, &time))
        return;
    found->periods += periods;
    found->seconds += unit * time;
    found->counted = true;
}

static void look_for_stops2(const char *folder, void *found)
{
    look_for_stops(folder, found, "throttled_usec", 1e-6);
}

static void look_for_stops1(const char *folder, void *found)
{
    look_for_stops(folder, found, "throttled_time", 1e-9);
}

bool rxt_cpus_throttled(const char *root, double *periods, double *seconds)
{
    stops found = { .counted = false };

    walk(root, "", look_for_stops2, &found);
    walk(root, "cpu", look_for_stops1, &found);
    *periods = found.periods;
    *seconds = found.seconds;
    return found.counted;
}

/* ---- memory ---- */

typedef struct room {
    double left, most;
} room;

/* The system counts inactive pages of files as memory that the group uses. Here these pages count
 * as free, because the system frees them when memory is short. */
static void look_for_memory(const char *folder, room *found, const char *limit_name,
                            const char *usage_name, const char *pages_key)
{
    double limit, usage, pages = 0.0;

    if (!read_number(folder, limit_name, &limit))
        return;
    lower(&found->most, limit);
    if (!read_number(folder, usage_name, &usage))
        return;
    read_key(folder, "/memory.stat", pages_key, &pages);
    lower(&found->left, fmax(limit - fmax(usage - pages, 0.0), 0.0));
}

static void look_for_memory2(const char *folder, void *found)
{
    look_for_memory(folder, found, "/memory.max", "/memory.current", "inactive_file");
}

/* In version 1 "no limit" is a number near 2^63. It is more than the machine's memory, so it is
 * never the lowest limit. */
static void look_for_memory1(const char *folder, void *found)
{
    look_for_memory(folder, found, "/memory.limit_in_bytes", "/memory.usage_in_bytes",
                    "total_inactive_file");
}

double rxt_cpus_memory(const char *root, double *total)
{
    room found = { .left = INFINITY, .most = INFINITY };
    double kilobytes;

    if (read_key(root, "/proc/meminfo", "MemAvailable", &kilobytes))
        found.left = 1024.0 * kilobytes;
    if (read_key(root, "/proc/meminfo", "MemTotal", &kilobytes))
        found.most = 1024.0 * kilobytes;
    walk(root, "", look_for_memory2, &found);
    walk(root, "memory", look_for_memory1, &found);
    lower(&found.left, found.most);
    if (total)
        *total = found.most;
    return found.left;
}
