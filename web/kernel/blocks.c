/**
 * A plane of block means, made while the rows of the picture pass by.
 *
 * Columns are added up in single precision and blocks in double, in the order of the rows and then
 * of the columns; a block that the edge cuts off is the mean of the pixels it has.
 */
#include "blocks.h"

#include "band.h"

static void end_blocks(Blocks *blocks, int rows);

/** Take the next row of luma, of which whole fours are read. */
void add_to_blocks(Blocks *blocks, const float *luma) {
  for (int x = 0; x < blocks->width; x += 4) {
    *(Four *)(blocks->columns + x) += *(const Four *)(luma + x);
  }
  const int rows = blocks->rows++ % blocks->block + 1;
  if (rows == blocks->block || blocks->rows == blocks->height) end_blocks(blocks, rows);
}

static void end_blocks(Blocks *blocks, int rows) {
  for (int from = 0; from < blocks->width; from += blocks->block) {
    const int end = from + blocks->block < blocks->width ? from + blocks->block : blocks->width;
    double sum = 0;
    for (int x = from; x < end; x++) sum += blocks->columns[x];
    blocks->means[blocks->ended++] = (float)(sum / (rows * (end - from)));
  }
  for (int x = 0; x < blocks->width; x++) blocks->columns[x] = 0;
}
