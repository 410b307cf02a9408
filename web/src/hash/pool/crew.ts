/** The workers themselves, each by the number of its seat. */
import type { PageMessage, WorkerMessage } from '../messages.ts'
import { workerScript } from '../worker_script.ts'

interface CrewEars {
  heard(seat: number, message: WorkerMessage): void
  broke(seat: number): void
}

export class Crew {
  readonly #workers = new Map<number, Worker>()

  constructor(private readonly ears: CrewEars) {}

  start(seat: number): void {
    const worker = new Worker(workerScript, { type: 'module' })
    this.#workers.set(seat, worker)
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
      this.ears.heard(seat, data)
    })
    worker.addEventListener('messageerror', () => this.ears.broke(seat))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.ears.broke(seat)
    })
  }

  say(seat: number, message: PageMessage): void {
    this.#workers.get(seat)?.postMessage(message)
  }

  /** At once, whatever it is doing. */
  end(seat: number): void {
    this.#workers.get(seat)?.terminate()
    this.#workers.delete(seat)
  }
}
