/* study_reader_json.c - reads a study's file in JSON.
 *
 * Jansson holds the document in memory; the rows point to the texts of the document. Jansson itself
 * refuses text that is not JSON: NaN, numbers beyond the range of a double, duplicate keys, nesting
 * deeper than 2048 levels. */
#include "files/study_reader_cell.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "files/record.h"
#include "results/words.h"

enum { MOST_CELLS = 1 << 27 }; /* samples of all rows together: 1 GiB */
enum { CHARACTER = 4 };        /* bytes of the longest UTF-8 character */

/* ---- the document ---- */

/* Is the end of the file missing? Also true if the file begins with an object and has an error
 * within its last CHARACTER bytes, because a number, word or character that is cut in two is a
 * syntax error, too. */
static bool ends_too_soon(const char *bytes, size_t size, const json_error_t *error)
{
    return json_error_code(error) == json_error_premature_end_of_input ||
           (bytes[0] == '{' && error->position >= 0 && (size_t)error->position + CHARACTER > size);
}

static rxt_status no_json(const rxt_study_reader_place *file, const char *bytes, size_t size,
                          json_error_t *error)
{
    if (json_error_code(error) == json_error_out_of_memory)
        return rxt_status_no_memory("to read %.200s", file->name);
    if (ends_too_soon(bytes, size, error))
        return rxt_study_reader_refuse(file, "is cut off in line %d; copy it again", error->line);
    return rxt_study_reader_refuse(file, "is not a study file (line %d: %s)", error->line,
                                   rxt_text_plain(error->text));
}

/* The text under a key, if it is not empty and has at most `most` bytes; else NULL. */
static const char *text_of(const json_t *object, const char *key, size_t most)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text && text[0] && strlen(text) <= most ? text : NULL;
}

/* The command line with a blank between arguments, cut to the size of rows->command. */
static void read_command(const json_t *argv, rxt_rows *rows)
{
    for (size_t a = 0; a < json_array_size(argv); a++) {
        const char *argument = json_string_value(json_array_get(argv, a));

        if (argument)
            rxt_text_append(rows->command, sizeof rows->command, "%s%s", a ? " " : "", argument);
    }
    rxt_text_plain(rows->command);
}

static rxt_status read_head(const rxt_study_reader_place *file, const json_t *study,
                            rxt_study_reader *a)
{
    const char *schema = text_of(study, "schema", 200), *created = text_of(study, "created", 31);
    const char *status = text_of(study, "status", 200);
    int ending = status ? rxt_vocabulary_find(&rxt_ending_vocabulary, status) : -1;

    if (!json_is_object(study) || !schema)
        return rxt_study_reader_refuse(file, "is not a study file: it names no schema");
    if (strcmp(schema, RXT_RECORD_SCHEMA))
        return rxt_study_reader_refuse(
            file, "is of schema %.60s; this program reads " RXT_RECORD_SCHEMA, schema);
    if (ending < 0)
        return rxt_study_reader_refuse(file, "status is neither %s nor %s", rxt_ending_name(false),
                                       rxt_ending_name(true));
    a->rows.stopped = ending;
    a->rows.program = text_of(study, "program", 200);
    a->rows.version = text_of(study, "version", 60);
    if (!created || !a->rows.program || !a->rows.version)
        return rxt_study_reader_refuse(file, "created, program or version is missing, or not text");
    snprintf(a->created, sizeof a->created, "%s", created);
    read_command(json_object_get(study, "command"), &a->rows);
    return RXT_OK;
}

/* Sets rows.host, for example to "n1, AMD EPYC, 2 cores", from the first group of equal nodes. With
 * several nodes the text also has the number of nodes. */
