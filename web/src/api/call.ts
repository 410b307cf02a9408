/** One call to the service: a POST whose body is the only thing that says anything about a case. */
import { UnexpectedAnswer } from './answers.ts'
import { failureOf, type Failure } from './failure.ts'

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export type Fetch = (path: string, init: RequestInit) => Promise<Response>

/** The slowest answer is a PIN check behind a cold start on a slow line; after this it is lost. */
const PATIENCE_MS = 45_000

/** Send `body` to `path` and read the answer with `read`. Never throws. */
export async function call<T>(
  fetch: Fetch,
  path: string,
  body: string,
  read: (body: unknown) => T,
): Promise<Result<T>> {
  let response: Response
  let answer: unknown
  try {
    response = await fetch(path, request(body))
    answer = await bodyOf(response)
  } catch {
    return failed({ kind: 'offline' })
  }
  if (!response.ok)
    return failed(failureOf(response.status, response.headers.get('Retry-After'), answer))
  return readAnswer(answer, read)
}

/** Send `body` to `path` even if the page goes in the same moment. Nothing is heard of it. */
export function cast(fetch: Fetch, path: string, body: string): void {
  fetch(path, { ...request(body), keepalive: true }).catch(() => undefined)
}

function request(body: string): RequestInit {
  return {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }
}

/** The body as JSON, or null where it is none: a proxy's error page is not ours to read. */
async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function readAnswer<T>(answer: unknown, read: (body: unknown) => T): Result<T> {
  try {
    return { ok: true, value: read(answer) }
  } catch (error) {
    if (error instanceof UnexpectedAnswer) return failed({ kind: 'unexpected' })
    throw error
  }
}

function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure }
}
