/**
 * Who hashes what, and when: the rules by which several workers share files, room and bad luck.
 *
 * Nothing here touches a worker or a clock. What is to be done comes out as acts, in order, so that
 * every interleaving can be tried in a test. Two rules hold whatever happens: each file that was
 * added hears exactly one last word, and a worker that breaks costs no file but its own.
 */
import type { HasherEvent } from '../hasher.ts'
import type { PageMessage, WorkerMessage } from '../messages.ts'
import { Acts, type Act } from './acts.ts'
import { Gate, SMALL } from './gate.ts'
import { Queue } from './queue.ts'
import type { Resources } from './resources.ts'
import type { Seat, Work } from './seat.ts'
import { Seats } from './seats.ts'
import { TICK } from './watch.ts'

/** Seconds for which workers without work are kept: time enough to choose more files. */
const WARM = 30

export class Pool {
  readonly #queue = new Queue()
  readonly #seats = new Seats()
  readonly #gate: Gate<Seat>
  /** Files at work side by side: fewer than planned, if not every worker could be fetched. */
  #most: number
  #idle = 0
  readonly #acts: Acts

  constructor(
    private readonly resources: Resources,
    act: (act: Act) => void,
  ) {
    this.#acts = new Acts(act)
    this.#most = resources.workers
    this.#gate = new Gate(resources.megapixels, (seat) => this.#admitted(seat))
  }

  /** Whether there is any worker: otherwise no tick is needed. */
  get awake(): boolean {
    return this.#seats.all.length > 0
  }

  add(id: number, file: File): void {
    if (this.#queue.has(id) || this.#seats.of(id)) return
    this.#queue.add({ id, file, sparing: false })
    this.#goOn()
  }

  cancel(id: number): void {
    const seat = this.#seats.of(id)
    // A decoder cannot be asked to stop: its worker goes with it.
    if (seat) this.#drop(seat)
    else if (!this.#queue.remove(id)) return
    this.#tell({ kind: 'cancelled', id })
    this.#goOn()
  }

  pause(id: number): void {
    const seat = this.#seats.of(id)
    if (seat?.work?.rests || this.#queue.isResting(id)) return
    const job = this.#queue.remove(id)
    if (job) this.#queue.rest(job)
    else if (seat?.work) this.#rest(seat, seat.work)
    else return
    this.#tell({ kind: 'paused', id })
    this.#goOn()
  }

  /** One that had not begun waits anew, behind the others. */
  resume(id: number): void {
    const seat = this.#seats.of(id)
    const job = this.#queue.isResting(id) && this.#queue.remove(id)
    if (!job && !seat?.work?.rests) return
    this.#tell({ kind: 'resumed', id })
    if (job) this.#queue.add(job)
    else if (seat?.work) this.#wake(seat, seat.work)
    this.#goOn()
  }

  /** Give everything up, without a further word. */
  close(): void {
    this.#queue.clear()
    this.#acts.tellNoMore()
    this.#dropAll()
    this.#goOn()
  }

  /** What a worker says. */
  heard(number: number, message: WorkerMessage): void {
    const seat = this.#seats.get(number)
    if (!seat) return
    seat.watch.heard(message.kind !== 'alive')
    if (message.kind === 'ready') this.#isReady(seat)
    else if (seat.work) this.#hear(seat, seat.work, message)
    this.#goOn()
  }

  /** A worker is no more, or no longer to be trusted. */
  broke(number: number): void {
    const seat = this.#seats.get(number)
    if (!seat) return
    const { ready, work } = seat
    this.#drop(seat)
    if (work && ready) this.#tryAgain(work)
    else if (work) this.#couldNotLoad(work)
    this.#goOn()
  }

  /** A tick of the watch has passed. */
  tick(): void {
    for (const seat of this.#seats.all) {
      if (!seat.work) continue
      if (this.#isGone(seat, seat.work)) this.broke(seat.number)
      else this.#say(seat, { kind: 'ask' })
    }
    this.#idle = this.#seats.hasWork ? 0 : this.#idle + TICK
    if (this.#idle > WARM) this.#dropAll()
    this.#goOn()
  }

  #isReady(seat: Seat): void {
    seat.ready = true
    if (seat.work && !seat.work.rests) this.#tell({ kind: 'reading', id: seat.work.job.id })
  }

  #hear(seat: Seat, work: Work, message: WorkerMessage): void {
    if (message.kind === 'stopped') this.#stopped(seat, work)
    if (message.kind === 'progress' && !work.rests) this.#tell(message)
    if (message.kind === 'wants') {
      const most = message.lasts ? SMALL * this.resources.megapixels : Infinity
      work.megapixels = Math.min(message.megapixels, most)
      this.#gate.ask(seat, work.megapixels)
    }
    if (message.kind === 'hashed' || message.kind === 'refused') {
      this.#free(seat)
      this.#tell(message)
    }
  }

  #rest(seat: Seat, work: Work): void {
    work.rests = true
    if (work.phase === 'stopped') this.#gate.leave(seat)
    if (work.phase !== 'working') return
    work.phase = 'asked to stop'
    this.#say(seat, { kind: 'pause' })
  }

  #stopped(seat: Seat, work: Work): void {
    work.phase = 'stopped'
    this.#gate.leave(seat)
    if (!work.rests) this.#wake(seat, work)
  }

  /** It stopped without its pixels' room, and has to be let in again. */
  #wake(seat: Seat, work: Work): void {
    work.rests = false
    if (work.phase === 'stopped') this.#gate.ask(seat, work.megapixels)
  }

