/* text.h - text that grows in a buffer, and text of the user's and of the system's before it is
 * shown. Local; cannot fail. */
#ifndef RXT_TEXT_H
#define RXT_TEXT_H

#include <stdarg.h>
#include <stddef.h>

/* Adds to a text in a buffer of `size` bytes, as printf would; cut where the buffer ends. */
void rxt_text_append(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void rxt_text_append_list(char *text, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Characters, not bytes, of a text in UTF-8. */
int rxt_text_characters(const char *text);

/* Bytes of the character at `text`, 0 where it is not UTF-8 (RFC 3629: the shortest form, no halves
 * of surrogate pairs, at most U+10FFFF). */
size_t rxt_text_character(const char *text);

/* Replaces every ASCII control character by '?', so that no name breaks a line or controls a
 * terminal. Returns text. */
char *rxt_text_plain(char *text);

#endif