static rxt_status read_host(const rxt_study_reader_place *file, const json_t *host,
                            rxt_study_reader *a)
{
    const json_t *kinds = json_object_get(host, "nodes"), *first = json_array_get(kinds, 0);
    const json_t *cores = json_object_get(first, "cores"), *cpu = json_object_get(first, "cpu");
    const char *name = json_string_value(json_array_get(json_object_get(first, "names"), 0));
    size_t nodes = 0, size = sizeof a->rows.host;
    char *text = a->rows.host;

    for (size_t k = 0; k < json_array_size(kinds); k++)
        nodes += json_array_size(json_object_get(json_array_get(kinds, k), "names"));
    if (!name || (!json_is_string(cpu) && !json_is_null(cpu)) ||
        (!json_is_integer(cores) && !json_is_null(cores)) || json_integer_value(cores) < 0)
        return rxt_study_reader_refuse(file, "host has no list of nodes with names, cpu and cores");
    snprintf(text, size, "%.60s%s, %.100s", name, nodes > 1 ? " …" : "",
             json_is_string(cpu) ? json_string_value(cpu) : "unknown CPU");
    if (nodes > 1)
        rxt_text_append(text, size, ", %zu nodes of", nodes);
    if (json_is_integer(cores))
        rxt_text_append(text, size, "%s %" JSON_INTEGER_FORMAT " core%s", nodes > 1 ? "" : ",",
                        json_integer_value(cores), json_integer_value(cores) == 1 ? "" : "s");
    rxt_text_plain(text);
    return RXT_OK;
}

const char *rxt_study_reader_host(const rxt_study_reader *a, const char *key)
{
    return text_of(json_object_get(a->document, "host"), key, 1000);
}

const struct json_t *rxt_study_reader_identity(const rxt_study_reader *a)
{
    return json_object_get(a->document, "identity");
}

/* ---- rows ---- */

static rxt_status cell_of(const rxt_study_reader_place *at, const json_t *row,
                          const rxt_column *column, rxt_column_cell *cell)
{
    const json_t *value = json_object_get(row, column->name);

    *cell = (rxt_column_cell){ .kind = RXT_CELL_EMPTY };
    if (!value && column->later)
        return RXT_OK;
    if (!value)
        return rxt_study_reader_refuse(at, "%s is missing", column->name);
    if (json_is_array(value) || json_is_object(value))
        return rxt_study_reader_refuse(at, "%s is not a single value", column->name);
    if (json_is_string(value)) {
        cell->kind = RXT_CELL_WORD;
        cell->word = json_string_value(value);
    } else if (json_is_number(value)) {
        cell->kind = RXT_CELL_NUMBER;
        cell->whole = json_is_integer(value);
        cell->count = json_integer_value(value);
        cell->number = json_number_value(value);
    } else if (json_is_boolean(value)) {
        cell->kind = RXT_CELL_TRUTH;
        cell->truth = json_is_true(value);
    }
    return RXT_OK;
}

static rxt_status read_row(const rxt_study_reader_place *at, const json_t *from, rxt_row *row)
{
    int count;
    const rxt_column *column = rxt_columns_of(true, &count);
    rxt_column_cell cell[RXT_COLUMNS_MOST];
    rxt_status st = RXT_OK;

    if (!json_is_object(from))
        return rxt_study_reader_refuse(at, "is not an object");
    for (int c = 0; c < count && !st; c++)
        st = cell_of(at, from, &column[c], &cell[c]);
    return st ? st : rxt_study_reader_row(at, cell, row);
}

/* ---- samples ---- */

/* Is this [round, seconds], with a later round than `before`? */
static bool is_sample(const json_t *sample, json_int_t before)
{
    const json_t *round = json_array_get(sample, 0), *time = json_array_get(sample, 1);

    return json_array_size(sample) == 2 && json_is_integer(round) && json_is_number(time) &&
           json_integer_value(round) > before && json_integer_value(round) < INT_MAX &&
           json_number_value(time) > 0;
}

/* Checks a row's samples. The last sample's round shows how many rounds there were at least;
 * *rounds is raised to this number. */
