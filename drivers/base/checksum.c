/* checksum.c - the checksum of a file, by zlib. */
#include "base/checksum.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

void rxt_checksum_of_file(const char *path, char sum[9])
{
    unsigned char block[1 << 16];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    uLong crc = crc32(0, NULL, 0);
    ssize_t size;

    sum[0] = '\0';
    if (fd < 0)
        return;
    while ((size = read(fd, block, sizeof block)) > 0)
        crc = crc32(crc, block, (uInt)size);
    close(fd);
    if (size == 0)
        snprintf(sum, 9, "%08lx", crc);
}
