/* folder.c - reads the studies of a tour's folder, and the reasons for missing ones. */
#include "tour/tour.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "report/report.h"

/* Reads the first line of NAME.why, with `?` for bytes that are not ASCII; "" if there is no
 * file. */
static void read_why(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "r");
    size_t length;

    text[0] = '\0';
    if (!file)
        return;
    length = fread(text, 1, size - 1, file);
    fclose(file);
    text[length] = '\0';
    text[strcspn(text, "\n")] = '\0';
    for (char *at = text; *at; at++)
        if ((unsigned char)*at > 0x7e)
            *at = '?';
    rxt_text_plain(text);
}

/* Stores why a study is missing, from FOLDER/NAME.why; `path` is FOLDER/NAME.json. */
static void explain(rxt_tour *tour, rxt_tour_file file, const char *path)
{
    const char *name = rxt_tour_name(file);
    char why[PATH_MAX + 40], text[400];

    snprintf(why, sizeof why, "%.*s.why", (int)(strlen(path) - strlen(".json")), path);
    read_why(why, text, sizeof text);
    snprintf(tour->why[file], sizeof tour->why[file], "%s is missing%s%s", name,
             text[0] ? ": " : "", text);
}

static rxt_status read_one(const char *folder, rxt_tour_file file, rxt_tour *tour)
{
    char path[PATH_MAX + 40];
    rxt_status st;

    snprintf(path, sizeof path, "%.*s/%s", PATH_MAX, folder, rxt_tour_name(file));
    if (access(path, F_OK)) {
        explain(tour, file, path);
        return RXT_OK;
    }
    st = rxt_study_reader_open(path, &tour->study[file]);
    if (rxt_status_code(st) == RXT_ENVIRONMENT)
        return st;
    if (!st && !tour->study[file]->samples) {
        rxt_study_reader_close(tour->study[file]);
        tour->study[file] = NULL;
        st = rxt_status_of(
            RXT_USAGE, "%.200s: has no times of single rounds, as a CSV file; a tour needs JSON",
            path);
    }
    if (st) {
        tour->damaged[file] = true;
        snprintf(tour->why[file], sizeof tour->why[file], "%s", st->text);
    }
    rxt_status_free(st);
    return RXT_OK;
}

static rxt_status check_folder(const char *folder)
{
    struct stat is;

    if (stat(folder, &is))
        return rxt_status_of(RXT_USAGE,
                             "%.200s: cannot be opened (%s); name the folder of a "
                             "tour's studies",
                             folder, strerror(errno));
    if (!S_ISDIR(is.st_mode))
        return rxt_status_of(
            RXT_USAGE, "%.200s: is not a folder; name the folder of a tour's studies", folder);
    return RXT_OK;
}

/* The error for a folder without a valid study. If a file is damaged, its error is returned,
 * because it says more. */
static rxt_status no_study(const char *folder, const rxt_tour *tour)
{
    for (int f = 0; f < RXT_TOUR_FILES; f++)
        if (tour->damaged[f])
            return rxt_status_of(RXT_USAGE, "%.*s", RXT_STATUS_TEXT - 1, tour->why[f]);
    return rxt_status_of(RXT_USAGE,
                         "%.200s: has none of a tour's studies (spawn.json, share.json, "
                         "lock.json, …); jobs/tour.sh measures them",
                         folder);
}

rxt_status rxt_tour_open(const char *folder, rxt_tour *tour)
{
    rxt_status st = check_folder(folder);
    int found = 0;

    *tour = (rxt_tour){ .study = { NULL } };
    for (int f = 0; f < RXT_TOUR_FILES && !st; f++) {
        st = read_one(folder, (rxt_tour_file)f, tour);
        found += tour->study[f] != NULL;
    }
    return st || found ? st : no_study(folder, tour);
}

void rxt_tour_close(rxt_tour *tour)
{
    for (int f = 0; f < RXT_TOUR_FILES; f++)
        rxt_study_reader_close(tour->study[f]);
    *tour = (rxt_tour){ .study = { NULL } };
}
