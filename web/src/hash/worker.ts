/** A worker: one file in, one answer out. A refusal is answered here; anything else is a crash. */
import { ALGORITHMS } from './algorithms.ts'
import { openCourse, type OpenCourse } from './course.ts'
import { formatOf, MEDIA } from './format.ts'
import { makeSignals } from './make.ts'
import type { Job, PageMessage, WorkerMessage } from './messages.ts'
import { Refused } from './refusal.ts'
import { SIGNAL_TYPES } from './signals.ts'

let open: OpenCourse | undefined

addEventListener('message', ({ data }: MessageEvent<PageMessage>) => {
  if (data.kind === 'hash') void answer(data.job)
  else if (data.kind === 'ask') tell({ kind: 'alive' })
  else open?.hear(data)
})
addEventListener('messageerror', () => {
  reportError(new Error('The page said something that cannot be read here'))
})
tell({ kind: 'ready' })

async function answer(job: Job): Promise<void> {
  const { id, file } = job
  open = openCourse(job, tell, () => performance.now())
  try {
    const media = MEDIA[await formatOf(file)]
    const made = await makeSignals(file, media, SIGNAL_TYPES, ALGORITHMS, open.course)
    tell({ kind: 'hashed', id, ...made })
  } catch (error) {
    if (error instanceof Refused) tell({ kind: 'refused', id, reason: error.reason })
    // Only a reported error reaches the page: a rejected promise would leave the file hanging.
    else reportError(error)
  }
}

function tell(message: WorkerMessage): void {
  postMessage(message)
}
