/* checksum.h - the checksum of a file. */
#ifndef RXT_CHECKSUM_H
#define RXT_CHECKSUM_H

/* The CRC-32 of a file's bytes as eight hexadecimal digits; "" if the file cannot be read.
 * Local. */
void rxt_checksum_of_file(const char *path, char sum[9]);

#endif
