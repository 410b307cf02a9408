/** What of a device the page may use to hash. */

export interface Resources {
  /** Files that are hashed side by side, each in a worker of its own. */
  readonly workers: number
  /** Million pixels that may be unpacked at a time over all workers, at 4 bytes each. */
  readonly megapixels: number
}

/** More are hardly faster: phones have two to four fast cores, and the disk is shared. */
const MOST_WORKERS = 4
/** A twentieth of the memory: the browser takes as much again while it decodes. */
const MEGAPIXELS_PER_GIGABYTE = 12
/** What a phone of 2020 has. Browsers that do not say run on better ones, in the main. */
const USUAL_GIGABYTES = 4
/** With less than this, a second worker's own 20 MB are better left to the pictures. */
const GIGABYTES_FOR_TWO = 2

/** What a browser says of its device; `deviceMemory` in gigabytes. Some say neither. */
interface Device {
  readonly hardwareConcurrency?: number
  readonly deviceMemory?: number
}

export function resourcesOf(device: Device): Resources {
  const gigabytes = device.deviceMemory ?? USUAL_GIGABYTES
  const cores = gigabytes < GIGABYTES_FOR_TWO ? 1 : (device.hardwareConcurrency ?? 1)
  return {
    workers: Math.max(1, Math.min(cores, MOST_WORKERS)),
    megapixels: gigabytes * MEGAPIXELS_PER_GIGABYTE,
  }
}
