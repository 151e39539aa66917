/* report_save.c - a study into its file: the old one or the whole new one, never half. */
#include <rxt/report.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool ends_in(const char *text, const char *ending)
{
    size_t length = strlen(text), tail = strlen(ending);

    return length > tail && !strcmp(text + length - tail, ending);
}

/* The folder of `path`, with its last slash; "./" without one. */
static bool folder_of(const char *path, char folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;

    if (length >= PATH_MAX)
        return false;
    memcpy(folder, slash ? path : "./", slash ? length : 2);
    folder[slash ? length : 2] = '\0';
    return true;
}

/* Follows symbolic links, so that the file they lead to is replaced and not the link. */
static bool target_of(const char *path, char target[PATH_MAX])
{
    if (realpath(path, target))
        return true;
    if (errno != ENOENT || strlen(path) >= PATH_MAX)
        return false;
    strcpy(target, path);
    return true;
}

static rxt_status refuse(const char *path, const char *why)
{
    return rxt_status_of(RXT_USAGE, "--output=%.200s: %s; choose another file", path, why);
}

static rxt_status check_folder(const char *path, const char *target)
{
    char folder[PATH_MAX];

    if (!folder_of(target, folder))
        return refuse(path, strerror(ENAMETOOLONG));
    if (!access(folder, W_OK | X_OK))
        return RXT_OK;
    if (errno == ENOENT || errno == ENOTDIR)
        return rxt_status_of(RXT_USAGE,
                             "--output=%.200s: there is no folder %.150s; make it first, or choose "
                             "another file",
                             path, folder);
    return rxt_status_of(
        RXT_USAGE,
        "--output=%.200s: the folder %.150s cannot be written (%s); choose another "
        "file",
        path, folder, strerror(errno));
}

rxt_status rxt_report_check(const char *path)
{
    char target[PATH_MAX];
    struct stat file;

    if (!ends_in(path, ".json") && !ends_in(path, ".csv"))
        return rxt_status_of(RXT_USAGE,
                             "--output=%.200s: .json and .csv are what can be written; end the "
                             "name in one of them",
                             path);
    if (!target_of(path, target))
        return refuse(path, strerror(errno));
    if (stat(target, &file))
        return errno == ENOENT || errno == ENOTDIR ? check_folder(path, target)
                                                   : refuse(path, strerror(errno));
    if (S_ISDIR(file.st_mode))
        return refuse(path, "is a folder");
    if (!S_ISREG(file.st_mode))
        return refuse(path, "is not a regular file");
    if (access(target, W_OK))
        return refuse(path, "the file there cannot be written");
    return check_folder(path, target);
}

/* A new file in the folder, with the permissions that the user gives new files (mkstemp's are
 * narrower). -1, errno set, when there can be none. */
static int open_beside(const char *target, char name[PATH_MAX + 40])
{
    char folder[PATH_MAX];
    int fd = -1;

    if (!folder_of(target, folder)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    for (int attempt = 0; fd < 0 && attempt < 100; attempt++) {
        snprintf(name, PATH_MAX + 40, "%s.rxt-%ld-%d.tmp", folder, (long)getpid(), attempt);
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    return fd;
}

static rxt_status write_record(FILE *file, const char *path, const rxt_record *record)
{
    if (ends_in(path, ".json"))
        return rxt_report_json(file, record);
    rxt_report_csv(file, record->rows);
    return RXT_OK;
}

/* All of it to the disk, and closes; 0, or errno of what went wrong first. */
static int close_file(FILE *file)
{
    int error = 0;

    errno = 0;
    if (ferror(file) || fflush(file) || fsync(fileno(file)))
        error = errno ? errno : EIO;
    if (fclose(file) && !error)
        error = errno;
    return error;
}

rxt_status rxt_report_save(const char *path, const rxt_record *record)
{
    char target[PATH_MAX], name[PATH_MAX + 40];
    int error = 0, fd = -1;
    FILE *file = NULL;
    rxt_status st;

    if (target_of(path, target))
        fd = open_beside(target, name);
    if (fd >= 0)
        file = fdopen(fd, "w");
    if (!file)
        return rxt_status_of(RXT_ENVIRONMENT, "--output=%.200s: cannot be written: %s", path,
                             strerror(errno));
    st = write_record(file, path, record);
    error = close_file(file);
    if (!st && !error && rename(name, target))
        error = errno;
    if (!st && !error)
        return RXT_OK;
    unlink(name);
    return st ? st
              : rxt_status_of(RXT_ENVIRONMENT,
                              "--output=%.200s: cannot be written: %s; what stood there before is "
                              "unchanged",
                              path, strerror(error));
}
