/** One place at work: a worker, and the file that it has in work. */
import type { Job } from '../messages.ts'
import { Watch } from './watch.ts'

export interface Work {
  readonly job: Job
  /** The person wishes it to rest. */
  rests: boolean
  /** Whether the worker follows, which stops at its own next opportunity, or never. */
  phase: 'working' | 'asked to stop' | 'stopped'
  /** What it last wanted room for. */
  megapixels: number
}

export class Seat {
  /** Its script has been fetched and runs. */
  ready = false
  work: Work | undefined
  watch = new Watch()

  constructor(readonly number: number) {}

  take(job: Job): void {
    this.work = { job, rests: false, phase: 'working', megapixels: 0 }
    this.watch = new Watch()
  }

  /** It may begin another file, now or when it is done with the one that it has. */
  get turnsOver(): boolean {
    return this.work?.phase !== 'stopped'
  }

  /** A file that rests takes no part of the machine: another may go on in its stead. */
  get atWork(): boolean {
    return this.work !== undefined && this.turnsOver
  }
}
