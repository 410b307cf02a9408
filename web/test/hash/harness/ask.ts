/** One question to a worker of the harness, and its one answer. */
export function ask<Answer>(worker: Worker, question: unknown): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      resolve(data)
    })
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(message))
    })
    worker.postMessage(question)
  }).finally(() => {
    worker.terminate()
  })
}
