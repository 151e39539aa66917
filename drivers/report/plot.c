/* plot.c - draws a page of pictures by gnuplot and saves it.
 *
 * gnuplot reads its commands from standard input and draws to standard output, so it gets no file
 * name and no shell is involved. */
#include "report/plot_panel.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/list.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "report/report.h"

/* The terminal of gnuplot for each ending of a file name. All pages have the shape of 1000 × 760
 * points. */
static const struct ending {
    const char *ending, *terminal;
} endings[] = {
    { ".svg", "svg size 1000,760 noenhanced font 'Helvetica,Arial,sans-serif,13' background "
              "rgb 'white'" },
    { ".png", "pngcairo size 2000,1520 noenhanced font 'sans,13' fontscale 2 linewidth 2 "
              "pointscale 2" },
    { ".pdf", "pdfcairo size 25cm,19cm noenhanced font 'sans,9' linewidth 0.8" },
};
enum { ENDINGS = sizeof endings / sizeof endings[0] };

static const struct ending *ending_of(const char *path)
{
    for (int e = 0; e < ENDINGS; e++)
        if (rxt_atomic_file_ends(path, endings[e].ending))
            return &endings[e];
    return NULL;
}

/* ---- gnuplot ---- */

enum { MOST_SECONDS = 120 /* for one page; usually a page takes less than 1 s */ };

/* One run of gnuplot: the option and path for messages; its standard input, output and error, as
 * files in memory. */
typedef struct gnuplot_run {
    const char *option, *path;
    FILE *part[3];
} gnuplot_run;

static void close_run(gnuplot_run *run)
{
    for (int p = 0; p < 3; p++)
        if (run->part[p])
            fclose(run->part[p]);
}

static rxt_status open_run(gnuplot_run *run, const char *option, const char *path)
{
    *run = (gnuplot_run){ .option = option, .path = path };
    for (int p = 0; p < 3; p++) {
        int descriptor = memfd_create("rxt", MFD_CLOEXEC);

        run->part[p] = descriptor < 0 ? NULL : fdopen(descriptor, "w+");
        if (run->part[p])
            continue;
        if (descriptor >= 0)
            close(descriptor);
        close_run(run);
        return rxt_status_no_memory("for gnuplot's input (%s)", strerror(errno));
    }
    return RXT_OK;
}

/* The first line of gnuplot's messages that is not empty. */
static void first_line(FILE *file, char text[200])
{
    text[0] = '\0';
    rewind(file);
    while (!text[strspn(text, " \t\n")] && fgets(text, 200, file))
        continue;
    text[strcspn(text, "\n")] = '\0';
    rxt_text_plain(text);
}

/* Finishes the commands. The limit of ulimit -f holds for a file in memory (memfd) too, so writing
 * the commands can fail. */
static rxt_status finish_commands(const gnuplot_run *run)
{
    FILE *commands = run->part[0];

    errno = 0;
    if (fflush(commands) || ferror(commands))
        return rxt_status_of(RXT_ENVIRONMENT,
                             "%s=%.200s: gnuplot's commands cannot be written (%s)", run->option,
                             run->path, rxt_status_reason(errno ? errno : EFBIG));
    rewind(commands);
    return RXT_OK;
}

static rxt_status failure(const gnuplot_run *run, int code)
{
    char said[200];

    first_line(run->part[2], said);
    return rxt_status_of(RXT_ENVIRONMENT, "%s=%.200s: gnuplot failed with exit code %d: %s",
                         run->option, run->path, code,
                         said[0]                 ? said
                         : code == 128 + SIGXFSZ ? rxt_status_reason(EFBIG)
                                                 : "it did not say why");
}

static rxt_status run_gnuplot(const gnuplot_run *run)
{
    char *const argv[] = { (char[]){ "gnuplot" }, (char[]){ "--default-settings" }, (char[]){ "-" },
                           NULL };
    const int descriptor[] = { fileno(run->part[0]), fileno(run->part[1]), fileno(run->part[2]) };
    int code = 0, error;
    rxt_status st = finish_commands(run);

    if (st)
        return st;
    error = rxt_subprocess_run(argv, "GNUTERM", descriptor, MOST_SECONDS,
                               &code); /* GNUTERM is removed: gnuplot would open a window first */
    if (error == ENOENT)
        return rxt_status_of(RXT_ENVIRONMENT, "gnuplot was not found; to draw pictures install the "
                                              "package gnuplot-nox, or put its folder into PATH");
    if (error == ETIMEDOUT)
        return rxt_status_of(
            RXT_ENVIRONMENT,
            "%s=%.200s: gnuplot was killed after %d s; use rxt plot to draw the study's file again",
            run->option, run->path, MOST_SECONDS);
    if (error)
        return rxt_status_of(RXT_ENVIRONMENT, "gnuplot cannot be started (%s)", strerror(error));
    return code == 0 ? RXT_OK : failure(run, code);
}

rxt_status rxt_report_plot_check(const char *option, const char *path)
{
    const struct ending *ending = ending_of(path);
    rxt_status st;
    gnuplot_run run;

    if (!ending)
        return rxt_status_of(
            RXT_USAGE,
            "%s=%.200s: only .svg, .png and .pdf can be drawn; end the file name in one of them",
            option, path);
    st = rxt_atomic_file_check(option, path);
    if (!st)
        st = open_run(&run, option, path);
    if (st)
        return st;
    fprintf(run.part[0], "set terminal %s\n", ending->terminal);
    st = run_gnuplot(&run);
    close_run(&run);
    return st;
}

