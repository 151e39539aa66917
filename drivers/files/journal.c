/* journal.c - the file of a journal: created or opened, appended to, removed. */
#include "files/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/atomic_file.h"
#include "base/clock.h"
#include "base/json.h"
#include "results/columns.h"

static const char schema[] = "rxt-journal-1";

struct rxt_journal {
    int fd, error;
    char path[PATH_MAX];
};

static rxt_status trouble(const char *path, int error)
{
    return rxt_status_of(RXT_ENVIRONMENT, "%.300s: the journal cannot be written (%s)", path,
                         rxt_status_reason(error));
}

static rxt_status no_journal(const char *path, const char *why)
{
    return rxt_status_of(RXT_USAGE, "%.300s: %s; remove it, or choose another --output", path, why);
}

/* ---- lines ---- */

static json_t *seen_of(const rxt_journal_visit *visit)
{
    json_t *seen = json_array();

    for (int w = 0; w < visit->workers; w++)
        seen = rxt_json_add(seen, json_integer(visit->seen[w]));
    return seen;
}

/* Writes all bytes, normally in one call of write. So a line is complete, or its end is missing if
 * the disk is full or the machine fails. If a call writes only a part, the next call fails, and
 * errno is the reason. */
static int write_all(int fd, const char *text, size_t left)
{
    while (left > 0) {
        ssize_t written = write(fd, text, left);

        if (written < 0 && errno != EINTR)
            return errno;
        text += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
    return 0;
}

static int write_line(int fd, const json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    size_t size = text ? strlen(text) + sizeof "01234567 \n" : 0;
    char *line = text ? malloc(size) : NULL;
    int error = ENOMEM;

    if (line) {
        snprintf(line, size, "%08lx %s\n", crc32(0, (const Bytef *)text, (uInt)strlen(text)), text);
        error = write_all(fd, line, size - 1);
    }
    free(line);
    free(text);
    return error;
}

/* Appends a record; takes over the object. */
static void append(rxt_journal *journal, json_t *object)
{
    if (!journal->error)
        journal->error = object ? write_line(journal->fd, object) : ENOMEM;
    json_decref(object);
}

/* An infinite result is valid and must be kept, because the results of the next job are compared
 * with it. */
static json_t *result_of(double value)
{
    return isinf(value) ? json_string(value > 0 ? "inf" : "-inf") : rxt_json_figure(value);
}

void rxt_journal_write(rxt_journal *journal, const rxt_journal_visit *visit)
{
    json_t *record =
        json_pack("{si si si sI so so so sI so sb sb si so}", "cell", visit->cell, "round",
                  visit->round, "epoch", visit->epoch, "calls", (json_int_t)visit->calls, "seconds",
                  rxt_json_figure(visit->seconds), "cost", rxt_json_figure(visit->cost), "value",
                  result_of(visit->result.value), "index", (json_int_t)visit->result.index, "error",
                  rxt_json_figure(visit->error), "right", visit->right, "astray", visit->astray,
                  "refused", visit->refused, "seen", seen_of(visit));

    for (int f = 0; f < RXT_VISIT_FIGURES; f++)
        if (!isnan(visit->figures.of[f]))
            record =
                rxt_json_put(record, rxt_columns_visit(f)->name, json_real(visit->figures.of[f]));
    append(journal, record);
}

int rxt_journal_error(const rxt_journal *journal)
{
    return journal->error;
}

void rxt_journal_sync(rxt_journal *journal)
{
    if (fdatasync(journal->fd) && !journal->error)
        journal->error = errno;
}

/* ---- the file ---- */

/* Locks the file. If another study holds the lock, waits for at most RXT_JOURNAL_PATIENCE seconds;
 * returns EWOULDBLOCK if the lock is still held then. On a file system without locks the file
 * counts as locked. */
static int lock(int fd)
{
    double until = rxt_clock_now() + RXT_JOURNAL_PATIENCE;
    const struct timespec nap = { .tv_nsec = 50000000 };

    while (flock(fd, LOCK_EX | LOCK_NB)) {
        if (errno != EWOULDBLOCK)
            return 0;
        if (rxt_clock_now() > until)
            return EWOULDBLOCK;
        nanosleep(&nap, NULL);
    }
    return 0;
}

bool rxt_journal_path(const char *file, char path[PATH_MAX])
{
    char target[PATH_MAX];

    if (!rxt_atomic_file_target(file, target))
        return false;
    if (snprintf(path, PATH_MAX, "%s.journal", target) < PATH_MAX)
        return true;
    errno = ENAMETOOLONG;
    return false;
}

const char *rxt_journal_name(const char *file, char name[PATH_MAX])
{
    if (!rxt_journal_path(file, name))
        snprintf(name, PATH_MAX, "%.4000s.journal", file);
    return name;
}

bool rxt_journal_held(const char *file)
{
    char path[PATH_MAX];
    bool held;
    int fd;

    if (!rxt_journal_path(file, path))
        return false;
    fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    held = flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK;
    close(fd);
    return held;
}

static rxt_status in_use(const char *path)
{
    return rxt_status_of(RXT_USAGE,
                         "%.300s: another study is writing this file; wait for the end of that "
                         "study, or choose another --output",
                         path);
}

/* Does the file still have its name? The process that held the lock may have removed or renamed it
 * while we waited. */
static bool still_there(const rxt_journal *journal, const struct stat *opened)
{
    struct stat now;

    return !stat(journal->path, &now) && now.st_dev == opened->st_dev &&
           now.st_ino == opened->st_ino;
}

/* Opens and locks the journal's file. The descriptor is -1 if the file does not exist and `flags`
 * does not create it. *there becomes true if the locked file still has its name. */
static rxt_status open_locked(rxt_journal *journal, int flags, bool *there)
{
    struct stat opened;

    if (journal->fd >= 0)
        close(journal->fd);
    journal->fd = open(journal->path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK | flags, 0666);
    if (journal->fd < 0 && errno == EISDIR)
        return no_journal(journal->path, "is a folder");
    if (journal->fd < 0)
        return errno == ENOENT && !flags ? RXT_OK : trouble(journal->path, errno);
    if (fstat(journal->fd, &opened))
        return trouble(journal->path, errno);
    if (!S_ISREG(opened.st_mode))
        return no_journal(journal->path, "is not a regular file");
    if (lock(journal->fd))
        return in_use(journal->path);
    *there = still_there(journal, &opened);
    return RXT_OK;
}

/* Opens FILE.journal and locks it; tries again if the file lost its name meanwhile. *out is NULL if
 * the file does not exist and `flags` does not create it. */
static rxt_status take(const char *file, int flags, rxt_journal **out)
{
    rxt_journal *journal = calloc(1, sizeof *journal);
    rxt_status st = RXT_OK;
    bool there = false;

    *out = NULL;
    if (!journal)
        return trouble(file, ENOMEM);
    journal->fd = -1;
    if (!rxt_journal_path(file, journal->path))
        st = trouble(file, errno);
    while (!st && !there) {
        st = open_locked(journal, flags, &there);
        if (!st && journal->fd < 0)
            break;
    }
    if (!st && there)
        *out = journal;
    else
        rxt_journal_close(journal);
    return st;
}

/* Reads the whole file. *empty becomes true if the file has no bytes: then even its first line is
 * missing. */
static rxt_status load(const rxt_journal *journal, rxt_journal_contents *contents, bool *empty)
{
    struct stat file;
    char *bytes = NULL;
    size_t size = 0;
    ssize_t more = 1;
    rxt_status st;

    if (!fstat(journal->fd, &file))
        bytes = malloc((size_t)file.st_size + 1);
    while (bytes && more > 0 && size < (size_t)file.st_size) {
        more = pread(journal->fd, bytes + size, (size_t)file.st_size - size, (off_t)size);
        size += more > 0 ? (size_t)more : 0;
    }
    st = !bytes || more < 0 ? trouble(journal->path, errno)
                            : rxt_journal_read(bytes, size, contents);
    *empty = !st && size == 0;
    free(bytes);
    return st;
}

/* Is this the journal of a study, in our format? If not, the file is left unchanged. */
static rxt_status check(const char *path, const rxt_journal_contents *contents)
{
    const char *found = json_string_value(json_object_get(contents->head, "schema"));

    if (!found || strncmp(found, "rxt-journal-", 12))
        return no_journal(path, "is not the journal of a study");
    if (strcmp(found, schema))
        return no_journal(path, "is a journal of another version of rxt");
    return RXT_OK;
}

rxt_status rxt_journal_open(const char *file, rxt_journal **journal, rxt_journal_contents *contents)
{
    rxt_status st = take(file, 0, journal);
    bool empty = false;

    *contents = (rxt_journal_contents){ 0 };
    if (st || !*journal)
        return st;
    st = load(*journal, contents, &empty);
    if (!st && !empty)
        st = check((*journal)->path, contents);
    if (!st && !empty)
        return RXT_OK;
    rxt_journal_free(contents);
    rxt_journal_close(*journal);
    *journal = NULL;
    return st;
}

/* FILE.journal.old, or .old2, .old3, …: the first name that is free. */
static char *free_name(const char *path, char name[PATH_MAX + 16])
{
    snprintf(name, PATH_MAX + 16, "%s.old", path);
    for (int number = 2; number < 1000 && !access(name, F_OK); number++)
        snprintf(name, PATH_MAX + 16, "%s.old%d", path, number);
    return name;
}

/* If there is an older journal that has visits, renames it; `aside` gets the new name, else "". */
static rxt_status set_aside(const char *file, char aside[RXT_JOURNAL_NAME])
{
    char name[PATH_MAX + 16];
    rxt_journal_contents contents;
    rxt_journal *older;
    rxt_status st = rxt_journal_open(file, &older, &contents);

    aside[0] = '\0';
    if (!st && contents.visits > 0) {
        if (rename(older->path, free_name(older->path, name)))
            st = trouble(name, errno);
        else
            snprintf(aside, RXT_JOURNAL_NAME, "%.255s", name);
    }
    rxt_journal_free(&contents);
    rxt_journal_close(older);
    return st;
}

/* Truncates the file and writes the first record; takes over `head`. */
static rxt_status begin(rxt_journal *journal, json_t *head)
{
    json_t *first = json_pack("{ss}", "schema", schema);

    if (!head || json_object_update(first, head))
        journal->error = ENOMEM;
    json_decref(head);
    if (ftruncate(journal->fd, 0))
        journal->error = errno;
    append(journal, first);
    return journal->error ? trouble(journal->path, journal->error) : RXT_OK;
}

rxt_status rxt_journal_create(const char *file, json_t *head, char aside[RXT_JOURNAL_NAME],
                              rxt_journal **journal)
{
    rxt_status st = set_aside(file, aside);

    *journal = NULL;
    if (!st)
        st = take(file, O_CREAT, journal);
    if (st) {
        json_decref(head);
        return st;
    }
    st = begin(*journal, head);
    if (st) {
        rxt_journal_remove(*journal);
        rxt_journal_close(*journal);
        *journal = NULL;
    }
    return st;
}

rxt_status rxt_journal_go_on(rxt_journal *journal, const rxt_journal_contents *contents,
                             bool forced)
{
    if (ftruncate(journal->fd, (off_t)contents->sound))
        journal->error = errno;
    append(journal, json_pack("{sb sb}", "resumed", true, "forced", forced));
    return journal->error ? trouble(journal->path, journal->error) : RXT_OK;
}

void rxt_journal_remove(rxt_journal *journal)
{
    unlink(journal->path);
}

void rxt_journal_close(rxt_journal *journal)
{
    if (!journal)
        return;
    if (journal->fd >= 0)
        close(journal->fd);
    free(journal);
}
