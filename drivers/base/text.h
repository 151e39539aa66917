/* text.h - text of the user's and of the system's, before it is shown. Local; cannot fail. */
#ifndef RXT_TEXT_H
#define RXT_TEXT_H

/* Characters, not bytes, of a text in UTF-8. */
int rxt_text_characters(const char *text);

/* Makes every control character of ASCII a '?', so that no name breaks a line or rules a terminal.
 * Returns text. */
char *rxt_text_plain(char *text);

#endif
