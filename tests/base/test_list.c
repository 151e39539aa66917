/* test_list.c - parsing numbers, lists and times as users write them. */
#include "base/list.h"

#include <stdint.h>
#include <string.h>

#include "base/random.h"
#include "suite.h"

/* The number that a text means; -1 if it is refused. */
static ptrdiff_t read(const char *text)
{
    ptrdiff_t number = -7;

    if (rxt_list_number(text, strlen(text), &number))
        return number;
    CU_ASSERT_EQUAL(number, -7); /* unchanged by the refusal */
    return -1;
}

static void numbers_mean_what_they_say(void)
{
    CU_ASSERT_EQUAL(read("0"), 0);
    CU_ASSERT_EQUAL(read("1009"), 1009);
    CU_ASSERT_EQUAL(read("007"), 7);
    CU_ASSERT_EQUAL(read("1k"), 1000);
    CU_ASSERT_EQUAL(read("10M"), 10000000);
    CU_ASSERT_EQUAL(read("2G"), 2000000000);
    CU_ASSERT_EQUAL(read("64Ki"), 65536);
    CU_ASSERT_EQUAL(read("3Mi"), 3145728);
    CU_ASSERT_EQUAL(read("1Gi"), 1073741824);
    CU_ASSERT_EQUAL(read("1e6"), 1000000);
    CU_ASSERT_EQUAL(read("1E6"), 1000000);
    CU_ASSERT_EQUAL(read("1e15"), 1000000000000000);
    CU_ASSERT_EQUAL(read("0e99"), 0);
}

static void fractions_are_numbers_where_they_come_out_whole(void)
{
    CU_ASSERT_EQUAL(read("1.5M"), 1500000);
    CU_ASSERT_EQUAL(read("1.50M"), 1500000);
    CU_ASSERT_EQUAL(read("0.5k"), 500);
    CU_ASSERT_EQUAL(read("1.5Ki"), 1536);
    CU_ASSERT_EQUAL(read("2.0"), 2);
    CU_ASSERT_EQUAL(read("31.6k"), 31600);
    CU_ASSERT_EQUAL(read("1.25e2"), 125);
    CU_ASSERT_EQUAL(read("1.5"), -1);
    CU_ASSERT_EQUAL(read("1.0005k"), -1);
    CU_ASSERT_EQUAL(read("1.1Ki"), -1);
    CU_ASSERT_EQUAL(read("1.25e1"), -1);
}

static void the_largest_number_fits_and_the_next_does_not(void)
{
    CU_ASSERT_EQUAL(read("9223372036854775807"), PTRDIFF_MAX);
    CU_ASSERT_EQUAL(read("9.223372036854775807e18"), PTRDIFF_MAX);
    CU_ASSERT_EQUAL(read("9223372036854775808"), -1);
    CU_ASSERT_EQUAL(read("9.3e18"), -1);
    CU_ASSERT_EQUAL(read("1e19"), -1);
    CU_ASSERT_EQUAL(read("1e999999999999"), -1);
    CU_ASSERT_EQUAL(read("9000000000Gi"), -1);
    CU_ASSERT_EQUAL(read("8589934591Gi"), 8589934591 * 1073741824);
    CU_ASSERT_EQUAL(read("99999999999999999999999999"), -1);
}

static void what_is_no_number_is_refused(void)
{
    static const char *const texts[] = { "",     "-1",   "+1",  " 1",  "1 ",     "k",    "x",
                                         "1kk",  "1K",   "1ki", "1m",  "1kB",    "1e",   "1e-3",
                                         "1e+3", "1e3k", "1.",  ".5k", "1..5k",  "0x10", "1,0",
                                         "1:2",  "inf",  "nan", "1_0", "1.5.0k", "1e1.0" };

    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        CU_ASSERT_EQUAL(read(texts[t]), -1);
    }
}

static void only_the_bytes_given_are_read(void)
{
    ptrdiff_t number = 0;

    CU_ASSERT_TRUE(rxt_list_number("12,34", 2, &number));
    CU_ASSERT_EQUAL(number, 12);
    CU_ASSERT_FALSE(rxt_list_number("12", 0, &number));
}

/* Expands a list, with limits that do not matter here. Returns its numbers, separated by blanks, or
 * the error message. */
static const char *expand(const char *text, char joined[512])
{
    ptrdiff_t numbers[16];
    int count = -1;
    rxt_status st = rxt_list_numbers("--threads", text, 0, 1000000, 16, numbers, &count);
    size_t used = 0;

    joined[0] = '\0';
    if (st) {
        CU_ASSERT_EQUAL(rxt_status_code(st), RXT_USAGE);
        strcpy(joined, st->text);
        rxt_status_free(st);
        return joined;
    }
    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(joined + used, 512 - used, "%s%td", i ? " " : "", numbers[i]);
    return joined;
}

