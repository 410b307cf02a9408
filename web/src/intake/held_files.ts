/** The files themselves: the only place of the page that holds them. In memory, until let go. */
import type { Hasher, HasherEvent } from '../hash/hasher.ts'
import { MOST_FILES, type Intake, type IntakeEvent } from './messages.ts'

export type OpenHasher = (onEvent: (event: HasherEvent) => void) => Hasher

export class HeldFiles implements Intake {
  readonly #files = new Map<number, File>()
  #ids = 0
  #hasher: Hasher | null = null

  constructor(
    private readonly open: OpenHasher,
    private readonly tell: (event: IntakeEvent) => void,
  ) {}

  /** Take files in, as far as there is room, and begin to hash them. */
  add(files: Iterable<File>): void {
    const chosen = [...files]
    const room = MOST_FILES - this.#files.size
    const ids = chosen.slice(0, room).map((file) => this.#take(file))
    this.tell({ kind: 'chosen', ids, left: Math.max(0, chosen.length - room) })
    for (const id of ids) this.#hash(id)
    void this.#weigh(ids)
  }

  /** For the components of this folder, which show a file to the person who chose it. */
  file(id: number): File | undefined {
    return this.#files.get(id)
  }

  cancel(id: number): void {
    this.#hasher?.cancel(id)
  }

  cancelAll(): void {
    // From the end: cancelling those being worked on would otherwise begin the next.
    for (const id of [...this.#files.keys()].reverse()) this.cancel(id)
  }

  pause(id: number): void {
    this.#hasher?.pause(id)
  }

  resume(id: number): void {
    this.#hasher?.resume(id)
  }

  retry(id: number): void {
    this.tell({ kind: 'waiting', id })
    this.#hash(id)
  }

  forget(id: number): void {
    this.cancel(id)
    this.#files.delete(id)
  }

  clear(): void {
    this.#hasher?.close()
    this.#hasher = null
    this.#files.clear()
    this.#ids = 0
  }

  #take(file: File): number {
    const id = (this.#ids += 1)
    this.#files.set(id, file)
    return id
  }

  /** A few at a time: Chromium asks the disk for each size while the page stands still. */
  async #weigh(ids: readonly number[]): Promise<void> {
    for (const [index, id] of ids.entries()) {
      if (index > 0 && index % WEIGHED_AT_ONCE === 0) await breath()
      const file = this.#files.get(id)
      if (file) this.tell({ kind: 'weighed', id, work: workOf(file) })
    }
  }

  #hash(id: number): void {
    const file = this.#files.get(id)
    if (!file) return
    this.#hasher ??= this.open(this.tell)
    this.#hasher.add(id, file)
  }
}

/** About 10 ms of work on a slow laptop. */
const WEIGHED_AT_ONCE = 50

/** Lets the page draw and listen. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** Opening even the smallest file takes about as long as reading this many bytes. */
const SMALLEST_WORK = 100_000

/** Whole numbers: the size itself is a trait by which a picture could be told. */
function workOf({ size }: File): number {
  return 1 + Math.round(size / SMALLEST_WORK)
}
