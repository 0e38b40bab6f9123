#ifndef CSYSTEM_H
#define CSYSTEM_H

// Declarations that Swift's Glibc and Darwin modules do not show.

// Swaps two names in one step. 0, or -1 with errno (EINVAL or ENOSYS where unsupported).
int csystem_exchange(const char *a, const char *b);

// Renames without replacing. 0, or -1 with errno (EEXIST when the target exists).
int csystem_rename_exclusive(const char *from, const char *to);

#endif
