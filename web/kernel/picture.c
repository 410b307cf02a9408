/**
 * One picture on its way through the filter: strips of rows go in, 64 x 64 samples come out.
 *
 * Two box filters in a row weigh a pixel's neighbours like a tent. The reference runs them over two
 * full-size copies of the picture; here bands of 16 rows stream through all four passes, and from
 * the third on only the 64 sampled columns are looked at.
 */
#include "blocks.h"
#include "memory.h"
#include "stages.h"

static Side across, down;
/** What the page fills: rows of RGBA or BGRA, or of luma in single precision. Four bytes a pixel each. */
static unsigned char *strip;
/** The band that is being gathered, and how many of its rows are there. */
static float *rows;
static Stride stride;
static int gathered;
/** The band on its way, with zeros before and behind for the passes along its rows. */
static Column *padded, *means, *sampled;
static BoxAlongColumns second, fourth;
static float *samples;
/** How many rows have gone through the third pass, and how many of the 64 sampled ones are kept. */
static int passed, kept;
static Blocks blocks;

static BoxAlongColumns box_along_columns_of(int width, int first);
static Blocks blocks_of(int width, int height, int block);
static void gather(const float *row);
static void filter_band(void);
static void blank_outside(int first_row);
static void keep_sampled_rows(int first_row);

/** Numbers in a row, so that whole fours may be read and written. */
static int whole_fours(int width) { return (width + 3) / 4 * 4; }

/**
 * Rows take an odd number of cache lines: those below each other then never share one set of the
 * cache, as they would at 4096 pixels.
 */
static Stride stride_of(int width) { return ((width + BAND - 1) / BAND | 1) * BAND; }

/**
 * Begin a picture; the one before is forgotten. Returns where strips are to be put, 16 rows at most,
 * or 0 if the memory cannot grow that far.
 *
 * `block` is how many pixels a block of the plane measures each way, 0 for no plane.
 */
unsigned char *EXPORT(open)(int width, int height, int block) {
  begin_memory();
  across = side_of(width);
  down = side_of(height);
  stride = stride_of(width);
  gathered = passed = kept = 0;
  strip = zeros(4 * BAND * width);
  rows = zeros(4 * BAND * stride);
  padded = zeros((int)sizeof(Column) * (across.window + whole_fours(width) + across.reach));
  means = zeros((int)sizeof(Column) * whole_fours(width));
  sampled = zeros((int)sizeof(Column) * GRID);
  second = box_along_columns_of(width, 0);
  fourth = box_along_columns_of(GRID, 1 - down.reach);
  samples = zeros(4 * GRID * GRID);
  blocks = blocks_of(width, height, block);
  return clear_memory() ? strip : 0;
}

/** Take whole rows of RGBA from the strip. */
void EXPORT(take_rgba)(int count) {
  for (int row = 0; row < count; row++) {
    luma(strip + 4 * across.length * row, across.length, rows + stride * gathered);
    gather(rows + stride * gathered);
  }
}

/** Take whole rows of BGRA from the strip. */
void EXPORT(take_bgra)(int count) {
  for (int row = 0; row < count; row++) {
    luma_of_bgra(strip + 4 * across.length * row, across.length, rows + stride * gathered);
    gather(rows + stride * gathered);
  }
}

/** Take whole rows of luma from the strip. */
void EXPORT(take_luma)(int count) {
  for (int row = 0; row < count; row++) {
    const unsigned char *from = strip + 4 * across.length * row;
    __builtin_memcpy(rows + stride * gathered, from, 4 * (unsigned)across.length);
    gather(rows + stride * gathered);
  }
}

/** Let zeros follow the last row until every sampled row is out. Returns the 64 x 64 samples. */
float *EXPORT(finish)(void) {
  while (kept < GRID) {
    __builtin_memset(rows + stride * gathered, 0, 4 * (unsigned)(stride * (BAND - gathered)));
    filter_band();
  }
  return samples;
}

/** Where the plane begins, once every row was taken. */
float *EXPORT(plane)(void) { return blocks.means; }

static void gather(const float *row) {
  if (blocks.block) add_to_blocks(&blocks, row);
  if (++gathered == BAND) filter_band();
}

/** All four passes. Behind the second and the fourth, rows come out later by what they reach ahead. */
static void filter_band(void) {
  Column *entering = padded + across.window;
  const int delay = down.reach - 1;
  columns_of_rows(rows, stride, across.length, entering);
  box_along_rows(padded, across.length, means);
  box_along_columns(&second, means, entering);
  sampled_box_along_rows(padded, across.length, sampled);
  blank_outside(passed - delay);
  box_along_columns(&fourth, sampled, sampled);
  keep_sampled_rows(passed - 2 * delay);
  passed += BAND;
  gathered = 0;
}

/** Above and below the picture the second pass gives rows that the fourth one must not count. */
static void blank_outside(int first_row) {
  for (int row = 0; row < BAND; row++) {
    if (first_row + row >= 0 && first_row + row < down.length) continue;
    for (int cell = 0; cell < GRID; cell++) sampled[cell][row] = 0;
  }
}

/** Keep a row as often as it is sampled: a picture lower than 64 pixels repeats its rows. */
static void keep_sampled_rows(int first_row) {
  for (int row = 0; row < BAND; row++) {
    for (; kept < GRID && sample_position(kept, down) == first_row + row; kept++) {
      for (int cell = 0; cell < GRID; cell++) samples[GRID * kept + cell] = sampled[cell][row];
    }
  }
}

/** `first` is the number of the first row that it will be given: below 0, it lies above the picture. */
static BoxAlongColumns box_along_columns_of(int width, int first) {
  const Stride apart = stride_of(width);
  float *sums = zeros(4 * whole_fours(width));
  float *window = zeros(4 * apart * down.window);
  return (BoxAlongColumns){down, whole_fours(width), apart, sums, window, 0, first};
}

static Blocks blocks_of(int width, int height, int block) {
  if (!block) return (Blocks){0};
  const int side_by_side = (width + block - 1) / block;
  const int below_each_other = (height + block - 1) / block;
  float *columns = zeros(4 * whole_fours(width));
  float *means_of_blocks = zeros(4 * side_by_side * below_each_other);
  return (Blocks){width, height, block, columns, means_of_blocks, 0, 0};
}
