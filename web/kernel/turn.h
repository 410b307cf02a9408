/** Between rows of neighbours and columns of a band: blocks of 4 x 16 numbers change their order. */
#ifndef TURN_H
#define TURN_H

#include "band.h"

/** Turn 4 x 4 numbers: what was one row becomes one column. */
static inline void turn_four(Four *block) {
  const Four a = block[0], b = block[1], c = block[2], d = block[3];
  const Four ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Four ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Four cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Four cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  block[0] = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  block[1] = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  block[2] = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  block[3] = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

/** Four columns of a band as 16 rows of four neighbours. */
static inline void rows_of_columns(const Column *columns, Four rows[BAND]) {
  const Four *parts = (const Four *)columns;
  for (int row = 0; row < BAND; row += 4) {
    for (int x = 0; x < 4; x++) rows[row + x] = parts[x * (BAND / 4) + row / 4];
    turn_four(rows + row);
  }
}

/** And back. */
static inline void four_columns_of_rows(Four rows[BAND], Column *columns) {
  Four *parts = (Four *)columns;
  for (int row = 0; row < BAND; row += 4) {
    turn_four(rows + row);
    for (int x = 0; x < 4; x++) parts[x * (BAND / 4) + row / 4] = rows[row + x];
  }
}

#endif
