/* record_json.c - a study as one JSON document.
 *
 * The values of a row are made from the cells that the CSV has, so JSON and CSV cannot differ. The
 * parts of the document are written one by one, because they are formatted differently: figures
 * have nine digits as in CSV, samples have all digits of a double, and each row is one line. */
#include "files/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "files/break_even_json.h"
#include "results/columns.h"
#include "results/words.h"

static const size_t figures = JSON_REAL_PRECISION(9), exact = JSON_REAL_PRECISION(17),
                    decimal = JSON_REAL_PRECISION(15); /* digits for numbers of the user: they are
                                                          printed as the user wrote them */

/* Writes a value and releases it. False if the value is NULL, because there was no memory for
 * it. */
static bool put(FILE *file, json_t *value, size_t flags)
{
    bool there = value != NULL;

    if (there)
        json_dumpf(value, file, flags); /* write errors are seen later, by ferror */
    json_decref(value);
    return there;
}

/* Writes a comma, then "key": value on a new line. */
static bool put_key(FILE *file, const char *key, json_t *value, size_t flags)
{
    fprintf(file, ",\n\"%s\": ", key);
    return put(file, value, flags | JSON_ENCODE_ANY);
}

/* ---- rows ---- */

/* The number in a cell; a count stays an integer. */
static json_t *number(const char *cell)
{
    char *end;
    long long whole = strtoll(cell, &end, 10);

    return *end ? json_real(strtod(cell, NULL)) : json_integer(whole);
}

static json_t *value_of(rxt_cell_kind kind, const char *cell)
{
    int truth = kind == RXT_CELL_TRUTH ? rxt_vocabulary_find(&rxt_truth_vocabulary, cell) : -1;

    if (!*cell)
        return json_null();
    if (kind == RXT_CELL_NUMBER)
        return number(cell);
    if (truth >= 0)
        return json_boolean(truth);
    return rxt_json_text(cell);
}

static json_t *cells(const rxt_row *row, const rxt_rows *rows)
{
    int count;
    const rxt_column *column = rxt_columns_of(rows->lesson, &count);
    json_t *all = json_object();
    char cell[RXT_COLUMN_CELL];

    for (int c = 0; c < count; c++) {
        rxt_column_print(&column[c], row, rows->stopped, cell);
        all = rxt_json_put(all, column[c].name, value_of(rxt_column_cell_kind(&column[c]), cell));
    }
    return all;
}

/* All times that were kept, as [round, seconds]; a row with a wrong result has none. */
static json_t *samples(const rxt_row *row, int rounds)
{
    json_t *all = json_array();

    for (int r = 0; row->verified && r < rounds; r++)
        if (isfinite(row->seconds[r]))
            all = rxt_json_add(all, json_pack("[i, f]", r, row->seconds[r]));
    return all;
}

/* The epoch of each sample, in the order of the samples. */
static json_t *epochs(const rxt_row *row, int rounds)
{
    json_t *all = json_array();

    for (int r = 0; row->verified && r < rounds; r++)
        if (isfinite(row->seconds[r]))
            all = rxt_json_add(all, json_integer(row->epoch[r]));
    return all;
}

static bool put_row(FILE *file, const rxt_row *row, const rxt_rows *rows)
{
    bool done;

    fputs("{", file);
    done = put(file, cells(row, rows), figures | JSON_EMBED);
    fputs(", \"samples\": ", file);
    done = put(file, samples(row, rows->rounds), exact) && done;
    if (row->epoch) {
        fputs(", \"epochs\": ", file);
        done = put(file, epochs(row, rows->rounds), 0) && done;
    }
    fputs("}", file);
    return done;
}

static bool put_rows(FILE *file, const rxt_rows *rows)
{
    bool done = true;

    fputs(",\n\"rows\": [", file);
    for (int r = 0; r < rows->count && done; r++) {
        fputs(r ? ",\n" : "\n", file);
        done = put_row(file, &rows->row[r], rows);
    }
    fputs("\n]", file);
    return done;
}

