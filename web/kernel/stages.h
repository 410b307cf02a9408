/** The stages of PDQ up to the 64 x 64 samples, each of them exported for its own test. */
#ifndef STAGES_H
#define STAGES_H

#include "band.h"
#include "side.h"

/** Rows below each other in memory are this many numbers apart. */
typedef int Stride;

void luma(const unsigned char *rgba, int pixels, float *out);

void luma_of_bgra(const unsigned char *bgra, int pixels, float *out);

void columns_of_rows(const float *rows, Stride stride, int width, Column *columns);

void box_along_rows(const Column *padded, int width, Column *means);

void sampled_box_along_rows(const Column *padded, int width, Column *means);

typedef struct {
  Side side;
  /** Of the numbers in a row, a multiple of four. */
  int width;
  Stride stride;
  /** The sum of each column, over the rows in the window. */
  float *sums;
  /** The last `window` rows, the oldest at the place the next one takes. All zero at first. */
  float *rows;
  /** The place of the oldest row. */
  int oldest;
  /** How many rows of the picture were due so far: below 0, zeros are due first. */
  int steps;
} BoxAlongColumns;

void box_along_columns(BoxAlongColumns *box, const Column *band, Column *means);

#endif