static void expands(const char *text, const char *numbers)
{
    char joined[512];

    CU_ASSERT_STRING_EQUAL(expand(text, joined), numbers);
}

static void lists_are_expanded_in_the_order_written(void)
{
    expands("4", "4");
    expands("8,1,3", "8 1 3");
    expands("1:1024:x2", "1 2 4 8 16 32 64 128 256 512 1024");
    expands("1:1000:x10", "1 10 100 1000");
    expands("1:10:+3", "1 4 7 10");
    expands("1:9:+3", "1 4 7");
    expands("0:2:+1", "0 1 2");
    expands("5:5:x2", "5");
    expands("1k:4k:x2,7", "1000 2000 4000 7");
    expands("1:7:x2", "1 2 4");
}

static void repeats_are_left_out(void)
{
    expands("2,2,2", "2");
    expands("1:8:x2,1:4:+1", "1 2 4 8 3");
}

static void faulty(const char *text, const char *part, const char *word)
{
    char message[512], start[64];

    expand(text, message);
    snprintf(start, sizeof start, "--threads=%s: ", part);
    CU_ASSERT_NSTRING_EQUAL(message, start, strlen(start));
    CU_ASSERT_PTR_NOT_NULL(strstr(message, word));
}

static void a_faulty_list_is_named_with_the_part_at_fault(void)
{
    faulty("1:0:x2", "1:0:x2", "STOP is below START");
    faulty("4,foo,8", "foo", "not a whole number");
    faulty("-5", "-5", "not a whole number");
    faulty("", "", "missing");
    faulty("1,,2", "1,,2", "missing");
    faulty("1,", "1,", "missing");
    faulty("1:8", "1:8", "START:STOP:xFACTOR");
    faulty("1:8:", "1:8:", "START:STOP:xFACTOR");
    faulty("1:8:2", "1:8:2", "START:STOP:xFACTOR");
    faulty("1:8:x", "1:8:x", "START:STOP:xFACTOR");
    faulty("1:8:x2:3", "1:8:x2:3", "START:STOP:xFACTOR");
    faulty(":8:x2", ":8:x2", "START:STOP:xFACTOR");
    faulty("2,1:8:x1", "1:8:x1", "FACTOR must be 2 or more");
    faulty("1:8:x0", "1:8:x0", "FACTOR must be 2 or more");
    faulty("0:8:x2", "0:8:x2", "START must be 1 or more");
    faulty("1:8:+0", "1:8:+0", "STEP must be 1 or more");
    faulty("1000001", "1000001", "0 to 1000000");
    faulty("1:1M:+1", "1:1M:+1", "more than 16");
    expands("1:16:+1", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16");
    faulty("1:17:+1", "1:17:+1", "more than 16");
}

static void a_range_ends_at_the_largest_number(void)
{
    ptrdiff_t numbers[80];
    int count = 0;
    rxt_status st =
        rxt_list_numbers("--size", "1:9223372036854775807:x2", 0, PTRDIFF_MAX, 80, numbers, &count);

    CU_ASSERT_PTR_NULL(st);
    CU_ASSERT_EQUAL(count, 63); /* 2^0 … 2^62 */
    CU_ASSERT_EQUAL(numbers[62], (ptrdiff_t)1 << 62);
    st = rxt_list_numbers("--size", "9223372036854775800:9223372036854775807:+5", 0, PTRDIFF_MAX,
                          80, numbers, &count);
    CU_ASSERT_PTR_NULL(st);
    CU_ASSERT_EQUAL(count, 2);
}

static void both_limits_of_a_list_are_allowed(void)
{
    ptrdiff_t numbers[2];
    int count = 0;
    rxt_status st = rxt_list_numbers("--x", "3,5", 3, 5, 2, numbers, &count);

    CU_ASSERT_PTR_NULL(st);
    CU_ASSERT_EQUAL(count, 2);
    st = rxt_list_numbers("--x", "2", 3, 5, 2, numbers, &count);
    CU_ASSERT_PTR_NOT_NULL(st);
    rxt_status_free(st);
}

static double time_of(const char *text)
{
    double seconds = -1;

    return rxt_list_time(text, &seconds) ? seconds : -1;
}

static void times_have_units_and_are_above_zero(void)
{
    static const char *const refused[] = { "",     "0",    "0s",     "-1s", "s",   "1x",
                                           "1 s",  " 1s",  "1sm",    "job", "inf", "nan",
                                           "0x1s", "1e3s", "1.2.3s", ".",   "1d" };

    CU_ASSERT_EQUAL(time_of("90s"), 90);
    CU_ASSERT_EQUAL(time_of("90"), 90);
    CU_ASSERT_EQUAL(time_of("10m"), 600);
    CU_ASSERT_EQUAL(time_of("1h"), 3600);
    CU_ASSERT_DOUBLE_EQUAL(time_of("500ms"), 0.5, 1e-15);
    CU_ASSERT_EQUAL(time_of("1.5h"), 5400);
    for (size_t t = 0; t < sizeof refused / sizeof refused[0]; t++) {
        CU_ASSERT_EQUAL(time_of(refused[t]), -1);
    }
}

static void prints(ptrdiff_t number, const char *text)
{
    char printed[32];

    CU_ASSERT_STRING_EQUAL(rxt_list_print(number, printed), text);
}

static void counts_are_printed_as_people_write_them(void)
{
    prints(0, "0");
    prints(1, "1");
    prints(999, "999");
    prints(1000, "1k");
    prints(1009, "1009");
    prints(31600, "31.6k");
    prints(65536, "64Ki");
    prints(65537, "65537");
    prints(100000, "100k");
    prints(1500000, "1.5M");
    prints(10000000, "10M");
    prints(1000000000, "1G");
    prints(1073741824, "1Gi");
    prints(PTRDIFF_MAX, "9223372036854775807");
}

static void what_is_printed_reads_back_as_the_same_number(void)
{
    uint64_t state = 1;

    for (int i = 0; i < 20000; i++) {
        char text[32];
        uint64_t x = rxt_random_next(&state);
        ptrdiff_t number = (ptrdiff_t)(x >> (1 + x % 60)), round = number / 1000 * 1000;

        CU_ASSERT_EQUAL(read(rxt_list_print(number, text)), number);
        CU_ASSERT_EQUAL(read(rxt_list_print(round, text)), round);
    }
}

static const char *near(const char *text)
{
    static const char *const words[] = { "dot", "dot_blas", "sum", "nrm2" };
    const char *word = rxt_list_nearest(text, strlen(text), 4, words);

    return word ? word : "";
}

static void slips_of_the_fingers_find_their_word(void)
{
    CU_ASSERT_STRING_EQUAL(near("dott"), "dot");
    CU_ASSERT_STRING_EQUAL(near("dt"), "dot");
    CU_ASSERT_STRING_EQUAL(near("dot-blas"), "dot_blas");
    CU_ASSERT_STRING_EQUAL(near("dotblass"), "dot_blas");
    CU_ASSERT_STRING_EQUAL(near("smu"), "");
    CU_ASSERT_STRING_EQUAL(near("x"), "");
    CU_ASSERT_STRING_EQUAL(near(""), "");
    CU_ASSERT_STRING_EQUAL(near("triad"), "");
    CU_ASSERT_STRING_EQUAL(near("a word that is far longer than any kernel's name could be"), "");
}

static void an_empty_text_is_one_empty_part(void)
{
    const char *rest = "", *part = NULL;
    size_t length = 9;

    CU_ASSERT_TRUE(rxt_list_part(&rest, &part, &length));
    CU_ASSERT_EQUAL(length, 0);
    CU_ASSERT_FALSE(rxt_list_part(&rest, &part, &length));
}

int main(void)
{
    CU_TestInfo tests[] = {
        { "numbers mean what they say", numbers_mean_what_they_say },
        { "fractions that come out whole", fractions_are_numbers_where_they_come_out_whole },
        { "the largest number fits", the_largest_number_fits_and_the_next_does_not },
        { "no number is refused", what_is_no_number_is_refused },
        { "only the bytes given are read", only_the_bytes_given_are_read },
        { "lists in the order written", lists_are_expanded_in_the_order_written },
        { "repeats are left out", repeats_are_left_out },
        { "a faulty part is named", a_faulty_list_is_named_with_the_part_at_fault },
        { "a range ends at the largest number", a_range_ends_at_the_largest_number },
        { "both limits are allowed", both_limits_of_a_list_are_allowed },
        { "times have units", times_have_units_and_are_above_zero },
        { "counts as people write them", counts_are_printed_as_people_write_them },
        { "printed counts read back", what_is_printed_reads_back_as_the_same_number },
        { "slips find their word", slips_of_the_fingers_find_their_word },
        { "an empty text is one empty part", an_empty_text_is_one_empty_part },
        CU_TEST_INFO_NULL,
    };

    return suite_run("list", tests);
}
