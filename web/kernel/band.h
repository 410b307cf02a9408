/**
 * How the kernel sees a picture: in bands of 16 rows that go side by side.
 *
 * The sum of a running mean waits for the one before it, so a processor that follows a single row
 * idles most of the time. Sixteen rows keep four vectors of four numbers busy, and one pixel of each
 * of them fills one line of the cache.
 *
 * Vectors are those of the compiler (`vector_size`): +, - and / work on every number on its own and
 * round as the same operator on a `float` does.
 */
#ifndef BAND_H
#define BAND_H

#define BAND 16

/** The same pixel of each of the 16 rows of a band. */
typedef float Column __attribute__((vector_size(4 * BAND)));

/** Four neighbours in one row. They may begin anywhere. */
typedef float Four __attribute__((vector_size(16), aligned(4)));

#define EXPORT(name) __attribute__((export_name(#name))) name

#endif