static rxt_status survey(const rxt_study_reader_place *at, const json_t *samples,
                         const rxt_row *row, int *rounds)
{
    json_int_t before = -1;

    if (!json_is_array(samples))
        return rxt_study_reader_refuse(at, "samples is not a list");
    if (json_array_size(samples) != (size_t)row->rounds)
        return rxt_study_reader_refuse(at, "has %zu samples, but rounds is %d",
                                       json_array_size(samples), row->rounds);
    for (size_t s = 0; s < json_array_size(samples); s++) {
        const json_t *sample = json_array_get(samples, s);

        if (!is_sample(sample, before))
            return rxt_study_reader_refuse(
                at, "sample %zu is not [round, seconds] with a later round and a time above 0",
                s + 1);
        before = json_integer_value(json_array_get(sample, 0));
    }
    *rounds = before >= *rounds ? (int)before + 1 : *rounds;
    return RXT_OK;
}

static void take_samples(const json_t *samples, int rounds, double seconds[])
{
    for (int r = 0; r < rounds; r++)
        seconds[r] = NAN;
    for (size_t s = 0; s < json_array_size(samples); s++) {
        const json_t *sample = json_array_get(samples, s);

        seconds[json_integer_value(json_array_get(sample, 0))] =
            json_number_value(json_array_get(sample, 1));
    }
}

static rxt_status read_samples(const rxt_study_reader_place *file, const json_t *rows,
                               rxt_study_reader *a)
{
    rxt_status st = RXT_OK;

    for (int r = 0; r < a->rows.count && !st; r++) {
        const rxt_study_reader_place at = { file->name, r + 1 };

        st = survey(&at, json_object_get(json_array_get(rows, (size_t)r), "samples"),
                    &a->rows.row[r], &a->rows.rounds);
    }
    if (st)
        return st;
    if ((long long)a->rows.count * a->rows.rounds > MOST_CELLS)
        return rxt_study_reader_refuse(file,
                                       "%d rows of %d rounds are more than this program reads",
                                       a->rows.count, a->rows.rounds);
    a->seconds = calloc((size_t)a->rows.count * (size_t)a->rows.rounds + 1, sizeof *a->seconds);
    if (!a->seconds)
        return rxt_status_no_memory("for the samples of %.200s", file->name);
    for (int r = 0; r < a->rows.count; r++) {
        rxt_row *row = &a->rows.row[r];

        row->seconds = a->seconds + (size_t)r * (size_t)a->rows.rounds;
        take_samples(json_object_get(json_array_get(rows, (size_t)r), "samples"), a->rows.rounds,
                     row->seconds);
    }
    a->samples = true;
    return RXT_OK;
}

/* ---- epochs and runs ---- */

/* Reads a row's epochs, one for each sample, into epochs[rounds]. Within a run they only grow. */
static rxt_status read_row_epochs(const rxt_study_reader_place *at, const json_t *from,
                                  const rxt_row *row, int epochs[])
{
    const json_t *list = json_object_get(from, "epochs"),
                 *samples = json_object_get(from, "samples");

    if (!json_is_array(list) || json_array_size(list) != (size_t)row->rounds)
        return rxt_study_reader_refuse(at, "epochs is not a list with one number for each sample");
    for (size_t s = 0; s < json_array_size(list); s++) {
        const json_t *epoch = json_array_get(list, s);
        json_int_t number = json_integer_value(epoch);

        if (!json_is_integer(epoch) || number < 0 || number > INT_MAX)
            return rxt_study_reader_refuse(at, "epoch %zu is not a whole number from 0", s + 1);
        epochs[json_integer_value(json_array_get(json_array_get(samples, s), 0))] = (int)number;
    }
    return RXT_OK;
}

/* Files of older versions have no epochs. */
static rxt_status read_epochs(const rxt_study_reader_place *file, const json_t *rows,
                              rxt_study_reader *a)
{
    size_t rounds = (size_t)a->rows.rounds;
    rxt_status st = RXT_OK;

    if (a->rows.count == 0 || !json_object_get(json_array_get(rows, 0), "epochs"))
        return RXT_OK;
    a->epochs = calloc((size_t)a->rows.count * rounds + 1, sizeof *a->epochs);
    if (!a->epochs)
        return rxt_status_no_memory("for the epochs of %.200s", file->name);
    for (int r = 0; r < a->rows.count && !st; r++) {
        const rxt_study_reader_place at = { file->name, r + 1 };

        st = read_row_epochs(&at, json_array_get(rows, (size_t)r), &a->rows.row[r],
                             a->epochs + (size_t)r * rounds);
        a->rows.row[r].epoch = a->epochs + (size_t)r * rounds;
    }
    return st;
}

