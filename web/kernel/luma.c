/** Stage 1 of PDQ: from colour to brightness. */
#include "stages.h"

typedef unsigned char Bytes __attribute__((vector_size(16), aligned(1)));
typedef unsigned char HalfBytes __attribute__((vector_size(8)));
typedef short Shorts __attribute__((vector_size(16)));
typedef int Ints __attribute__((vector_size(16)));

static Four luma_of_four(Bytes rgba);
static Ints thousandths(Shorts rgba);

/**
 * The luma of `pixels` RGBA pixels of one row: 0.299 r + 0.587 g + 0.114 b, alpha left out.
 *
 * The reference sums in double precision and rounds once. A whole number of thousandths, divided
 * once, is rounded just once as well, and so it is the same number for each of the 2^24 colours
 * (a test goes through them).
 */
void EXPORT(luma)(const unsigned char *rgba, int pixels, float *out) {
  int x = 0;
  for (; x + 4 <= pixels; x += 4) *(Four *)(out + x) = luma_of_four(*(const Bytes *)(rgba + 4 * x));
  for (; x < pixels; x++) {
    const unsigned char *pixel = rgba + 4 * x;
    out[x] = (float)(299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2]) / 1000;
  }
}

static Four luma_of_four(Bytes rgba) {
  const HalfBytes one = __builtin_shufflevector(rgba, rgba, 0, 1, 2, 3, 4, 5, 6, 7);
  const HalfBytes other = __builtin_shufflevector(rgba, rgba, 8, 9, 10, 11, 12, 13, 14, 15);
  const Ints low = thousandths(__builtin_convertvector(one, Shorts));
  const Ints high = thousandths(__builtin_convertvector(other, Shorts));
  const Ints red_green = __builtin_shufflevector(low, high, 0, 2, 4, 6);
  const Ints blue = __builtin_shufflevector(low, high, 1, 3, 5, 7);
  return __builtin_convertvector(red_green + blue, Four) / 1000;
}

/** For two pixels: red and green together, then blue alone. */
static Ints thousandths(Shorts rgba) {
  return __builtin_wasm_dot_s_i32x4_i16x8(rgba, (Shorts){299, 587, 114, 0, 299, 587, 114, 0});
}
