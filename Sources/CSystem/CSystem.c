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

void csystem_will_fill(void *block, size_t size) { (void)block, (void)size; }

#elif defined(__linux__)
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
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

void csystem_will_fill(void *block, size_t size) {
  const uintptr_t page = 64 << 10;  // A multiple of every size that pages have.
  if (size < 8 << 20) return;
  uintptr_t start = ((uintptr_t)block + page - 1) & ~(page - 1);
  madvise((void *)start, ((uintptr_t)block + size - start) & ~(page - 1), MADV_HUGEPAGE);
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

void csystem_will_fill(void *block, size_t size) { (void)block, (void)size; }

#endif
