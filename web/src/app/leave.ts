/**
 * Leaving at once: everything goes from the screen and from memory, and the page is replaced.
 *
 * The screen is emptied first, in the same turn, because a navigation may take its time. Where to:
 * see docs/decisions/leaving-at-once.md.
 */
const NEUTRAL = 'about:blank'

const PRESSES = 3

/** Presses further apart than this are not one gesture. */
const GESTURE_MS = 2_000

export function leave(clear: () => void): void {
  document.documentElement.replaceChildren()
  clear()
  location.replace(NEUTRAL)
}

/** Calls `act` when Shift alone is pressed three times. Shift for a capital letter does not count. */
export function onThreeShifts(act: () => void): (event: KeyboardEvent) => void {
  let presses: number[] = []
  return ({ key, repeat, timeStamp }) => {
    if (repeat) return
    if (key !== 'Shift') {
      presses = []
      return
    }
    presses = [...presses, timeStamp].filter((at) => timeStamp - at <= GESTURE_MS)
    if (presses.length >= PRESSES) act()
  }
}
