// What this project uses of macOS's C library, as the headers of the macOS SDK declare it (XNU's bsd/sys, Libc's
// include), so that the branches for Darwin are checked where there is no Mac: .ci/darwin. Nothing is linked with it.
#ifndef CLINECFG_DARWIN_H
#define CLINECFG_DARWIN_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t dev_t;
typedef uint64_t ino_t;
typedef uint16_t mode_t;
typedef uint16_t nlink_t;
typedef uint32_t uid_t;
typedef uint32_t gid_t;
typedef int32_t pid_t;
typedef int64_t off_t;
typedef long ssize_t;
typedef long time_t;
typedef uint32_t useconds_t;
typedef uint32_t sigset_t;
typedef uint64_t rlim_t;
typedef unsigned long tcflag_t;
typedef unsigned long speed_t;
typedef unsigned char cc_t;
typedef unsigned int nfds_t;

struct timespec {
  time_t tv_sec;
  long tv_nsec;
};

struct stat {
  dev_t st_dev;
  mode_t st_mode;
  nlink_t st_nlink;
  ino_t st_ino;
  uid_t st_uid;
  gid_t st_gid;
  dev_t st_rdev;
  struct timespec st_atimespec;
  struct timespec st_mtimespec;
  struct timespec st_ctimespec;
  struct timespec st_birthtimespec;
  off_t st_size;
  int64_t st_blocks;
  int32_t st_blksize;
  uint32_t st_flags;
  uint32_t st_gen;
};

struct dirent {
  uint64_t d_ino;
  uint64_t d_seekoff;
  uint16_t d_reclen;
  uint16_t d_namlen;
  uint8_t d_type;
  char d_name[1024];
};

typedef struct {
  int dd_fd;
} DIR;

struct passwd {
  char *pw_name;
  char *pw_passwd;
  uid_t pw_uid;
  gid_t pw_gid;
  time_t pw_change;
  char *pw_class;
  char *pw_gecos;
  char *pw_dir;
  char *pw_shell;
  time_t pw_expire;
};

struct rlimit {
  rlim_t rlim_cur;
  rlim_t rlim_max;
};

struct termios {
  tcflag_t c_iflag, c_oflag, c_cflag, c_lflag;
  cc_t c_cc[20];
  speed_t c_ispeed, c_ospeed;
};

