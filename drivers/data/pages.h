/* pages.h - the pages of operands, and the words of --pages. */
#ifndef RXT_PAGES_H
#define RXT_PAGES_H

#include "base/vocabulary.h"

typedef enum rxt_pages { RXT_PAGES_AUTO, RXT_PAGES_SMALL, RXT_PAGES_HUGE } rxt_pages;

extern const rxt_vocabulary rxt_pages_vocabulary;

/* Does the program ask the system for huge pages, for arrays of that many bytes? Pure. */
bool rxt_pages_are_huge(rxt_pages pages, size_t bytes);

/* Bytes of a page. Huge pages have the size that Linux uses on x86-64, and on 64-bit ARM with small
 * pages of 4 KiB. */
enum { RXT_PAGE_SMALL = 4096, RXT_PAGE_HUGE = 2 << 20 };

#endif
