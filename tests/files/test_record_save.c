/* test_record_save.c - saving a study: formats, links, permissions, and files that cannot be
 * written. */
#include "record_json.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"

#include "files/record.h"
#include <rxt/status.h>

typedef struct folder {
    char path[64], file[96];
    mode_t umask;
} folder;

static folder make_folder(void)
{
    folder f = { .path = "/tmp/rxt-report-XXXXXX" };

    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(f.path));
    snprintf(f.file, sizeof f.file, "%s/study.csv", f.path);
    f.umask = umask(027);
    return f;
}

static int entries(const folder *f)
{
    int count = 0;
    DIR *dir = opendir(f->path);

    CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    closedir(dir);
    return count;
}

static void remove_folder(const folder *f)
{
    char command[128];

    umask(f->umask);
    snprintf(command, sizeof command, "rm -rf '%s'", f->path);
    CU_ASSERT_EQUAL(system(command), 0);
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
}

static bool holds(const char *path, const char *text)
{
    char read[8000] = "";
    FILE *file = fopen(path, "r");

    if (!file)
        return false;
    read[fread(read, 1, sizeof read - 1, file)] = '\0';
    fclose(file);
    return !strcmp(read, text);
}

static void refused(const char *path, const char *words)
{
    rxt_status st = rxt_record_check(path);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
    if (st) {
        CU_ASSERT_TRUE(says(st->text, words));
        CU_ASSERT_TRUE(says(st->text, "--output="));
    }
    rxt_status_free(st);
}

static void where_no_file_can_be_is_seen_beforehand(void)
{
    folder f = make_folder();
    char path[200];

    CU_ASSERT_PTR_NULL(rxt_record_check(f.file));
    CU_ASSERT_EQUAL(entries(&f), 0); /* the check creates no file */
    put_file(f.file, "old");
    CU_ASSERT_PTR_NULL(rxt_record_check(f.file));
    CU_ASSERT_TRUE(holds(f.file, "old"));
    refused("study.txt", "only .json and .csv can be written");
    refused("study", "only .json and .csv can be written");
    refused(".csv", "only .json and .csv can be written");
    refused(".json", "only .json and .csv can be written");
    refused("", "only .json and .csv can be written");
    snprintf(path, sizeof path, "%s/missing/study.csv", f.path);
    refused(path, "there is no folder");
    snprintf(path, sizeof path, "%s/study.csv/study.csv", f.path);
    refused(path, "ot a directory");
    snprintf(path, sizeof path, "%s/folder.csv", f.path);
    CU_ASSERT_EQUAL(mkdir(path, 0777), 0);
    refused(path, "is a folder");
    snprintf(path, sizeof path, "%s/pipe.csv", f.path);
    CU_ASSERT_EQUAL(mkfifo(path, 0666), 0);
    refused(path, "is not a regular file");
    refused("/proc/study.csv", "cannot be written"); /* even for root, who may write the folder */
    remove_folder(&f);
}

static void what_must_not_be_written_is_seen_beforehand(void)
{
    folder f = make_folder();

    if (geteuid() != 0) { /* root may write anything */
        put_file(f.file, "old");
        chmod(f.file, 0444);
        refused(f.file, "the existing file cannot be written");
        unlink(f.file);
        chmod(f.path, 0555);
        refused(f.file, "cannot be written (Permission denied)");
        chmod(f.path, 0755);
    }
    remove_folder(&f);
}

static rxt_status save(const char *path, const rxt_rows *rows)
{
    story s;

    return rxt_record_save(path, story_of(&s, rows));
}

static void a_study_is_saved_whole_and_replaces_the_old(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.8) };
    rxt_rows rows = rows_of(row, 2);
    folder f = make_folder();
    char *csv = csv_of(&rows);
    struct stat file;

    CU_ASSERT_PTR_NULL(save(f.file, &rows));
    CU_ASSERT_TRUE(holds(f.file, csv));
    CU_ASSERT_EQUAL(stat(f.file, &file), 0);
    CU_ASSERT_EQUAL(file.st_mode & 0777, 0640); /* 0666 without the bits of the umask 027 */
    put_file(f.file, "old");
    CU_ASSERT_PTR_NULL(save(f.file, &rows));
    CU_ASSERT_TRUE(holds(f.file, csv));
    CU_ASSERT_EQUAL(entries(&f), 1);
    free(csv);
    remove_folder(&f);
}

static void the_ending_says_how(void)
{
    double seconds[12] = { 1e-3 };
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    folder f = make_folder();
    char path[120], *json;
    story s;

    row[0].seconds = seconds;
    snprintf(path, sizeof path, "%s/study.csv.json", f.path);
    CU_ASSERT_PTR_NULL(rxt_record_check(path));
    CU_ASSERT_PTR_NULL(rxt_record_save(path, story_of(&s, &rows)));
    json = json_of(story_of(&s, &rows));
    CU_ASSERT_TRUE(holds(path, json));
    CU_ASSERT_EQUAL(entries(&f), 1);
    free(json);
    remove_folder(&f);
}

static void a_link_stays_and_its_file_is_replaced(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    folder f = make_folder();
    char link[120], *csv = csv_of(&rows);
    struct stat file;

    snprintf(link, sizeof link, "%s/link.csv", f.path);
    put_file(f.file, "old");
    CU_ASSERT_EQUAL(symlink("study.csv", link), 0);
    CU_ASSERT_PTR_NULL(rxt_record_check(link));
    CU_ASSERT_PTR_NULL(save(link, &rows));
    CU_ASSERT_EQUAL(lstat(link, &file), 0);
    CU_ASSERT_TRUE(S_ISLNK(file.st_mode));
    CU_ASSERT_TRUE(holds(f.file, csv));
    CU_ASSERT_EQUAL(entries(&f), 2);
    free(csv);
    remove_folder(&f);
}

