/* draft.c - a file that is written beside its place and renamed into it. */
#include <rxt/draft.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool rxt_draft_ends(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);

    return length > tail && !strcmp(path + length - tail, ending);
}

/* The folder of `path`, with its last slash; "./" without one. */
static bool folder_of(const char *path, char folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;

    if (length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
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

static rxt_status refuse(const char *option, const char *path, const char *why)
{
    return rxt_status_of(RXT_USAGE, "%s=%.200s: %s; choose another file", option, path, why);
}

static rxt_status check_folder(const char *option, const char *path, const char *target)
{
    char folder[PATH_MAX];

    if (!folder_of(target, folder))
        return refuse(option, path, rxt_status_reason(ENAMETOOLONG));
    if (!access(folder, W_OK | X_OK))
        return RXT_OK;
    if (errno == ENOENT || errno == ENOTDIR)
        return rxt_status_of(RXT_USAGE,
                             "%s=%.200s: there is no folder %.150s; make it first, or choose "
                             "another file",
                             option, path, folder);
    return rxt_status_of(errno == EROFS ? RXT_ENVIRONMENT : RXT_USAGE,
                         "%s=%.200s: the folder %.150s cannot be written (%s); choose another file",
                         option, path, folder, rxt_status_reason(errno));
}

rxt_status rxt_draft_check(const char *option, const char *path)
{
    char target[PATH_MAX];
    struct stat file;

    if (!target_of(path, target))
        return refuse(option, path, rxt_status_reason(errno));
    if (stat(target, &file))
        return errno == ENOENT || errno == ENOTDIR ? check_folder(option, path, target)
                                                   : refuse(option, path, rxt_status_reason(errno));
    if (S_ISDIR(file.st_mode))
        return refuse(option, path, "is a folder");
    if (!S_ISREG(file.st_mode))
        return refuse(option, path, "is not a regular file");
    if (access(target, W_OK))
        return refuse(option, path, "the file there cannot be written");
    return check_folder(option, path, target);
}

/* ---- writing ---- */

/* The new file: unnamed while it is written, where the system can do that, so that it is gone with
 * the process; then it is `name`, beside the target. */
typedef struct draft {
    char folder[PATH_MAX], name[PATH_MAX + 240];
    FILE *file;
    bool named;
} draft;

/* ".rxt-NAME.tmp" beside the target. */
static bool name_draft(draft *d, const char *target)
{
    const char *slash = strrchr(target, '/');

    errno = ENAMETOOLONG;
    if (!folder_of(target, d->folder))
        return false;
    snprintf(d->name, sizeof d->name, "%s.rxt-%.200s.tmp", d->folder, slash ? slash + 1 : target);
    return true;
}

/* The file as the process has it open, for it to be given a name. */
static char *open_path(int fd, char path[40])
{
    snprintf(path, 40, "/proc/self/fd/%d", fd);
    return path;
}

static int open_unnamed(const char *folder)
{
    int fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    char path[40];

    if (fd >= 0 && access(open_path(fd, path), F_OK)) { /* without /proc it would never get one */
        close(fd);
        return -1;
    }
    return fd;
}

/* Its name is always the same, so that one which a kill left is taken away by the next. */
static int take_name(draft *d, int (*take)(const char *name, int fd), int fd)
{
    int taken;

    unlink(d->name);
    taken = take(d->name, fd);
    d->named = taken >= 0;
    return taken;
}

/* With the permissions that the user gives new files (mkstemp's are narrower). */
static int create(const char *name, int fd)
{
    (void)fd;
    return open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

static int give_name(const char *name, int fd)
{
    char path[40];

    return linkat(AT_FDCWD, open_path(fd, path), AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

static int open_draft(draft *d)
{
    int fd = open_unnamed(d->folder), error;

    if (fd < 0)
        fd = take_name(d, create, -1);
    if (fd < 0)
        return errno;
    d->file = fdopen(fd, "w");
    if (d->file)
        return 0;
    error = errno;
    close(fd);
    return error;
}

/* All of it to the disk; 0, or errno of what went wrong first, `written` while it was written. */
static int flush_draft(draft *d, int written)
{
    if (ferror(d->file))
        return written ? written : EIO;
    if (fflush(d->file) || fsync(fileno(d->file)))
        return errno ? errno : EIO;
    if (!d->named && take_name(d, give_name, fileno(d->file)) < 0)
        return errno;
    return 0;
}

/* Closes the draft and puts it into its place; without an error it is gone as such. */
static int place_draft(draft *d, const char *target, int error)
{
    if (fclose(d->file) && !error)
        error = errno;
    if (!error && rename(d->name, target))
        error = errno;
    if (error && d->named)
        unlink(d->name);
    return error;
}

rxt_status rxt_draft_save(const char *option, const char *path, rxt_draft_write *write, void *arg)
{
    char target[PATH_MAX];
    draft d = { .named = false };
    rxt_status st;
    int error = 0;

    if (!target_of(path, target) || !name_draft(&d, target))
        error = errno;
    if (!error)
        error = open_draft(&d);
    if (error)
        return rxt_status_of(RXT_ENVIRONMENT, "%s=%.200s: cannot be written: %s", option, path,
                             rxt_status_reason(error));
    errno = 0;
    st = write(d.file, arg);
    error = place_draft(&d, target, st ? ECANCELED : flush_draft(&d, errno));
    if (!error || st)
        return st;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "%s=%.200s: cannot be written: %s; what stood there before is unchanged",
                         option, path, rxt_status_reason(error));
}
