/**
 * One side of a picture as the filter measures it: the counterpart of `window.ts` and `grid.ts`.
 *
 * Source: the PDQ paper (2019), "Jarosz filter", and the reference implementation.
 */
#ifndef SIDE_H
#define SIDE_H

/** PDQ looks at 64 x 64 points, whatever the picture's size. */
#define GRID 64

typedef struct {
  int length;
  /** How many values a mean is taken over. */
  int window;
  /** How many values have to enter the window before the first mean: those from its centre on. */
  int reach;
} Side;

static inline Side side_of(int length) {
  const int window = (length + 2 * GRID - 1) / (2 * GRID);
  return (Side){length, window, (window + 2) / 2};
}

/**
 * How many of the side's values are in the window after `steps` of them were due.
 *
 * At least one: outside of the picture nothing is counted, and nothing divided by zero either.
 */
static inline float count_after(int steps, Side side) {
  const int entered = steps < side.length ? steps : side.length;
  const int left = steps > side.window ? steps - side.window : 0;
  return entered > left ? (float)(entered - left) : 1;
}

/** The pixel in the middle of one of the 64 cells along the side. */
static inline int sample_position(int cell, Side side) {
  return (int)(((2u * (unsigned)cell + 1) * (unsigned)side.length) / (2 * GRID));
}

#endif