static void a_link_to_nothing_stays_and_its_file_is_made(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    folder f = make_folder();
    char link[120], *csv = csv_of(&rows);
    struct stat file;

    snprintf(link, sizeof link, "%s/link.csv", f.path);
    CU_ASSERT_EQUAL(symlink("other.csv", link), 0);
    snprintf(link, sizeof link, "%s/other.csv", f.path);
    CU_ASSERT_EQUAL(symlink("study.csv", link), 0);
    snprintf(link, sizeof link, "%s/link.csv", f.path);
    CU_ASSERT_PTR_NULL(rxt_record_check(link));
    CU_ASSERT_PTR_NULL(save(link, &rows));
    CU_ASSERT_EQUAL(lstat(link, &file), 0);
    CU_ASSERT_TRUE(S_ISLNK(file.st_mode));
    CU_ASSERT_TRUE(holds(f.file, csv));
    CU_ASSERT_EQUAL(entries(&f), 3);
    snprintf(link, sizeof link, "%s/lost.csv", f.path);
    CU_ASSERT_EQUAL(symlink("missing/study.csv", link), 0);
    refused(link, "there is no folder");
    free(csv);
    remove_folder(&f);
}

static void a_file_that_is_replaced_keeps_its_mode(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    folder f = make_folder();
    struct stat file;

    put_file(f.file, "old");
    CU_ASSERT_EQUAL(chmod(f.file, 0600), 0);
    CU_ASSERT_PTR_NULL(save(f.file, &rows));
    CU_ASSERT_EQUAL(stat(f.file, &file), 0);
    CU_ASSERT_EQUAL(file.st_mode & 07777, 0600);
    CU_ASSERT_EQUAL(chmod(f.file, 0664), 0);
    CU_ASSERT_PTR_NULL(save(f.file, &rows));
    CU_ASSERT_EQUAL(stat(f.file, &file), 0);
    CU_ASSERT_EQUAL(file.st_mode & 07777, 0664);
    if (geteuid() == 0) { /* if root saves, the file keeps its owner */
        CU_ASSERT_EQUAL(chown(f.file, 12345, 12346), 0);
        CU_ASSERT_PTR_NULL(save(f.file, &rows));
        CU_ASSERT_EQUAL(stat(f.file, &file), 0);
        CU_ASSERT_EQUAL(file.st_uid, 12345);
        CU_ASSERT_EQUAL(file.st_gid, 12346);
    }
    remove_folder(&f);
}

static void nobody_elses_file_is_taken_for_a_draft(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    folder f = make_folder();
    char other[120];

    snprintf(other, sizeof other, "%s/.rxt-study.csv.tmp", f.path);
    put_file(other, "somebody's");
    CU_ASSERT_PTR_NULL(save(f.file, &rows));
    CU_ASSERT_TRUE(holds(other, "somebody's"));
    CU_ASSERT_EQUAL(entries(&f), 2);
    remove_folder(&f);
}

static void fails(const char *path, const rxt_rows *rows, const char *words)
{
    rxt_status st = save(path, rows);

    CU_ASSERT_EQUAL(rxt_status_code(st), RXT_ENVIRONMENT);
    if (st) {
        CU_ASSERT_TRUE(says(st->text, words));
        CU_ASSERT_TRUE(says(st->text, path));
    }
    rxt_status_free(st);
}

/* RLIMIT_FSIZE is 100 bytes, so a write fails as on a full disk. */
static void a_full_disk_leaves_the_old_file_and_nothing_else(void)
{
    rxt_row row[] = { row_of(1, 1, 1), row_of(1, 2, 1.8) };
    rxt_rows rows = rows_of(row, 2);
    folder f = make_folder();
    struct rlimit before, full;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);

    put_file(f.file, "old");
    CU_ASSERT_EQUAL_FATAL(getrlimit(RLIMIT_FSIZE, &before), 0);
    full = before;
    full.rlim_cur = 100;
    CU_ASSERT_EQUAL_FATAL(setrlimit(RLIMIT_FSIZE, &full), 0);
    fails(f.file, &rows, "File too large");
    CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    CU_ASSERT_TRUE(holds(f.file, "old"));
    CU_ASSERT_EQUAL(entries(&f), 1);
    remove_folder(&f);
}

static void a_rename_that_fails_leaves_nothing(void)
{
    rxt_row row[] = { row_of(1, 1, 1) };
    rxt_rows rows = rows_of(row, 1);
    folder f = make_folder();
    char missing[120];

    CU_ASSERT_EQUAL(mkdir(f.file, 0777), 0);
    fails(f.file, &rows, "directory");
    CU_ASSERT_EQUAL(entries(&f), 1);
    snprintf(missing, sizeof missing, "%s/missing/study.csv", f.path);
    fails(missing, &rows, "No such file or directory");
    remove_folder(&f);
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "seen beforehand", where_no_file_can_be_is_seen_beforehand },
        { "permissions seen beforehand", what_must_not_be_written_is_seen_beforehand },
        { "saved whole", a_study_is_saved_whole_and_replaces_the_old },
        { "the ending says how", the_ending_says_how },
        { "a link stays", a_link_stays_and_its_file_is_replaced },
        { "a link to nothing stays", a_link_to_nothing_stays_and_its_file_is_made },
        { "the mode is kept", a_file_that_is_replaced_keeps_its_mode },
        { "nobody else's file", nobody_elses_file_is_taken_for_a_draft },
        { "a full disk", a_full_disk_leaves_the_old_file_and_nothing_else },
        { "a rename that fails", a_rename_that_fails_leaves_nothing },
        CU_TEST_INFO_NULL,
    };

    return suite_run("files", tests);
}
