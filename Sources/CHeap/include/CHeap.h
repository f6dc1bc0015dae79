// CHeap: settings of the C library's heap, which Swift's Glibc module leaves out.
#ifndef CHEAP_H
#define CHEAP_H

/// Makes the heap keep less than it would by default; see mallopt(3). Must be called before the
/// process has a second thread. Does nothing with a C library other than glibc.
///
/// One arena instead of one per thread: threads here take turns at decoding, and each arena would
/// keep what its thread once needed. Blocks of `large_block` bytes or more are mapped apart and go
/// back to the system when they are freed.
void cheap_keep_small(int large_block);

/// Gives back the pages of the program's own code that are in memory now. Most of them served its
/// start (relocations, registration of types) and will not be needed again; what is needed comes back
/// from the file's cache, page by page. Safe at any time: code is only ever read. Does nothing where
/// there is no dl_iterate_phdr(3).
void cheap_release_start(void);

#endif
