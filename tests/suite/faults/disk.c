/* A disk that fails when it is told to: preloaded into one process of a test (LD_PRELOAD), never part of the program.

   FAULT_UNDER  folder whose files are watched
   FAULT_AT     the first operation on them that fails, from 1; 0 lets all go on
   FAULT_FOR    how many fail from there on
   FAULT_KIND   "full": those that need room say ENOSPC; "broken": any of them says EIO
   FAULT_LOG    file to which the name of every operation that is counted is added, a line each, with "!" before those that fail */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long counted;

static int watched(const char *path) {
    const char *under = getenv("FAULT_UNDER");
    return under && path && strncmp(path, under, strlen(under)) == 0;
}

static const char *path_of(int fd, char *room, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, room, size - 1);
    if (length < 0) return NULL;
    room[length] = 0;
    return room;
}

static long number(const char *name, long usual) {
    const char *text = getenv(name);
    return text ? atol(text) : usual;
}

/* Counts an operation on a file; whether it is to fail, with errno set. */
static int fails(const char *what, const char *path, int needs_room) {
    if (!watched(path)) return 0;
    const char *kind = getenv("FAULT_KIND");
    int full = kind && strcmp(kind, "full") == 0;
    if (full && !needs_room) return 0;
    pthread_mutex_lock(&lock);
    long at = number("FAULT_AT", 0), now = ++counted;
    int failing = at > 0 && now >= at && now < at + number("FAULT_FOR", 1);
    const char *log = getenv("FAULT_LOG");
    if (log) {
        char line[4400];
        int length = snprintf(line, sizeof line, "%s%s %s\n", failing ? "!" : "", what, path);
        int file = (int)syscall(SYS_open, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (file >= 0) {
            syscall(SYS_write, file, line, length);
            syscall(SYS_close, file);
        }
    }
    pthread_mutex_unlock(&lock);
    if (failing) errno = full ? ENOSPC : EIO;
    return failing;
}

static int fails_fd(const char *what, int fd, int needs_room) {
    char room[4096];
    return getenv("FAULT_UNDER") && fails(what, path_of(fd, room, sizeof room), needs_room);
}

#define NEXT(name) static __typeof__(&name) next; if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *bytes, size_t size) {
    NEXT(write);
    return fails_fd("write", fd, 1) ? -1 : next(fd, bytes, size);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    NEXT(writev);
    return fails_fd("write", fd, 1) ? -1 : next(fd, parts, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
    NEXT(pwrite);
    return fails_fd("write", fd, 1) ? -1 : next(fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    NEXT(pwrite64);
    return fails_fd("write", fd, 1) ? -1 : next(fd, bytes, size, at);
}
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags) {
    NEXT(copy_file_range);
    return fails_fd("write", to, 1) ? -1 : next(from, from_at, to, to_at, size, flags);
}
int ftruncate(int fd, off_t size) {
    NEXT(ftruncate);
    return fails_fd("truncate", fd, size > 0) ? -1 : next(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    NEXT(ftruncate64);
    return fails_fd("truncate", fd, size > 0) ? -1 : next(fd, size);
}
int fsync(int fd) {
    NEXT(fsync);
    return fails_fd("sync", fd, 0) ? -1 : next(fd);
}
int fdatasync(int fd) {
    NEXT(fdatasync);
    return fails_fd("sync", fd, 0) ? -1 : next(fd);
}
int rename(const char *from, const char *to) {
    NEXT(rename);
    return fails("rename", to, 0) ? -1 : next(from, to);
}
int symlink(const char *to, const char *path) {
    NEXT(symlink);
    return fails("link", path, 1) ? -1 : next(to, path);
}
int mkdir(const char *path, mode_t mode) {
    NEXT(mkdir);
    return fails("folder", path, 1) ? -1 : next(path, mode);
}
int unlink(const char *path) {
    NEXT(unlink);
    return fails("remove", path, 0) ? -1 : next(path);
}
#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return flags & O_CREAT && fails("create", path, 1) ? -1 : next(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)
