/** How much room is asked for before a picture is unpacked. */
import { expect, test } from 'vitest'
import { openMeasured } from '../../src/hash/picture/decode.ts'

class Asked extends Error {
  constructor(readonly megapixels: number) {
    super()
  }
}

function ask(megapixels: number): Promise<void> {
  throw new Asked(megapixels)
}

test.each([
  ['jpeg', 12],
  ['heic', 24],
] as const)('a %s of 12 megapixels asks for %i', async (format, megapixels) => {
  const dimensions = { width: 4000, height: 3000 }
  const opened = openMeasured(new Blob(), { format, dimensions, orientation: 1 }, ask)
  await expect(opened).rejects.toMatchObject({ megapixels })
})
