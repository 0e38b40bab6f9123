#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <grp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <fcntl.h>

int csystem_exchange(const char *a, const char *b) { return renamex_np(a, b, RENAME_SWAP); }

int csystem_rename_exclusive(const char *from, const char *to) {
  return renamex_np(from, to, RENAME_EXCL);
}

uint64_t csystem_mount(const char *path) {
  (void)path;
  return 0;
}

#elif defined(__linux__)
#include <fcntl.h>
#include <linux/stat.h>
#include <sys/syscall.h>

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

uint64_t csystem_mount(const char *path) {
#if defined(STATX_MNT_ID) && defined(SYS_statx)
  struct statx info;
  if (syscall(SYS_statx, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_MNT_ID, &info) == 0 &&
      (info.stx_mask & STATX_MNT_ID) != 0) {
    return info.stx_mnt_id;
  }
#endif
  (void)path;
  return 0;
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

uint64_t csystem_mount(const char *path) {
  (void)path;
  return 0;
}

#endif

struct thread {
  pthread_t id;
  void (*work)(void *);
  void *context;
};

static void *run(void *argument) {
  struct thread *thread = argument;
  thread->work(thread->context);
  return NULL;
}

void *csystem_start(void (*work)(void *), void *context) {
  struct thread *thread = malloc(sizeof *thread);
  if (thread == NULL) return NULL;
  thread->work = work;
  thread->context = context;
  if (pthread_create(&thread->id, NULL, run, thread) == 0) return thread;
  free(thread);
  return NULL;
}

void csystem_join(void *argument) {
  struct thread *thread = argument;
  pthread_join(thread->id, NULL);
  free(thread);
}

// Linux keeps these for each thread; its C library changes those of all threads, and the system calls
// only those of the caller, which is what is meant. Darwin has them for the process.
#ifdef __linux__
#ifndef SYS_setresuid32
#define SYS_setresuid32 SYS_setresuid
#define SYS_setresgid32 SYS_setresgid
#define SYS_setgroups32 SYS_setgroups
#endif
static int set_user(uid_t user) { return (int)syscall(SYS_setresuid32, -1, user, -1); }
static int set_group(gid_t group) { return (int)syscall(SYS_setresgid32, -1, group, -1); }
static int set_groups(int count, const gid_t *groups) {
  return (int)syscall(SYS_setgroups32, (size_t)count, groups);
}
#else
static int set_user(uid_t user) { return seteuid(user); }
static int set_group(gid_t group) { return setegid(group); }
static int set_groups(int count, const gid_t *groups) { return setgroups(count, groups); }
#endif

// The groups of the thread before csystem_assume. More than these hold no process here.
static _Thread_local gid_t groups[1024];
static _Thread_local int group_count = -1;

int csystem_assume(uint32_t user, uint32_t group) {
  if (group_count < 0) group_count = getgroups(1024, groups);
  gid_t own = group;
  if (group_count >= 0 && set_groups(1, &own) == 0 && set_group(group) == 0 && set_user(user) == 0) {
    return 0;
  }
  int reason = errno;
  csystem_resume();
  return reason;
}

void csystem_resume(void) {
  // The user first: only root may change the rest back. Where that fails, too little is allowed from
  // here on, and never too much.
  if (set_user(getuid()) != 0 || set_group(getgid()) != 0 || group_count < 0) return;
  (void)!set_groups(group_count, groups);
}

#ifdef __linux__
#include <sys/prctl.h>

void csystem_hide(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
#else
void csystem_hide(void) {}
#endif
