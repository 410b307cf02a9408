/** Stage 5 of PDQ: one bit for each frequency that is stronger than the median one. */

/** 256 frequencies to 64 lower-case hexadecimal digits, the last frequency first. */
export function hexOf(frequencies: Float32Array): string {
  const median = lowerMedian(frequencies)
  let hex = ''
  for (let i = frequencies.length - 4; i >= 0; i -= 4) {
    const digit = frequencies
      .subarray(i, i + 4)
      .reduce((bits, value, place) => bits | (value > median ? 1 << place : 0), 0)
    hex += digit.toString(16)
  }
  return hex
}

/** Of an even number of values the reference takes the lower of the two in the middle. */
function lowerMedian(values: Float32Array): number {
  return values.slice().sort()[values.length / 2 - 1]!
}

/** How many of a hash's bits are set. */
export function bitsSet(hex: string): number {
  return Array.from(hex, (digit) => DIGIT_BITS[parseInt(digit, 16)]!).reduce(
    (sum, bits) => sum + bits,
    0,
  )
}

const DIGIT_BITS = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]
