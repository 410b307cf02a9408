/**
 * Stage 2 of PDQ, horizontally: the running mean ("box filter") along the rows of a band.
 *
 * Every sum and every quotient is rounded to single precision, in the reference's order: add the
 * value that enters the window, subtract the one that leaves, divide. A running sum carries its
 * rounding errors along, so any other order gives other bits in flat parts of a picture.
 *
 * `padded` is the band with a window of zeros before it and as many behind it as the window reaches
 * ahead, so that nothing enters or leaves at the ends.
 */
#include "stages.h"

#include "turn.h"

/** Put the 16 rows of a band side by side. Reads and writes whole fours of columns. */
void EXPORT(columns_of_rows)(const float *rows, Stride stride, int width, Column *columns) {
  for (int x = 0; x < width; x += 4) {
    Four block[BAND];
    for (int row = 0; row < BAND; row++) block[row] = *(const Four *)(rows + row * stride + x);
    four_columns_of_rows(block, columns + x);
  }
}

/** The mean around each of the `width` columns. */
void EXPORT(box_along_rows)(const Column *padded, int width, Column *means) {
  const Side side = side_of(width);
  const Column *entering = padded + side.window, *leaving = padded;
  const int before = side.reach - 1;
  Column sum = {0};
  for (int step = 0; step < before; step++) sum = sum + entering[step] - leaving[step];
  for (int x = 0; x < width; x++) {
    sum = sum + entering[before + x] - leaving[before + x];
    means[x] = sum / count_after(before + x + 1, side);
  }
}

/** The mean around each of the 64 columns that are sampled; nobody looks at another one. */
void EXPORT(sampled_box_along_rows)(const Column *padded, int width, Column *means) {
  const Side side = side_of(width);
  const Column *entering = padded + side.window, *leaving = padded;
  Column sum = {0};
  int steps = 0;
  for (int cell = 0; cell < GRID; cell++) {
    const int due = sample_position(cell, side) + side.reach;
    for (; steps < due; steps++) sum = sum + entering[steps] - leaving[steps];
    means[cell] = sum / count_after(steps, side);
  }
}
