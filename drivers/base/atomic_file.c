/* atomic_file.c - writes a file under a temporary name in its folder and renames it. */
#include "base/atomic_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

bool rxt_atomic_file_ends(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);

    return length > tail && !strcmp(path + length - tail, ending);
}

/* The folder of `path`, with the slash; "./" if `path` has no slash. */
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

/* Replaces the link `path` by its target. A relative target starts from the link's folder. 1: done;
 * 0: `path` is not a link; -1: the target's path is too long. */
static int follow(char path[PATH_MAX])
{
    char to[PATH_MAX], *slash = strrchr(path, '/');
    ssize_t length = readlink(path, to, sizeof to);
    size_t folder = slash ? (size_t)(slash + 1 - path) : 0;

    if (length <= 0)
        return 0;
    folder = to[0] == '/' ? 0 : folder;
    if (folder + (size_t)length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(path + folder, to, (size_t)length);
    path[folder + (size_t)length] = '\0';
    return 1;
}

bool rxt_atomic_file_target(const char *path, char target[PATH_MAX])
{
    enum { MOST_LINKS = 40 }; /* the kernel's limit */
    struct stat file;
    int more = 1;

    if (stat(path, &file) && errno != ENOENT) /* fails if the links form a ring */
        return false;
    if (strlen(path) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    strcpy(target, path);
    for (int links = 0; links <= MOST_LINKS && more > 0; links++)
        more = follow(target);
    if (more > 0)
        errno = ELOOP;
    return more == 0;
}

static bool same_inode(const char *one, const char *other)
{
    struct stat first, second;

    return !stat(one, &first) && !stat(other, &second) && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

bool rxt_atomic_file_same(const char *one, const char *other)
{
    char first[PATH_MAX], second[PATH_MAX], here[PATH_MAX], there[PATH_MAX];

    if (same_inode(one, other))
        return true;
    return rxt_atomic_file_target(one, first) && rxt_atomic_file_target(other, second) &&
           !strcmp(name_of(first), name_of(second)) && folder_of(first, here) &&
           folder_of(second, there) && same_inode(here, there);
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

/* ---- the temporary file ---- */

/* The new file. If the system supports files without a name (O_TMPFILE), the new file has no name
 * while it is written, so that it vanishes if the process is killed. Just before it is renamed to
 * the target, the file gets `name`, in the target's folder. */
typedef struct temporary {
    char folder[PATH_MAX], name[PATH_MAX + 240];
    FILE *file;
    bool named;
} temporary;

/* ".rxt-NAME.XXXXXXXX.tmp" in the target's folder, with random hexadecimal digits, so that no other
 * user or job has this name. */
static bool name_atomic_file(temporary *d, const char *target)
{
    unsigned chance = 0;

    if (getrandom(&chance, sizeof chance, GRND_NONBLOCK) < 0)
        chance = (unsigned)getpid();
    if (!folder_of(target, d->folder))
        return false;
    snprintf(d->name, sizeof d->name, "%s.rxt-%.200s.%08x.tmp", d->folder, name_of(target), chance);
    return true;
}

/* The path in /proc of an open file; linkat can give the file a name through this path. */
static char *open_path(int fd, char path[40])
{
    snprintf(path, 40, "/proc/self/fd/%d", fd);
    return path;
}

static int open_unnamed(const char *folder)
{
    int fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    char path[40];

    if (fd >= 0 && access(open_path(fd, path), F_OK)) { /* without /proc it could never get a
                                                         * name */
        close(fd);
        return -1;
    }
    return fd;
}

/* Calls `take` to create or link the file as d->name; if that name exists already, tries other
 * names. */
static int take_name(temporary *d, const char *target, int (*take)(const char *name, int fd),
                     int fd)
{
    enum { TRIES = 100 };
    int taken = take(d->name, fd);

    for (int t = 1; t < TRIES && taken < 0 && errno == EEXIST && name_atomic_file(d, target); t++)
        taken = take(d->name, fd);
    d->named = taken >= 0;
    return taken;
}

/* Creates the file with the permissions of the user's umask (mkstemp's are narrower). */
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

/* The new file gets the mode of the old one and, if permitted, its owner. */
static void be_like(int fd, const char *target)
{
    struct stat file;

    if (stat(target, &file))
        return;
    if (fchown(fd, file.st_uid, file.st_gid) && fchown(fd, (uid_t)-1, file.st_gid))
        file.st_mode &= (mode_t) ~(S_IRWXG | S_ISUID | S_ISGID); /* drops the old group's rights */
    fchmod(fd, file.st_mode & 07777);
}

static int open_atomic_file(temporary *d, const char *target)
{
    int fd = open_unnamed(d->folder), error;

    if (fd < 0)
        fd = take_name(d, target, create, -1);
    if (fd < 0)
        return errno;
    be_like(fd, target);
    flock(fd, LOCK_EX | LOCK_NB); /* a locked file is not removed by sweep */
    d->file = fdopen(fd, "w");
    if (d->file)
        return 0;
    error = errno;
    close(fd);
    if (d->named)
        unlink(d->name);
    return error;
}

static rxt_status drop_atomic_file(temporary *d)
{
    fclose(d->file);
    if (d->named)
        unlink(d->name);
    return RXT_OK;
}

/* Flushes the file to the disk, and gives it its temporary name if it has none yet. `written`:
 * errno after the content was written. Returns 0, or errno of the first error. */
static int flush_atomic_file(temporary *d, const char *target, int written)
{
    if (ferror(d->file))
        return written ? written : EIO;
    if (fflush(d->file) || fsync(fileno(d->file)))
        return errno ? errno : EIO;
    if (!d->named && take_name(d, target, give_name, fileno(d->file)) < 0)
        return errno;
    return 0;
}

/* Closes the temporary file and renames it to `target`; after an error removes it. `error`: errno
 * of an error before this call, or 0. Returns 0, or errno of the first error. */
static int place_atomic_file(temporary *d, const char *target, int error)
{
    if (fclose(d->file) && !error)
        error = errno;
    if (!error && rename(d->name, target))
        error = errno;
    if (error && d->named)
        unlink(d->name);
    return error;
}

/* Is `name` a temporary file of the target (the name begins with `start`), owned by this user, and
 * unlocked? */
static bool is_stale(const char *folder, const char *name, const char *start)
{
    const char *chance = name + strlen(start);
    char path[PATH_MAX + 256];
    struct stat file;
    int fd;
    bool stale;

    if (strncmp(name, start, strlen(start)) || strspn(chance, "0123456789abcdef") != 8 ||
        strcmp(chance + 8, ".tmp"))
        return false;
    snprintf(path, sizeof path, "%s%s", folder, name);
    fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    stale = !fstat(fd, &file) && S_ISREG(file.st_mode) && file.st_uid == geteuid() &&
            !flock(fd, LOCK_EX | LOCK_NB);
    close(fd);
    return stale;
}

/* Removes temporary files of jobs that were killed between naming and renaming them. */
static void sweep(const temporary *d, const char *target)
{
    char start[256];
    DIR *folder = opendir(d->folder);

    snprintf(start, sizeof start, ".rxt-%.200s.", name_of(target));
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (is_stale(d->folder, entry->d_name, start))
            unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
}

/* ---- checks before the study ---- */

/* Does the file belong to another user, so that we may not replace it? In a sticky folder (/tmp)
 * only root, the file's owner and the folder's owner may replace a file. */
static bool is_anothers(const char *target, const struct stat *file)
{
    char path[PATH_MAX];
    struct stat folder;
    uid_t me = geteuid();

    return me != 0 && file->st_uid != me && folder_of(target, path) && !stat(path, &folder) &&
           (folder.st_mode & S_ISVTX) && folder.st_uid != me;
}

/* Creates a temporary file and removes it. This finds all other reasons for a failure: quotas,
 * immutable folders, unusual file systems. */
static rxt_status try_atomic_file(const char *option, const char *path, const char *target)
{
    temporary d = { .named = false };
    int error = name_atomic_file(&d, target) ? open_atomic_file(&d, target) : errno;

    if (!error)
        return drop_atomic_file(&d);
    if (rxt_status_is_shortage(error))
        return rxt_status_of(RXT_ENVIRONMENT, "%s=%.200s: cannot be written (%s)", option, path,
                             strerror(error));
    return rxt_status_of(error == ENOSPC || error == EDQUOT || error == EROFS ? RXT_ENVIRONMENT
                                                                              : RXT_USAGE,
                         "%s=%.200s: cannot be written (%s); choose another file", option, path,
                         rxt_status_reason(error));
}

static rxt_status check_there(const char *option, const char *path, const char *target)
{
    rxt_status st = check_folder(option, path, target);

    return st ? st : try_atomic_file(option, path, target);
}

rxt_status rxt_atomic_file_check(const char *option, const char *path)
{
    char target[PATH_MAX];
    struct stat file;

    if (!rxt_atomic_file_target(path, target))
        return refuse(option, path, rxt_status_reason(errno));
    if (stat(target, &file))
        return errno == ENOENT || errno == ENOTDIR ? check_there(option, path, target)
                                                   : refuse(option, path, rxt_status_reason(errno));
    if (S_ISDIR(file.st_mode))
        return refuse(option, path, "is a folder");
    if (!S_ISREG(file.st_mode))
        return refuse(option, path, "is not a regular file");
    if (access(target, W_OK))
        return refuse(option, path, "the existing file cannot be written");
    if (is_anothers(target, &file))
        return refuse(option, path, "the existing file belongs to another user");
    return check_there(option, path, target);
}

/* ---- save ---- */

rxt_status rxt_atomic_file_save(const char *option, const char *path, rxt_atomic_file_write *write,
                                void *arg)
{
    char target[PATH_MAX];
    temporary d = { .named = false };
    rxt_status st;
    int error = 0;

    if (!rxt_atomic_file_target(path, target) || !name_atomic_file(&d, target))
        error = errno;
    if (!error)
        error = open_atomic_file(&d, target);
    if (error)
        return rxt_status_of(RXT_ENVIRONMENT, "%s=%.200s: cannot be written: %s", option, path,
                             rxt_status_reason(error));
    errno = 0;
    st = write(d.file, arg);
    error = place_atomic_file(&d, target, st ? ECANCELED : flush_atomic_file(&d, target, errno));
    if (!error)
        sweep(&d, target);
    if (!error || st)
        return st;
    return rxt_status_of(RXT_ENVIRONMENT, "%s=%.200s: cannot be written: %s%s", option, path,
                         rxt_status_reason(error),
                         access(target, F_OK) ? "" : "; the previous file is unchanged");
}
