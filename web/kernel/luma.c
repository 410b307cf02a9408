/** Stage 1 of PDQ: from colour to brightness. */
#include "stages.h"

typedef unsigned char Bytes __attribute__((vector_size(16), aligned(1)));
typedef unsigned char HalfBytes __attribute__((vector_size(8)));
typedef short Shorts __attribute__((vector_size(16)));
typedef int Ints __attribute__((vector_size(16)));

/** What each byte of two pixels counts, in thousandths. */
static const Shorts RGBA = {299, 587, 114, 0, 299, 587, 114, 0};
static const Shorts BGRA = {114, 587, 299, 0, 114, 587, 299, 0};

static void weigh(const unsigned char *bytes, int pixels, Shorts weights, float *out);
static Four luma_of_four(Bytes bytes, Shorts weights);
static Ints thousandths(HalfBytes bytes, Shorts weights);

/**
 * The luma of `pixels` RGBA pixels of one row: 0.299 r + 0.587 g + 0.114 b, alpha left out.
 *
 * The reference sums in double precision and rounds once. A whole number of thousandths, divided
 * once, is rounded just once as well, and so it is the same number for each of the 2^24 colours
 * (a test goes through them).
 */
void EXPORT(luma)(const unsigned char *rgba, int pixels, float *out) {
  weigh(rgba, pixels, RGBA, out);
}

/** The same for pixels as browsers keep them. */
void EXPORT(luma_of_bgra)(const unsigned char *bgra, int pixels, float *out) {
  weigh(bgra, pixels, BGRA, out);
}

static inline void weigh(const unsigned char *bytes, int pixels, Shorts weights, float *out) {
  int x = 0;
  for (; x + 4 <= pixels; x += 4) {
    *(Four *)(out + x) = luma_of_four(*(const Bytes *)(bytes + 4 * x), weights);
  }
  for (; x < pixels; x++) {
    const unsigned char *pixel = bytes + 4 * x;
    out[x] = (float)(weights[0] * pixel[0] + weights[1] * pixel[1] + weights[2] * pixel[2]) / 1000;
  }
}

static Four luma_of_four(Bytes bytes, Shorts weights) {
  const HalfBytes one = __builtin_shufflevector(bytes, bytes, 0, 1, 2, 3, 4, 5, 6, 7);
  const HalfBytes other = __builtin_shufflevector(bytes, bytes, 8, 9, 10, 11, 12, 13, 14, 15);
  const Ints low = thousandths(one, weights), high = thousandths(other, weights);
  const Ints firsts = __builtin_shufflevector(low, high, 0, 2, 4, 6);
  const Ints seconds = __builtin_shufflevector(low, high, 1, 3, 5, 7);
  return __builtin_convertvector(firsts + seconds, Four) / 1000;
}

/** For two pixels: the first two colours together, then the third alone. */
static Ints thousandths(HalfBytes bytes, Shorts weights) {
  return __builtin_wasm_dot_s_i32x4_i16x8(__builtin_convertvector(bytes, Shorts), weights);
}
