#define _GNU_SOURCE
#include "CSystem.h"

#include <stdlib.h>
#include <unistd.h>

static int count;
static char **words;
static int has_invented_root;

#ifdef __GLIBC__
// Before Swift's own constructors: without /proc the runtime of a program that loads no libraries can
// learn its place from SWIFT_ROOT alone, and ends the process where it does not (Swift 6.3,
// stdlib/public/runtime/Paths.cpp). Its standard library reads the arguments from /proc/self/cmdline;
// glibc hands them to constructors.
__attribute__((constructor(101))) static void begin(int argc, char **argv, char **environment) {
  (void)environment;
  count = argc;
  words = argv;
  if (access("/proc/self/exe", F_OK) != 0 && getenv("SWIFT_ROOT") == NULL) {
    has_invented_root = setenv("SWIFT_ROOT", "/", 0) == 0;
  }
}
#endif

char **csystem_arguments(int *argument_count) {
  // No child and no reader of the environment is to see it.
  if (has_invented_root) unsetenv("SWIFT_ROOT");
  has_invented_root = 0;
  *argument_count = count;
  return words;
}
