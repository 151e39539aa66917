/* report_csv.c - rows as CSV (RFC 4180, lines ending in LF). */
#include <rxt/report.h>

#include <string.h>

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

static void print_header(FILE *file, int columns, const rxt_column column[])
{
    for (int c = 0; c < columns; c++) {
        fputs(c ? "," : "", file);
        fputs(column[c].name, file);
    }
    fputc('\n', file);
}

void rxt_report_csv(FILE *file, const rxt_rows *rows)
{
    int columns;
    const rxt_column *column = rxt_report_columns(&columns);
    char cell[RXT_ROW_PLACEMENT];

    print_header(file, columns, column);
    for (int r = 0; r < rows->count; r++) {
        for (int c = 0; c < columns; c++) {
            column[c].print(&rows->row[r], rows->stopped, cell);
            fputs(c ? "," : "", file);
            print_cell(file, cell);
        }
        fputc('\n', file);
    }
}