/* ---- answers ---- */

static json_t *split(rxt_split p)
{
    return json_pack("{s:i, s:i, s:i}", "nodes", p.nodes, "ranks", p.ranks, "threads", p.threads);
}

/* Adds a ratio and its interval under three keys: key, key_low, key_high. */
static json_t *put_ratio(json_t *all, const char *key, const rxt_sample *ratio)
{
    const char *const end[] = { "", "_low", "_high" };
    const double value[] = { ratio ? ratio->median : NAN, ratio ? ratio->low : NAN,
                             ratio ? ratio->high : NAN };
    char name[32];

    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", key, end[i]);
        all = rxt_json_put(all, name, rxt_json_figure(value[i]));
    }
    return all;
}

static json_t *tied(const rxt_answer *answer)
{
    json_t *list = json_array();

    for (int i = 0; i < answer->count; i++)
        if (answer->tied[i])
            list = rxt_json_add(list, split(answer->row[i]->split));
    return list;
}

static json_t *contrasts(const rxt_answer *answer)
{
    json_t *list = json_array();

    for (int i = 0; i < answer->contrasts; i++) {
        const rxt_contrast *c = &answer->contrast[i];
        json_t *one = rxt_json_put(json_object(), "split", split(answer->row[c->threads]->split));

        one = rxt_json_put(one, "against", split(answer->row[c->ranks]->split));
        list = rxt_json_add(list, put_ratio(one, "gain", &c->gain));
    }
    return list;
}

/* The sentence without its subject (kernel and size), because the object has these as data. */
static const char *sentence(const char *text)
{
    const char *gap = strstr(text, "   ");

    return gap ? gap + strspn(gap, " ") : text;
}

static json_t *answer_json(const rxt_answer *answer, const rxt_record *record)
{
    const rxt_row *fastest = answer->fastest >= 0 ? answer->row[answer->fastest] : NULL;
    const rxt_row *fewest = answer->fewest >= 0 ? answer->row[answer->fewest] : NULL;
    json_t *all = rxt_json_put(json_object(), "kernel", rxt_json_text(answer->kernel));

    all = rxt_json_put(all, "team", rxt_json_text(answer->team));
    all = rxt_json_put(all, "combine", rxt_json_text(answer->combine));
    all = rxt_json_put(all, "bind", rxt_json_text(answer->bind));
    all = rxt_json_put(all, "n", json_integer(answer->n));
    all = rxt_json_put(all, "text", rxt_json_text(sentence(answer->text)));
    all = rxt_json_put(all, "fastest", fastest ? split(fastest->split) : json_null());
    all = put_ratio(all, "speedup", fastest ? &answer->speedup[answer->fastest] : NULL);
    all = rxt_json_put(all, "simultaneous", json_boolean(answer->simultaneous));
    all = rxt_json_put(all, "tied", tied(answer));
    all = rxt_json_put(all, "nothing_beats", json_boolean(answer->nothing_beats));
    all = rxt_json_put(all, "undecided", json_boolean(answer->undecided));
    all = rxt_json_put(all, "fewest", fewest ? split(fewest->split) : json_null());
    all = put_ratio(all, "loss", fewest ? &answer->loss : NULL);
    all = rxt_json_put(all, "contrasts", contrasts(answer));
    all = rxt_json_put(all, "limit", rxt_json_word(answer->limit ? answer->limit : ""));
    all = rxt_json_put(all, "limit_fraction", rxt_json_figure(answer->limit_fraction));
    all = rxt_json_put(all, "limit_host", json_boolean(answer->limit_host));
    all = rxt_json_put(all, "break_even",
                       rxt_break_even_json(record->rows, &record->answers->break_even, answer));
    return rxt_json_put(all, "horizon", rxt_json_word(record->answers->horizon));
}

