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

#endif