static bool read_run(const json_t *from, rxt_row_run *run)
{
    const char *began = text_of(from, "began", sizeof run->began - 1);
    json_int_t rounds = json_integer_value(json_object_get(from, "rounds"));

    if (!began || !json_is_integer(json_object_get(from, "rounds")) || rounds < 0 ||
        rounds > INT_MAX)
        return false;
    snprintf(run->began, sizeof run->began, "%s", began);
    run->rounds = (int)rounds;
    return true;
}

/* Numbers the rounds by their runs. The rounds of the last run may be more than the samples show.
 */
static rxt_status number_rounds(const rxt_study_reader_place *file, rxt_study_reader *a)
{
    long long all = 0;

    for (int r = 0; r < a->rows.runs; r++)
        all += a->rows.run[r].rounds;
    if (all < a->rows.rounds)
        return rxt_study_reader_refuse(file, "the runs have %lld rounds, but the samples have %d",
                                       all, a->rows.rounds);
    a->run = calloc((size_t)a->rows.rounds + 1, sizeof *a->run);
    if (!a->run)
        return rxt_status_no_memory("for the runs of %.200s", file->name);
    for (int run = 0, round = 0; run < a->rows.runs; run++)
        for (int i = 0; i < a->rows.run[run].rounds && round < a->rows.rounds; i++)
            a->run[round++] = run;
    for (int r = 0; r < a->rows.count; r++)
        a->rows.row[r].run = a->run;
    return RXT_OK;
}

/* Files of older versions have no runs. */
static rxt_status read_runs(const rxt_study_reader_place *file, const json_t *runs,
                            rxt_study_reader *a)
{
    size_t count = json_array_size(runs);

    if (!runs)
        return RXT_OK;
    if (!json_is_array(runs) || count == 0 || count > RXT_STUDY_READER_ROWS)
        return rxt_study_reader_refuse(file, "runs is not a list with at least one run");
    a->rows.run = calloc(count, sizeof *a->rows.run);
    if (!a->rows.run)
        return rxt_status_no_memory("for the runs of %.200s", file->name);
    a->rows.runs = (int)count;
    for (int r = 0; r < a->rows.runs; r++)
        if (!read_run(json_array_get(runs, (size_t)r), &a->rows.run[r]))
            return rxt_study_reader_refuse(file, "run %d has no text began and no number of rounds",
                                           r + 1);
    return number_rounds(file, a);
}

static rxt_status read_rows(const rxt_study_reader_place *file, const json_t *rows,
                            rxt_study_reader *a)
{
    rxt_status st = rxt_study_reader_room(file, a, json_array_size(rows));

    if (!st && !json_is_array(rows))
        st = rxt_study_reader_refuse(file, "rows are missing, or not a list");
    for (int r = 0; r < a->rows.count && !st; r++) {
        const rxt_study_reader_place at = { file->name, r + 1 };

        st = read_row(&at, json_array_get(rows, (size_t)r), &a->rows.row[r]);
    }
    if (!st)
        st = read_samples(file, rows, a);
    return st ? st : read_epochs(file, rows, a);
}

rxt_status rxt_study_reader_json(const rxt_study_reader_place *file, const char *bytes, size_t size,
                                 rxt_study_reader *a)
{
    json_error_t error;
    json_t *study = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    rxt_status st;

    a->document = study;
    if (!study)
        return no_json(file, bytes, size, &error);
    st = read_head(file, study, a);
    if (!st)
        st = read_host(file, json_object_get(study, "host"), a);
    if (!st)
        st = read_rows(file, json_object_get(study, "rows"), a);
    return st ? st : read_runs(file, json_object_get(study, "runs"), a);
}

void rxt_study_reader_forget(rxt_study_reader *a)
{
    json_decref(a->document);
    a->document = NULL;
}
