/** The worker: one file in, one answer out. A refusal is answered here; anything else is a crash. */
import { ALGORITHMS } from './algorithms.ts'
import { formatOf, MEDIA } from './format.ts'
import { makeSignals } from './make.ts'
import type { Job, WorkerMessage } from './messages.ts'
import { Refused } from './refusal.ts'
import { SIGNAL_TYPES } from './signals.ts'

addEventListener('message', ({ data }: MessageEvent<Job>) => {
  void answer(data)
})

async function answer({ id, file, sparing }: Job): Promise<void> {
  try {
    const media = MEDIA[await formatOf(file)]
    const course = { sparing, progress: (done: number) => tell({ kind: 'progress', id, done }) }
    tell({
      kind: 'hashed',
      id,
      ...(await makeSignals(file, media, SIGNAL_TYPES, ALGORITHMS, course)),
    })
  } catch (error) {
    if (error instanceof Refused) tell({ kind: 'refused', id, reason: error.reason })
    // Only a reported error reaches the page: a rejected promise would leave the file hanging.
    else reportError(error)
  }
}

function tell(message: WorkerMessage): void {
  postMessage(message)
}
