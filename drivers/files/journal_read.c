/* journal_read.c - reads the records of a journal from its bytes. */
#include "files/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "results/columns.h"

enum { SUM = 8, PREFIX = SUM + 1 }; /* digits of a checksum; digits and the space */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The JSON object of a line (given without its LF); NULL if the line is damaged. */
static json_t *object_of(const char *line, size_t length)
{
    unsigned long sum = 0;
    json_t *object;

    if (length <= PREFIX || length > UINT_MAX || line[SUM] != ' ')
        return NULL;
    for (int i = 0; i < SUM; i++) {
        if (digit(line[i]) < 0)
            return NULL;
        sum = sum << 4 | (unsigned long)digit(line[i]);
    }
    if (crc32(0, (const Bytef *)line + PREFIX, (uInt)(length - PREFIX)) != sum)
        return NULL;
    object = json_loadb(line + PREFIX, length - PREFIX, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(object))
        return object;
    json_decref(object);
    return NULL;
}

/* ---- fields ---- */

static bool read_int(const json_t *object, const char *key, int least, int *value)
{
    const json_t *field = json_object_get(object, key);
    json_int_t number = json_integer_value(field);

    *value = (int)number;
    return json_is_integer(field) && number >= least && number <= INT_MAX;
}

static bool read_long(const json_t *object, const char *key, ptrdiff_t least, ptrdiff_t *value)
{
    const json_t *field = json_object_get(object, key);

    *value = (ptrdiff_t)json_integer_value(field);
    return json_is_integer(field) && json_integer_value(field) >= least;
}

/* Reads a double; null stands for NaN, which JSON does not have. */
static bool read_double(const json_t *object, const char *key, double *value)
{
    const json_t *field = json_object_get(object, key);

    *value = json_is_null(field) ? (double)NAN : json_number_value(field);
    return json_is_null(field) || json_is_number(field);
}

/* Reads a result, which may also be the text "inf" or "-inf". */
static bool read_result(const json_t *object, const char *key, double *value)
{
    const char *word = json_string_value(json_object_get(object, key));

    if (!word)
        return read_double(object, key, value);
    *value = word[0] == '-' ? -(double)INFINITY : (double)INFINITY;
    return !strcmp(word, "inf") || !strcmp(word, "-inf");
}

/* Reads the figures that the visit has; the others stay NAN. */
static bool read_figures(const json_t *object, rxt_visit_figures *figures)
{
    *figures = rxt_visit_figures_none();
    for (int f = 0; f < RXT_VISIT_FIGURES; f++) {
        const char *key = rxt_columns_visit(f)->name;

        if (json_object_get(object, key) && !read_double(object, key, &figures->of[f]))
            return false;
    }
    return true;
}

static bool read_bool(const json_t *object, const char *key, bool *value)
{
    const json_t *field = json_object_get(object, key);

    *value = json_is_true(field);
    return json_is_boolean(field);
}

static bool read_seen(const json_t *object, rxt_journal_visit *visit, bool *memory)
{
    const json_t *field = json_object_get(object, "seen");
    size_t workers = json_array_size(field);

    if (!json_is_array(field) || workers == 0 || workers > INT_MAX)
        return false;
    visit->seen = malloc(workers * sizeof *visit->seen);
    *memory = visit->seen;
    for (size_t w = 0; visit->seen && w < workers; w++) {
        const json_t *cpu = json_array_get(field, w);
        json_int_t number = json_integer_value(cpu);

        if (!json_is_integer(cpu) || number < -1 || number > INT_MAX)
            return false;
        visit->seen[w] = (int)number;
    }
    visit->workers = (int)workers;
    return visit->seen;
}

/* Can a program have written these values? A trial and a visit with a wrong result have no time;
 * all other visits have a time and a number of calls. */
static bool likely(const rxt_journal_visit *visit)
{
    bool timed = visit->round >= 0 && visit->right;

    return (timed ? visit->seconds > 0 && visit->calls > 0 : isnan(visit->seconds)) &&
           visit->cost >= 0 && (!visit->right || (visit->error >= 0 && visit->error <= 1));
}

/* Journals of older versions have no epochs. */
static bool read_epoch(const json_t *object, int *epoch)
{
    *epoch = 0;
    return !json_object_get(object, "epoch") || read_int(object, "epoch", 0, epoch);
}

