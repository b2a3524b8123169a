#define _GNU_SOURCE
#include "CProcessLimits.h"

#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

size_t plateau_bytes_of_thread(void) { return (size_t)2 * 128 << 20; }

int plateau_has_address_space(size_t bytes) {
  void *space = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (space == MAP_FAILED) return 0;
  munmap(space, bytes);
  return 1;
}

#if defined(__linux__)
static void refuse(const char *message) {
  if (write(STDERR_FILENO, message, strlen(message)) < 0) { /* Nobody is there to be told. */ }
  _exit(2);
}

static int is_below(int resource, rlim_t least) {
  struct rlimit limit;
  return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < least;
}

// The program's own constructors, and `main`, come after those of its libraries: OpenBLAS then has asked for its first
// buffer, for ever where there is none, and Swift's runtime has opened files and used the stack.
static void check(void) {
  cpu_set_t set;
  int cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  if (!plateau_has_address_space((size_t)cores * plateau_bytes_of_thread()))
    refuse("plateau: there is not enough address space for a thread on each core, about 270 MB each; "
           "raise the limit (ulimit -v)\n");
  if (is_below(RLIMIT_NOFILE, 32))
    refuse("plateau: the program may not open enough files; raise the limit (ulimit -n) to 32 or more\n");
  if (is_below(RLIMIT_STACK, 1 << 20))
    refuse("plateau: the stack may not grow enough; raise the limit (ulimit -s) to 1024 or more\n");
}

__attribute__((section(".preinit_array"), used)) static void (*const plateau_check)(void) = check;
#endif