/* ---- the page ---- */

static const rxt_plot_panel *const panels[] = { &rxt_plot_speedup, &rxt_plot_sizes, &rxt_plot_heat,
                                                &rxt_plot_spread };
enum { PANELS = sizeof panels / sizeof panels[0] };

/* Prints the command for line number `line` above the pictures. */
static void put_line(FILE *file, int line, double y, const char *size, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
static void put_line(FILE *file, int line, double y, const char *size, const char *format, ...)
{
    char text[1000] = "";
    va_list args;

    va_start(args, format);
    rxt_text_append_list(text, sizeof text, format, args);
    va_end(args);
    fprintf(file, "set label %d ", line);
    rxt_plot_quote(file, text);
    fprintf(file, " at screen 0.02,%g left font ',%s'\n", y, size);
}

static void put_rounds(const rxt_plot_page *page, char text[40])
{
    int least = page->split[0]->rounds, most = least;

    for (int s = 1; s < page->splits; s++) {
        least = page->split[s]->rounds < least ? page->split[s]->rounds : least;
        most = page->split[s]->rounds > most ? page->split[s]->rounds : most;
    }
    if (least == most)
        snprintf(text, 40, "%d round%s", most, most == 1 ? "" : "s");
    else
        snprintf(text, 40, "%d to %d rounds", least, most);
}

static void put_head(FILE *file, const rxt_plot_page *page)
{
    const rxt_rows *rows = page->rows;
    const rxt_row *row = page->split[0];
    char n[32], split[RXT_SPLIT_TEXT], rounds[40], made[200] = "";

    put_rounds(page, rounds);
    put_line(file, 1, 0.965, "17", "%.100s   n = %s%s   %s   %s", page->kernel,
             rxt_list_print(page->n, n), rxt_row_weak(row) ? " per worker" : "", row->type,
             row->level ? row->level : ""); /* a task has no cache level */
    put_line(file, 2, 0.93, "11", "%.110s%sbaseline %s", rows->host, rows->host[0] ? "; " : "",
             rxt_split_name(row->baseline, split));
    if (rows->program)
        snprintf(made, sizeof made, "%s %s, %.10s; ", rows->program, rows->version, page->created);
    put_line(file, 3, 0.905, "11",
             "%s%s scaling, team %s, combine %s, bind %s; medians of %s, %s%s", made, row->scaling,
             page->team, page->combine, page->bind, rounds,
             row->rounds < 6 ? "too few for intervals" : "95 % intervals",
             rows->stopped ? "; stopped early" : "");
}

static void put_page(FILE *file, const rxt_plot_page *page, const char *terminal)
{
    const rxt_plot_panel *there[PANELS];
    int count = 0;

    for (int p = 0; p < PANELS; p++)
        if (panels[p]->there(page))
            there[count++] = panels[p];
    fprintf(
        file,
        "set encoding utf8\nset terminal %s\n"
        "set border 3 lw 0.8\nset tics nomirror out scale 0.6\nset key reverse Left samplen 2.5 "
        "spacing 1.1\nset bars small\n",
        terminal);
    fprintf(file,
            "set multiplot layout %d,%d margins screen 0.085,0.985,0.115,0.835 spacing screen "
            "0.115,0.185\nset xlabel offset 0,0.3\nset ylabel offset 0.7,0\n",
            count > 2 ? 2 : 1, count > 1 ? 2 : 1);
    put_head(file, page);
    for (int p = 0; p < count; p++) {
        there[p]->put(file, page);
        fputs("unset label\nunset object\nunset arrow\nunset logscale\nset xtics auto norotate\n"
              "set ytics auto\nset format '%g'\nset xrange [*:*]\nset yrange [*:*]\n"
              "set xlabel ''\nset ylabel ''\nset border 3\nset key on\n",
              file);
    }
    fputs("unset multiplot\n", file);
}

/* ---- into the file ---- */

static rxt_status copy(FILE *file, void *arg)
{
    const gnuplot_run *run = arg;
    char bytes[4096];
    size_t size, all = 0;

    rewind(run->part[1]);
    while ((size = fread(bytes, 1, sizeof bytes, run->part[1])) > 0)
        all += fwrite(bytes, 1, size, file);
    if (all > 0 || ferror(file))
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "%s=%.200s: gnuplot drew nothing (is there room? see df and ulimit -f)",
                         run->option, run->path);
}

static rxt_status draw(const char *option, const char *path, const rxt_plot_page *page)
{
    const struct ending *ending = ending_of(path);
    gnuplot_run run;
    rxt_status st = open_run(&run, option, path);

    if (st)
        return st;
    put_page(run.part[0], page, ending->terminal);
    st = run_gnuplot(&run);
    if (!st)
        st = rxt_atomic_file_save(option, path, copy, &run);
    close_run(&run);
    return st;
}

rxt_status rxt_report_plot(const char *option, const char *path, const rxt_rows *rows,
                           const char *created, const rxt_plot_request *request,
                           char left_out[RXT_STATUS_TEXT])
{
    rxt_plot_page page = { .rows = rows, .created = created };
    rxt_status st = rxt_plot_take(&page, request, left_out);

    if (!st)
        st = draw(option, path, &page);
    rxt_plot_leave(&page);
    return st;
}
