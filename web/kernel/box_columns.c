/**
 * Stage 2 of PDQ, vertically: the running mean down every column at once, in the order of rounding
 * of `box_rows.c`. One window of rows is remembered: that bounds the memory of a hash.
 */
#include "stages.h"

#include "turn.h"

/**
 * Take the next 16 rows and give the means that the window has come to, 16 rows again.
 *
 * The mean of step s belongs to row s - reach: the first rows given lie above the picture. Below the
 * last row zeros enter, and adding zero leaves a sum as it is.
 */
void EXPORT(box_along_columns)(BoxAlongColumns *box, const Column *band, Column *means) {
  float *places[BAND];
  float counts[BAND];
  for (int row = 0; row < BAND; row++) {
    places[row] = box->rows + box->oldest * box->stride;
    box->oldest = (box->oldest + 1) % box->side.window;
    counts[row] = count_after(++box->steps, box->side);
  }
  for (int x = 0; x < box->width; x += 4) {
    Four rows[BAND];
    rows_of_columns(band + x, rows);
    Four sum = *(Four *)(box->sums + x);
    for (int row = 0; row < BAND; row++) {
      Four *leaving = (Four *)(places[row] + x);
      sum = sum + rows[row] - *leaving;
      *leaving = rows[row];
      rows[row] = sum / counts[row];
    }
    *(Four *)(box->sums + x) = sum;
    four_columns_of_rows(rows, means + x);
  }
}