static bool read_visit(const json_t *object, rxt_journal_visit *visit, bool *memory)
{
    *visit = (rxt_journal_visit){ 0 };
    if (!read_int(object, "cell", 0, &visit->cell) ||
        !read_int(object, "round", -1, &visit->round) || !read_epoch(object, &visit->epoch) ||
        !read_long(object, "calls", 0, &visit->calls) ||
        !read_double(object, "seconds", &visit->seconds) ||
        !read_figures(object, &visit->figures) || !read_double(object, "cost", &visit->cost) ||
        !read_result(object, "value", &visit->result.value) ||
        !read_long(object, "index", -1, &visit->result.index) ||
        !read_double(object, "error", &visit->error) ||
        !read_bool(object, "right", &visit->right) ||
        !read_bool(object, "astray", &visit->astray) ||
        !read_int(object, "refused", 0, &visit->refused))
        return false;
    if (!visit->right && isnan(visit->error))
        visit->error = INFINITY;
    return likely(visit) && read_seen(object, visit, memory);
}

/* ---- the whole ---- */

/* Returns the place for the next visit; the list doubles when it is full. NULL without memory. */
static rxt_journal_visit *next_place(rxt_journal_contents *contents)
{
    int count = contents->visits;
    rxt_journal_visit *more = contents->visit;

    if ((count & (count - 1)) == 0) /* none yet, or a power of two: the list is full */
        more = count > INT_MAX / 2 ? NULL
                                   : realloc(more, (count ? 2 * (size_t)count : 1) * sizeof *more);
    if (!more)
        return NULL;
    contents->visit = more;
    return &more[count];
}

/* Adds one record to the contents; false if the object is not a valid record. *memory becomes false
 * without memory. */
static bool enter(rxt_journal_contents *contents, json_t *object, bool *memory)
{
    rxt_journal_visit *visit;

    if (!contents->head) {
        contents->head = json_incref(object);
        contents->jobs = 1;
        return true;
    }
    if (json_object_get(object, "resumed")) {
        contents->jobs++;
        if (json_is_true(json_object_get(object, "forced"))) {
            contents->forced = true;
            contents->damaged = 0; /* the user accepted the damage by --resume=force */
        }
        return true;
    }
    visit = next_place(contents);
    *memory = visit;
    if (!visit)
        return false;
    if (read_visit(object, visit, memory)) {
        contents->visits++;
        return true;
    }
    free(visit->seen);
    return false;
}

/* Reads one complete line, with its LF; false if it is damaged. */
static bool read_line(rxt_journal_contents *contents, const char *line, size_t length, bool *memory)
{
    json_t *object = object_of(line, length - 1);
    bool sound = object && enter(contents, object, memory);

    json_decref(object);
    return sound;
}

rxt_status rxt_journal_read(const char *bytes, size_t size, rxt_journal_contents *contents)
{
    bool memory = true;
    const char *end;
    int line = 1;

    *contents = (rxt_journal_contents){ 0 };
    for (size_t at = 0; memory && at < size && (end = memchr(bytes + at, '\n', size - at));
         line++) {
        size_t length = (size_t)(end - bytes) + 1 - at;

        if (read_line(contents, bytes + at, length, &memory))
            contents->sound = at + length;
        else if (!contents->damaged)
            contents->damaged = line;
        at += length;
    }
    if (memory)
        return RXT_OK;
    rxt_journal_free(contents);
    return rxt_status_no_memory("for the visits of a journal");
}

static FILE *open_regular(const char *path)
{
    struct stat found;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = NULL;

    if (fd >= 0 && !fstat(fd, &found) && S_ISREG(found.st_mode))
        file = fdopen(fd, "r");
    if (fd >= 0 && !file)
        close(fd);
    return file;
}

rxt_status rxt_journal_head(const char *file, json_t **head)
{
    char path[PATH_MAX], *line = NULL;
    size_t room = 0;
    ssize_t length = -1;
    FILE *journal = NULL;
    rxt_status st = RXT_OK;

    *head = NULL;
    errno = 0;
    if (rxt_journal_path(file, path))
        journal = open_regular(path);
    if (journal)
        length = getline(&line, &room, journal);
    if (length > 0)
        *head = object_of(line, (size_t)length - 1);
    else if (rxt_status_is_shortage(errno) || errno == EIO)
        st = rxt_status_of(RXT_ENVIRONMENT, "--resume: %.200s: cannot be read (%s)", path,
                           rxt_status_reason(errno));
    free(line);
    if (journal)
        fclose(journal);
    return st;
}

void rxt_journal_free(rxt_journal_contents *contents)
{
    json_decref(contents->head);
    for (int i = 0; i < contents->visits; i++)
        free(contents->visit[i].seen);
    free(contents->visit);
    *contents = (rxt_journal_contents){ 0 };
}
