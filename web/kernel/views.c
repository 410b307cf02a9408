/** Rows of a plane weighed together: most of what the hash of a view costs. */
#include "band.h"
#include "memory.h"

/** One line of the cache: rows of 1024 numbers would else push each other out of it. */
typedef float Line __attribute__((vector_size(64), aligned(4)));

/** Forget the picture before. Returns where so many bytes are free, or 0 if there are not. */
unsigned char *EXPORT(room)(int bytes) {
  begin_memory();
  unsigned char *free = zeros(bytes);
  return clear_memory() ? free : 0;
}

/**
 * The sum of `count` rows, each times its share, in the order of the rows and in single precision.
 *
 * Whole sixteens are read and written.
 */
void EXPORT(weigh_rows)(const float *rows, int width, const float *shares, int count, float *out) {
  for (int x = 0; x < width; x += 16) {
    Line sum = {0};
    for (int row = 0; row < count; row++) sum += shares[row] * *(const Line *)(rows + row * width + x);
    *(Line *)(out + x) = sum;
  }
}