struct winsize {
  unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

struct pollfd {
  int fd;
  short events, revents;
};

typedef void *posix_spawn_file_actions_t;
typedef void *posix_spawnattr_t;
typedef enum { CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 6 } clockid_t;
typedef struct _opaque_pthread_t *pthread_t;
typedef struct {
  long opaque[8];
} pthread_attr_t;

#define O_RDONLY 0x0000
#define O_WRONLY 0x0001
#define O_RDWR 0x0002
#define O_NONBLOCK 0x00000004
#define O_NOFOLLOW 0x00000100
#define O_CREAT 0x00000200
#define O_EXCL 0x00000800
#define O_DIRECTORY 0x00100000
#define O_CLOEXEC 0x01000000
#define F_SETFD 2
#define F_FULLFSYNC 51
#define FD_CLOEXEC 1
#define SEEK_SET 0
#define PATH_MAX 1024
#define LOCK_EX 0x02
#define LOCK_NB 0x04
#define WNOHANG 0x00000001
#define POLLIN 0x0001
#define RLIMIT_CORE 4
#define RENAME_SWAP 0x00000002
#define RENAME_EXCL 0x00000004
#define POSIX_SPAWN_SETPGROUP 0x0002
#define POSIX_SPAWN_SETSIGDEF 0x0004
#define POSIX_SPAWN_SETSIGMASK 0x0008
#define ECHO 0x00000008
#define ECHONL 0x00000010
#define ISIG 0x00000080
#define ICANON 0x00000100
#define TCSAFLUSH 2
#define SIG_BLOCK 1
#define SIG_SETMASK 3
#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGKILL 9
#define SIGPIPE 13
#define SIGTERM 15
#define SIGTSTP 18
#define SIGCHLD 20
#define SIGXFSZ 25
#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define EACCES 13
#define EEXIST 17
#define ENOTDIR 20
#define EISDIR 21
#define EINVAL 22
#define ENOTTY 25
#define EFBIG 27
#define ENOSPC 28
#define EROFS 30
#define EAGAIN 35
#define EWOULDBLOCK EAGAIN
#define ENOTSUP 45
#define ELOOP 62
#define ENOTEMPTY 66
#define EDQUOT 69
#define ENOSYS 78
#define EOPNOTSUPP 102

int *__error(void);
#ifdef __APPLE__
#define errno (*__error())
#endif
void exit(int) __attribute__((noreturn));
void *malloc(size_t);
void free(void *);
int memcmp(const void *, const void *, size_t);
void *memcpy(void *, const void *, size_t);
char *strchr(const char *, int);
char *strdup(const char *);
char *strerror(int);
int setenv(const char *, const char *, int);
int unsetenv(const char *);
char *getenv(const char *);
int access(const char *, int);
int close(int);
ssize_t read(int, void *, size_t);
ssize_t write(int, const void *, size_t);
off_t lseek(int, off_t, int);
int fsync(int);
int fstat(int, struct stat *);
int lstat(const char *, struct stat *);
int fchmod(int, mode_t);
int fchown(int, uid_t, gid_t);
int mkdir(const char *, mode_t);
int rmdir(const char *);
int unlink(const char *);
int link(const char *, const char *);
int rename(const char *, const char *);
int renamex_np(const char *, const char *, unsigned int);
ssize_t readlink(const char *, char *, size_t);
char *getcwd(char *, size_t);
mode_t umask(mode_t);
int flock(int, int);
DIR *opendir(const char *);
struct dirent *readdir(DIR *);
int closedir(DIR *);
int isatty(int);
int pipe(int[2]);
int poll(struct pollfd *, nfds_t, int);
int usleep(useconds_t);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
int seteuid(uid_t);
int setegid(gid_t);
int getgroups(int, gid_t[]);
int setgroups(int, const gid_t *);
struct passwd *getpwuid(uid_t);

struct utsname {
  char sysname[256], nodename[256], release[256], version[256], machine[256];
};
int uname(struct utsname *);
int setrlimit(int, const struct rlimit *);
int kill(pid_t, int);
pid_t waitpid(pid_t, int *, int);
int clock_gettime(clockid_t, struct timespec *);
int tcgetattr(int, struct termios *);
int tcsetattr(int, int, const struct termios *);
int sigemptyset(sigset_t *);
int sigaddset(sigset_t *, int);
int sigdelset(sigset_t *, int);
int sigismember(const sigset_t *, int);
int sigpending(sigset_t *);
int sigwait(const sigset_t *, int *);
void (*signal(int, void (*)(int)))(int);
int pthread_sigmask(int, const sigset_t *, sigset_t *);
int pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int pthread_join(pthread_t, void **);
int posix_spawn(
    pid_t *restrict, const char *restrict, const posix_spawn_file_actions_t *,
    const posix_spawnattr_t *restrict, char *const[], char *const[]);
int posix_spawn_file_actions_init(posix_spawn_file_actions_t *);
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *);
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *, int, int);
int posix_spawn_file_actions_addopen(
    posix_spawn_file_actions_t *restrict, int, const char *restrict, int, mode_t);
int posix_spawnattr_init(posix_spawnattr_t *);
int posix_spawnattr_destroy(posix_spawnattr_t *);
int posix_spawnattr_setflags(posix_spawnattr_t *, short);
int posix_spawnattr_setpgroup(posix_spawnattr_t *, pid_t);
int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict, const sigset_t *restrict);
int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict, const sigset_t *restrict);

#endif
