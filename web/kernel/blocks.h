/** The picture in blocks of its pixels: the counterpart of `BlockMeans` in `reduced_plane.ts`. */
#ifndef BLOCKS_H
#define BLOCKS_H

typedef struct {
  int width;
  int height;
  /** How many pixels a block measures each way. */
  int block;
  /** The sum of each column over the rows of the present blocks. */
  float *columns;
  /** The mean of each block, row by row. */
  float *means;
  /** How many rows were taken, and how many blocks are whole. */
  int rows;
  int ended;
} Blocks;

void add_to_blocks(Blocks *blocks, const float *luma);

#endif
