/** Sending and withdrawing a case over a line that loses, repeats and refuses, with a service that remembers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { casesOver } from '../src/api/cases.ts'
import type { Fetch } from '../src/api/call.ts'
import type { Wait } from '../src/api/persist.ts'
import { drawCredentials, type Credentials } from '../src/case/credentials.ts'
import { part } from '../src/case/parts.ts'
import { takeBack } from '../src/case/take_back.ts'
import { sendCase, type Sender } from '../src/case/send.ts'
import { withdrawCase } from '../src/case/withdraw.ts'
import type { Signal } from '../src/intake/messages.ts'

/** What becomes of one request on its way. */
type Fate = 'answered' | 'lost before' | 'lost after' | 'busy' | 'too many' | 'broken'

const credentials = drawCredentials((length) => new Uint8Array(length).fill(7))
const others = drawCredentials((length) => new Uint8Array(length).fill(8))

interface Body {
  number: string
  pin: string
  total: number
  offset: number
  signals: Signal[]
}

/** As much of the service as a client can see of it: cases, parts in order, one answer a part. */
class Service {
  readonly cases = new Map<string, { pin: string; values: string[] }>()
  readonly requests: RequestInit[] = []
  fates: Fate[] = []

  readonly fetch: Fetch = (path, init) => {
    this.requests.push(init)
    const fate = this.fates.shift() ?? 'answered'
    if (fate === 'lost before') return Promise.reject(new TypeError('network'))
    if (fate === 'busy') return answer(503, { type: 'x' }, { 'Retry-After': '7' })
    if (fate === 'too many') return answer(429, { type: 'x' })
    const body = JSON.parse(init.body as string) as Body
    if (fate === 'broken') return this.#breakDuring(body)
    const response = this.#handle(path, body)
    return fate === 'lost after' ? Promise.reject(new TypeError('network')) : response
  }

  #handle(path: string, body: Body): Promise<Response> {
    return path === '/cases' ? this.#create(body) : this.#withdraw(body)
  }

  /** Some of it is stored when the service falls over. */
  #breakDuring(body: Body): Promise<Response> {
    void this.#create({ ...body, signals: body.signals.slice(0, 24) })
    return answer(500, { message: 'Internal Server Error' })
  }

  #create(body: Body): Promise<Response> {
    const known = this.cases.get(body.number) ?? { pin: body.pin, values: [] }
    if (known.pin !== body.pin) return answer(409, { type: 'urn:notyours:problem:number-taken' })
    if (body.offset > known.values.length) return answer(422, { type: 'gap' })
    known.values.splice(body.offset, body.signals.length, ...body.signals.map((s) => s.value))
    this.cases.set(body.number, known)
    return answer(201, { status: 'Active', received: known.values.length, total: body.total })
  }

  #withdraw(body: Body): Promise<Response> {
    const known = this.cases.get(body.number)
    if (known?.pin !== body.pin) return answer(401, { type: 'urn:notyours:problem:unknown-case' })
    const { values } = known
    values.splice(0, 400)
    return answer(200, { status: 'Withdrawn', remaining: values.length })
  }
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return Promise.resolve(new Response(JSON.stringify(body), { status, headers }))
}

function signals(count: number): Signal[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'ImagePDQ',
    value: index.toString(16).padStart(64, '0'),
    quality: 100,
  }))
}

function senderTo(service: Service, waits: Wait[] = []): Sender {
  return {
    create: casesOver(service.fetch).create,
    redraw: () => others,
    onProgress: () => undefined,
    online: () => true,
    chance: () => 1,
    pause: (wait) => {
      waits.push(wait)
      return Promise.resolve()
    },
  }
}

const fates = fc.array(
  fc.constantFrom<Fate>('answered', 'lost before', 'lost after', 'busy', 'too many'),
  { maxLength: 20 },
)