  #admitted(seat: Seat): void {
    if (!seat.work) return
    const stopped = seat.work.phase === 'stopped'
    if (stopped) seat.work.phase = 'working'
    this.#say(seat, { kind: stopped ? 'resume' : 'may' })
  }

  /** At once, before others: the person sees it in work. Often it was memory: now it spares that. */
  #tryAgain({ job, rests }: Work): void {
    const again = { ...job, sparing: true }
    if (job.sparing) this.#tell({ kind: 'refused', id: job.id, reason: 'crashed' })
    else if (rests) this.#queue.rest(again)
    else this.#queue.putBack(again)
  }

  /** Without network, one worker that came before is enough; without any, no file can be read. */
  #couldNotLoad({ job, rests }: Work): void {
    if (rests) this.#queue.rest(job)
    else this.#queue.putBack(job)
    this.#most = this.#seats.all.filter((seat) => seat.turnsOver).length
    if (this.#most > 0) return
    this.#most = this.resources.workers
    for (const { id } of this.#queue.takeWaiting()) {
      this.#tell({ kind: 'refused', id, reason: 'not-loaded' })
    }
  }

  #isGone(seat: Seat, { phase, megapixels }: Work): boolean {
    const waits = phase === 'stopped' || this.#gate.isWaiting(seat)
    return seat.watch.tick({ ready: seat.ready, waits, megapixels })
  }

  #goOn(): void {
    while (this.#seats.atWork < this.#most) {
      const job = this.#queue.take()
      if (!job) break
      const seat = this.#seats.free ?? this.#newSeat()
      this.#seats.begin(seat, job)
      this.#say(seat, { kind: 'hash', job })
      if (seat.ready) this.#tell({ kind: 'reading', id: job.id })
    }
    this.#acts.carryOut()
  }

  #newSeat(): Seat {
    const seat = this.#seats.add()
    this.#acts.push({ kind: 'start', seat: seat.number })
    return seat
  }

  #free(seat: Seat): void {
    this.#seats.empty(seat)
    this.#gate.leave(seat)
  }

  #drop(seat: Seat): void {
    this.#free(seat)
    this.#seats.remove(seat)
    this.#acts.push({ kind: 'end', seat: seat.number })
  }

  #dropAll(): void {
    for (const seat of this.#seats.all) this.#drop(seat)
    this.#most = this.resources.workers
  }

  #say(seat: Seat, message: PageMessage): void {
    this.#acts.push({ kind: 'say', seat: seat.number, message })
  }

  #tell(event: HasherEvent): void {
    this.#acts.push({ kind: 'tell', event })
  }
}