static bool put_answers(FILE *file, const rxt_record *record)
{
    bool done = true;

    fputs(",\n\"answers\": [", file);
    for (int a = 0; a < record->answers->count && done; a++) {
        fputs(a ? ",\n" : "\n", file);
        done = put(file, answer_json(&record->answers->answer[a], record), figures);
    }
    fputs("\n]", file);
    return done;
}

/* Writes the costs of tasks; writes nothing if the program has no task that others are compared
 * with. */
static bool put_costs(FILE *file, const rxt_rows *rows, const rxt_costs *costs)
{
    json_t *list = json_array();

    for (int c = 0; c < costs->count; c++) {
        const rxt_cost *cost = &costs->cost[c];
        json_t *all = rxt_json_put(json_object(), "n", json_integer(cost->row->n));

        all = rxt_json_put(all, "bind", rxt_json_text(cost->row->bind));
        all = rxt_json_put(all, "kernel", rxt_json_text(cost->row->kernel));
        all = rxt_json_put(all, "split", split(cost->row->split));
        all = rxt_json_put(all, "against", rxt_json_text(rows->against));
        all = rxt_json_put(all, "against_split",
                           cost->against ? split(cost->against->split) : json_null());
        list = rxt_json_add(list, put_ratio(all, "ratio", &cost->ratio));
    }
    if (rows->against)
        return put_key(file, "costs", list, figures);
    json_decref(list);
    return true;
}

static bool put_warnings(FILE *file, const rxt_warnings *warnings)
{
    json_t *list = json_array();

    for (int w = 0; w < warnings->count; w++) {
        const rxt_warning *one = &warnings->warning[w];
        json_t *all = rxt_json_put(json_object(), "kind", json_string(one->kind));

        all = rxt_json_put(all, "rows", json_integer(one->rows));
        list = rxt_json_add(list, rxt_json_put(all, "text", rxt_json_text(one->text)));
    }
    return put_key(file, "warnings", list, 0);
}

/* ---- the document ---- */

static bool put_identity(FILE *file, const json_t *identity)
{
    return !identity || put_key(file, "identity", json_deep_copy(identity), decimal);
}

static bool put_runs(FILE *file, const rxt_rows *rows)
{
    json_t *list = json_array();

    for (int r = 0; r < rows->runs; r++)
        list = rxt_json_add(
            list, json_pack("{ss si}", "began", rows->run[r].began, "rounds", rows->run[r].rounds));
    if (rows->run)
        return put_key(file, "runs", list, 0);
    json_decref(list);
    return true;
}

static json_t *command(char *const argv[])
{
    json_t *list = json_array();

    for (int a = 0; argv[a]; a++)
        list = rxt_json_add(list, rxt_json_text(argv[a]));
    return list;
}

static bool put_head(FILE *file, const rxt_record *record)
{
    const rxt_rows *rows = record->rows;
    const rxt_plan *plan = record->plan;

    fputs("{\"schema\": \"" RXT_RECORD_SCHEMA "\"", file);
    return put_key(file, "created", rxt_json_text(record->created), 0) &&
           put_key(file, "program", rxt_json_text(rows->program), 0) &&
           put_key(file, "version", rxt_json_text(rows->version), 0) &&
           put_key(file, "command", command(record->argv), 0) &&
           put_key(file, "settings", rxt_settings_json(plan->settings, plan->asked, plan->n),
                   decimal) &&
           put_key(file, "host", rxt_host_json(record->host, record->environment), decimal) &&
           put_key(file, "status", json_string(rxt_ending_name(rows->stopped)), 0) &&
           put_runs(file, rows) && put_identity(file, record->identity);
}

rxt_status rxt_record_json(FILE *file, const rxt_record *record)
{
    bool done = put_head(file, record) && put_rows(file, record->rows) && put_answers(file, record);

    fputs(",\n\"fits\": []", file);
    done = done && put_costs(file, record->rows, &record->answers->costs) &&
           put_warnings(file, record->warnings);

    if (!done)
        return rxt_status_no_memory("to write the study as JSON");
    fputs("}\n", file);
    return RXT_OK;
}
