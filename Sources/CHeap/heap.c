#define _GNU_SOURCE
#include "CHeap.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

void cheap_keep_small(int large_block) {
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, large_block);
  mallopt(M_TRIM_THRESHOLD, 2 * large_block);
}

static int release_code(struct dl_phdr_info *object, size_t size, void *unused) {
  (void)size, (void)unused;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int number = 0; number < object->dlpi_phnum; number++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[number];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || (part->p_flags & PF_W)) continue;
    uintptr_t start = object->dlpi_addr + part->p_vaddr, end = start + part->p_memsz;
    start = (start + page - 1) / page * page;
    if (end > start) madvise((void *)start, (end - start) / page * page, MADV_DONTNEED);
  }
  return 1;  // The program itself comes first; libraries are shared with others anyway.
}

void cheap_release_start(void) { dl_iterate_phdr(release_code, NULL); }
#else
void cheap_release_start(void) {}
void cheap_keep_small(int large_block) { (void)large_block; }
#endif
