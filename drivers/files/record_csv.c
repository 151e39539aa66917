/* record_csv.c - rows as CSV (RFC 4180, lines ending in LF). */
#include "files/record.h"

#include <string.h>

#include "results/columns.h"

static void print_cell(FILE *file, const char *cell)
{
    if (!strpbrk(cell, ",\"\r\n")) {
        fputs(cell, file);
        return;
    }
    fputc('"', file);
    for (; *cell; cell++) {
        if (*cell == '"')
            fputc('"', file);
        fputc(*cell, file);
    }
    fputc('"', file);
}

void rxt_record_csv(FILE *file, const rxt_rows *rows)
{
    int columns;
    const rxt_column *column = rxt_columns_of(rows->lesson, &columns);
    char cell[RXT_COLUMN_CELL];

    for (int c = 0; c < columns; c++)
        fprintf(file, "%s%s", column[c].name, c + 1 < columns ? "," : "\n");
    for (int r = 0; r < rows->count; r++) {
        for (int c = 0; c < columns; c++) {
            rxt_column_print(&column[c], &rows->row[r], rows->stopped, cell);
            fputs(c ? "," : "", file);
            print_cell(file, cell);
        }
        fputc('\n', file);
    }
}
