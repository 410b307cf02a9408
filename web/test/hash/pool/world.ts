/** A world for the pool: workers that do what a file's script says, one step when they are let. */
import type { HasherEvent } from '../../../src/hash/hasher.ts'
import type { Job, WorkerMessage } from '../../../src/hash/messages.ts'
import type { Act } from '../../../src/hash/pool/acts.ts'
import { Pool } from '../../../src/hash/pool/pool.ts'
import type { Resources } from '../../../src/hash/pool/resources.ts'

/** How a file goes, however it is interrupted. */
export interface Script {
  /** What its pixels take: asked for before them. */
  readonly megapixels: number
  /** Pieces between which it may be paused. */
  readonly pieces: number
  /** How often it breaks its worker, in the middle. */
  readonly breaks: number
  /** Its last worker ends without a word instead. */
  readonly silently?: boolean
  readonly refused?: boolean
}

type Phase = 'loading' | 'idle' | 'opens' | 'wants' | 'works' | 'stopped' | 'dead'

class ActedWorker {
  phase: Phase = 'loading'
  job: Job | undefined
  holds = 0
  left = 0
  mustStop = false

  constructor(readonly seat: number) {}
}

export class World {
  readonly told: HasherEvent[] = []
  readonly workers = new Map<number, ActedWorker>()
  readonly jobs: Job[] = []
  readonly pool: Pool
  /** Whether a worker's script can be fetched. */
  online = true
  readonly #broken = new Map<number, number>()

  constructor(
    readonly resources: Resources,
    private readonly scriptOf: (id: number) => Script,
    private readonly onEvent: (event: HasherEvent) => void = () => undefined,
  ) {
    this.pool = new Pool(resources, (act) => this.#carryOut(act))
  }

  add(id: number): void {
    this.#broken.delete(id)
    this.pool.add(id, new File([], 'any'))
  }

  /** Let the worker take one step, if there is one to take. Whether there was. */
  step(worker: ActedWorker): boolean {
    const { job } = worker
    if (worker.phase === 'loading') return this.#load(worker)
    if (!job || ['wants', 'stopped', 'dead'].includes(worker.phase)) return false
    const script = this.scriptOf(job.id)
    if (worker.phase === 'opens') return this.#open(worker, script)
    if (this.#breaksNow(worker, job, script)) return true
    if (worker.mustStop && script.pieces > 1) return this.#stop(worker)
    return this.#piece(worker, job, script)
  }

  /** Let everything come to its end. */
  drain(): void {
    for (let steps = 0; steps < 10_000; steps++) {
      const moved = [...this.workers.values()].filter((worker) => this.step(worker)).length > 0
      const dead = [...this.workers.values()].some(({ phase }) => phase === 'dead')
      if (dead) this.tick()
      else if (!moved) return
    }
    throw new Error('It never comes to an end')
  }

  tick(): void {
    this.pool.tick()
  }

  last(id: number): HasherEvent[] {
    return this.told.filter((event) => event.id === id && isLast(event))
  }

  #carryOut(act: Act): void {
    if (act.kind === 'tell') {
      this.told.push(act.event)
      this.onEvent(act.event)
    } else if (act.kind === 'start') this.workers.set(act.seat, new ActedWorker(act.seat))
    else if (act.kind === 'end') this.workers.delete(act.seat)
    else this.#hear(act.seat, act.message)
  }

  #hear(seat: number, message: Extract<Act, { kind: 'say' }>['message']): void {
    const worker = this.workers.get(seat)
    if (!worker || worker.phase === 'dead') return
    if (message.kind === 'ask' && worker.phase !== 'loading') this.#say(worker, { kind: 'alive' })
    if (message.kind === 'pause') worker.mustStop = true
    if (message.kind === 'resume') worker.mustStop = false
    if (message.kind === 'hash') this.#begin(worker, message.job)
    if (message.kind === 'may' || message.kind === 'resume') {
      if (worker.phase !== (message.kind === 'may' ? 'wants' : 'stopped')) {
        throw new Error(`Told ${message.kind} while it ${worker.phase}`)
      }
      worker.phase = 'works'
      worker.holds = this.scriptOf(worker.job?.id ?? 0).megapixels
    }
  }

  #begin(worker: ActedWorker, job: Job): void {
    if (worker.job) throw new Error('A worker was given two files')
    this.jobs.push(job)
    worker.job = job
    worker.left = this.scriptOf(job.id).pieces
    worker.mustStop = false
    if (worker.phase === 'idle') worker.phase = 'opens'
  }

  #load(worker: ActedWorker): boolean {
    if (!this.online) {
      this.pool.broke(worker.seat)
      return true
    }
    worker.phase = worker.job ? 'opens' : 'idle'
    this.#say(worker, { kind: 'ready' })
    return true
  }

  #open(worker: ActedWorker, { megapixels }: Script): boolean {
    worker.phase = 'wants'
    this.#say(worker, { kind: 'wants', megapixels })
    return true
  }

  #stop(worker: ActedWorker): boolean {
    worker.phase = 'stopped'
    worker.holds = 0
    this.#say(worker, { kind: 'stopped' })
    return true
  }

  #breaksNow(worker: ActedWorker, job: Job, script: Script): boolean {
    const broken = this.#broken.get(job.id) ?? 0
    if (broken >= script.breaks || worker.left > Math.ceil(script.pieces / 2)) return false
    this.#broken.set(job.id, broken + 1)
    worker.phase = 'dead'
    if (!script.silently) this.pool.broke(worker.seat)
    return true
  }

  #piece(worker: ActedWorker, job: Job, script: Script): boolean {
    worker.left -= 1
    const { id } = job
    if (worker.left > 0) {
      this.#say(worker, { kind: 'progress', id, done: 1 - worker.left / script.pieces })
      return true
    }
    worker.phase = 'idle'
    worker.holds = 0
    worker.job = undefined
    this.#say(
      worker,
      script.refused
        ? { kind: 'refused', id, reason: 'unreadable' }
        : { kind: 'hashed', id, signals: [], limits: [] },
    )
    return true
  }

  #say(worker: ActedWorker, message: WorkerMessage): void {
    this.pool.heard(worker.seat, message)
  }
}

export function isLast({ kind }: HasherEvent): boolean {
  return kind === 'hashed' || kind === 'refused' || kind === 'cancelled'
}
