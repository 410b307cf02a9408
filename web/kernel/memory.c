/** There is no system below: memory begins behind the kernel's own data and grows by pages. */
#include "memory.h"

#define PAGE 65536u
#define LINE 64u

extern unsigned char __heap_base;

static unsigned begin, end;

void begin_memory(void) { begin = end = ((unsigned)&__heap_base + LINE - 1) / LINE * LINE; }

void *zeros(int bytes) {
  const unsigned start = end;
  end += ((unsigned)bytes + LINE - 1) / LINE * LINE;
  return (void *)start;
}

int clear_memory(void) {
  const unsigned pages = (end + PAGE - 1) / PAGE, here = __builtin_wasm_memory_size(0);
  if (pages > here && __builtin_wasm_memory_grow(0, pages - here) == -1ul) return 0;
  __builtin_memset((void *)begin, 0, end - begin);
  return 1;
}
