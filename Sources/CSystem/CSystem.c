#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <stdio.h>

#if defined(__APPLE__)
#include <fcntl.h>

int csystem_exchange(const char *a, const char *b) { return renamex_np(a, b, RENAME_SWAP); }

int csystem_rename_exclusive(const char *from, const char *to) {
  return renamex_np(from, to, RENAME_EXCL);
}

#elif defined(__linux__)
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE (1 << 0)
#endif
#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE (1 << 1)
#endif

// By system call: musl and older glibc have no wrapper.
int csystem_exchange(const char *a, const char *b) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
}

int csystem_rename_exclusive(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}

#else

int csystem_exchange(const char *a, const char *b) {
  (void)a, (void)b;
  errno = ENOSYS;
  return -1;
}

int csystem_rename_exclusive(const char *from, const char *to) {
  (void)from, (void)to;
  errno = ENOSYS;
  return -1;
}

#endif
