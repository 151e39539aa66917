/* text.h - appends text to a buffer; checks and cleans text from users and from the system before
 * it is shown. Local; cannot fail. */
#ifndef RXT_TEXT_H
#define RXT_TEXT_H

#include <stdarg.h>
#include <stddef.h>

/* Appends to the text in a buffer of `size` bytes, as printf would; cuts it at the buffer's end. */
void rxt_text_append(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void rxt_text_append_list(char *text, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Number of characters, not bytes, of a text in UTF-8. */
int rxt_text_characters(const char *text);

/* Number of bytes of the character at `text`; 0 if it is not valid UTF-8 (RFC 3629: the shortest
 * form, no halves of surrogate pairs, at most U+10FFFF). */
size_t rxt_text_character(const char *text);

/* Replaces every ASCII control character by '?', so that no text breaks a line or controls a
 * terminal. Returns text. */
char *rxt_text_plain(char *text);

#endif
