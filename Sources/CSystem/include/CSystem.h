#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>

// Declarations that Swift's Glibc and Darwin modules do not show.

// Swaps two names in one step. 0, or -1 with errno (EINVAL or ENOSYS where unsupported).
int csystem_exchange(const char *a, const char *b);

// Renames without replacing. 0, or -1 with errno (EEXIST when the target exists).
int csystem_rename_exclusive(const char *from, const char *to);

// Says that all of a large block will be filled, so that the system may take large pages for it: a
// small page costs more to come by than to fill. Nothing for a small block, or where unsupported.
void csystem_will_fill(void *block, size_t size);

#endif
