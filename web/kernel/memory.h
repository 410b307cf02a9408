/** The kernel's memory: laid out anew for each picture, one block behind the other. */
#ifndef MEMORY_H
#define MEMORY_H

/** Forget the picture before. */
void begin_memory(void);

/** The next `bytes` bytes, at the beginning of a cache line. Not to be touched before `clear_memory`. */
void *zeros(int bytes);

/** Make all that was laid out exist, and zero. Returns 0 if there is no such memory to be had. */
int clear_memory(void);

#endif
