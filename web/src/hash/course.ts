/** The worker's end of the way through one file: what it says of it, and what it waits for. */
import type { Course } from './algorithm.ts'
import type { Job, PageMessage, WorkerMessage } from './messages.ts'

/** Milliseconds between two words of progress: a bar moves smoothly enough, and the page rests. */
const PROGRESS_EVERY = 100

export interface OpenCourse {
  readonly course: Course
  /** What the page says while the file is in work. */
  readonly hear: (message: PageMessage) => void
}

export function openCourse(
  { id, sparing }: Job,
  tell: (message: WorkerMessage) => void,
  now: () => number,
): OpenCourse {
  let paused = false
  let goOn = (): void => undefined
  let spoken = -Infinity

  function progress(done: number): void {
    if (now() - spoken < PROGRESS_EVERY && done < 1) return
    spoken = now()
    tell({ kind: 'progress', id, done })
  }

  /** Say what is waited for, until the page answers it. */
  function waitFor(message: WorkerMessage): Promise<void> {
    return new Promise((resolve) => {
      goOn = resolve
      tell(message)
    })
  }

  async function pause(): Promise<void> {
    if (paused) await waitFor({ kind: 'stopped' })
  }

  async function reserve(megapixels: number, lasts = false): Promise<void> {
    await pause()
    await waitFor({ kind: 'wants', megapixels, ...(lasts && { lasts }) })
  }

  function hear({ kind }: PageMessage): void {
    if (kind === 'pause') paused = true
    if (kind === 'resume') paused = false
    if (kind === 'resume' || kind === 'may') goOn()
  }

  return { course: { sparing, progress, pause, reserve }, hear }
}
