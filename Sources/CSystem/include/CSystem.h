#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stddef.h>
#include <stdint.h>

// What Swift's Glibc and Darwin modules do not show, or what C says better.

// The words that the process was started with, the program's name first; NULL where the C library does
// not tell. To be asked once, before anything reads the environment or starts a process: it ends what
// the start of a program without /proc needed.
char **csystem_arguments(int *argument_count);

// Swaps two names in one step. 0, or -1 with errno (EINVAL or ENOSYS where unsupported).
int csystem_exchange(const char *a, const char *b);

// Renames without replacing. 0, or -1 with errno (EEXIST when the target exists).
int csystem_rename_exclusive(const char *from, const char *to);

// The mount that a path is in, as a number that two paths of one mount share; 0 where the system
// does not tell.
uint64_t csystem_mount(const char *path);

// Makes every later file call of this thread that of another user, until csystem_resume. 0, or an errno.
// On Darwin it is every thread's.
int csystem_assume(uint32_t user, uint32_t group);

// Ends csystem_assume.
void csystem_resume(void);

// Keeps the memory of this process from other processes of the user and from core dumps, where the
// system can: prctl(PR_SET_DUMPABLE).
void csystem_hide(void);

// Runs `work` with `context` in a thread of its own. NULL where that cannot be started; else the end is
// awaited with csystem_join.
void *csystem_start(void (*work)(void *), void *context);
void csystem_join(void *thread);

// SHA-256 (FIPS 180-4) of bytes that come in pieces, with the processor's own instructions where it has
// them, unless `is_portable`: then in C alone.
struct csystem_sha256 {
  uint32_t state[8];
  uint8_t rest[64];
  uint64_t count;
  int is_portable;
};
struct csystem_sha256 csystem_sha256_begin(int is_portable);
void csystem_sha256_add(struct csystem_sha256 *hash, const uint8_t *bytes, size_t count);
void csystem_sha256_end(struct csystem_sha256 *hash, uint8_t result[32]);

// Whether the processor has such instructions.
int csystem_sha256_has_instructions(void);

#endif