describe('sending', () => {
  test('ends with one case that holds every fingerprint once, whatever the line does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1700 }), fates, async (count, line) => {
        const service = new Service()
        service.fates = [...line]
        const sent = await sendCase(credentials, signals(count), senderTo(service))
        expect(sent).toEqual({ kind: 'sent', credentials })
        expect([...service.cases.keys()]).toEqual([credentials.number])
        expect(held(service, credentials)).toEqual(signals(count).map(({ value }) => value))
      }),
      { numRuns: 60 },
    )
  })

  test('a taken number is drawn again, and nothing is left under the old one', async () => {
    const service = new Service()
    service.cases.set(credentials.number, { pin: 'of somebody else', values: ['theirs'] })
    const sent = await sendCase(credentials, signals(600), senderTo(service))
    expect(sent).toEqual({ kind: 'sent', credentials: others })
    expect(held(service, credentials)).toEqual(['theirs'])
    expect(held(service, others)).toHaveLength(600)
  })

  test('a number that is taken again and again is not drawn for ever', async () => {
    const service = new Service()
    for (const { number } of [credentials, others])
      service.cases.set(number, { pin: 'of somebody else', values: [] })
    const sent = await sendCase(credentials, signals(1), senderTo(service))
    expect(sent).toMatchObject({ kind: 'failed', failure: { kind: 'number-taken' } })
  })

  test('a service that takes nothing in is given up, not asked for ever', async () => {
    const stuck: Fetch = () => answer(201, { status: 'Active', received: 0, total: 3 })
    const sender = { ...senderTo(new Service()), create: casesOver(stuck).create }
    const sent = await sendCase(credentials, signals(3), sender)
    expect(sent).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } })
  })

  test('what was shown is what is sent, byte for byte', async () => {
    const service = new Service()
    await sendCase(credentials, signals(501), senderTo(service))
    const shown = [0, 500].map((offset) => part(credentials, signals(501), offset))
    expect(service.requests.map(({ body }) => body)).toEqual(shown)
  })

  test('what a fingerprint was made of is sent with it, and nothing where there is nothing to say', () => {
    const turned = signals(1).map((one): Signal => ({ ...one, variant: 'stored', reduced: true }))
    const said = [...signals(1), ...turned]
    const body = JSON.parse(part(credentials, said, 0)) as Body
    expect(body.signals).toStrictEqual(said)
  })

  test('no request carries a cookie, a referrer or leaves a copy in a cache', async () => {
    const service = new Service()
    await sendCase(credentials, signals(1), senderTo(service))
    const discreet = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }
    expect(service.requests[0]).toMatchObject(discreet)
  })
})

test('withdrawing goes on until nothing is left, over the same kind of line', async () => {
  await fc.assert(
    fc.asyncProperty(fates, async (line) => {
      const service = new Service()
      await sendCase(credentials, signals(1300), senderTo(service))
      service.fates = [...line]
      const { withdraw } = casesOver(service.fetch)
      const withdrawn = await withdrawCase(credentials, { ...senderTo(service), withdraw })
      expect(withdrawn).toEqual({ kind: 'withdrawn' })
      expect(held(service, credentials)).toEqual([])
    }),
    { numRuns: 40 },
  )
})

describe('a case that could not be sent', () => {
  const brokenLine = fc.record({ before: fates, during: fates })

  test('is taken back whole, however much of it had arrived', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1700 }), brokenLine, async (count, line) => {
        const service = new Service()
        service.fates = [...line.before, 'broken']
        const sent = await sendCase(credentials, signals(count), senderTo(service))
        service.fates = [...line.during]
        if (sent.kind === 'failed') expect(await taken(service, sent.credentials)).toBe('withdrawn')
        const left = sent.kind === 'failed' ? [] : signals(count).map(({ value }) => value)
        expect([...service.cases.values()].flatMap(({ values }) => values)).toEqual(left)
      }),
      { numRuns: 60 },
    )
  })

  test('is found under the number it was last sent with', async () => {
    const service = new Service()
    service.cases.set(credentials.number, { pin: 'of somebody else', values: [] })
    service.fates = ['answered', 'broken']
    const sent = await sendCase(credentials, signals(600), senderTo(service))
    expect(sent).toMatchObject({ kind: 'failed', credentials: others })
    expect(held(service, others)).toHaveLength(24)
    expect(await taken(service, others)).toBe('withdrawn')
    expect(held(service, others)).toEqual([])
  })

  test('has nothing to take back where nothing had arrived', async () => {
    expect(await taken(new Service(), credentials)).toBe('withdrawn')
  })

  test('is withdrawn by a call that outlives the page, when the page is left', () => {
    const service = new Service()
    casesOver(service.fetch).abandon(credentials)
    const { number, pin } = credentials
    expect(service.requests).toMatchObject([{ keepalive: true, method: 'POST' }])
    expect(JSON.parse(service.requests[0]?.body as string)).toEqual({ number, pin })
  })

  async function taken(service: Service, of: Credentials) {
    const { withdraw } = casesOver(service.fetch)
    return (await takeBack(of, { ...senderTo(service), withdraw })).kind
  }
})

describe('the wait before the next try', () => {
  test('doubles, and stays below a minute', async () => {
    const waits = await waitsOver(Array.from({ length: 8 }, () => 'lost before'))
    expect(waits.map(({ seconds }) => seconds)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  test('is at least what the service asks for', async () => {
    const [wait] = await waitsOver(['busy'])
    expect(wait).toEqual({ reason: { kind: 'maintenance', seconds: 7 }, seconds: 7 })
  })

  test('has no end while the device is offline', async () => {
    const [wait] = await waitsOver(['lost before'], { online: () => false })
    expect(wait).toEqual({ reason: { kind: 'offline' }, seconds: null })
  })
})

async function waitsOver(line: Fate[], changes: Partial<Sender> = {}): Promise<Wait[]> {
  const service = new Service()
  service.fates = line
  const waits: Wait[] = []
  await sendCase(credentials, signals(1), { ...senderTo(service, waits), ...changes })
  return waits
}

function held(service: Service, { number }: Credentials): string[] | undefined {
  return service.cases.get(number)?.values
}
