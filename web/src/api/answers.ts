/** What the service answers, read with care: nothing that came over the network is believed unread. */

/** An answer that is not of the agreed shape. Its message names the field and never the value. */
export class UnexpectedAnswer extends Error {}

export interface CreateAnswer {
  readonly received: number
  readonly total: number
}

export type CaseState = 'Active' | 'Withdrawn'

/** What was found comes first: of the several fingerprints of a picture most never get an answer. */
export const COMPANY_STATES = [
  'removed',
  'checking',
  'not_removed',
  'received',
  'not_asked',
  'withdrawal_confirmed',
  'withdrawal_sent',
  'no_answer',
] as const
export type CompanyState = (typeof COMPANY_STATES)[number]

export interface CompanyStatus {
  readonly id: string
  readonly name: string
  /** How many fingerprints are in each state. */
  readonly states: Readonly<Record<CompanyState, number>>
  /** How many it is not sent, for it does not look for their kinds. In none of the states. */
  readonly notTaken: number
}

export interface StatusAnswer {
  readonly status: CaseState
  /** A day, as YYYY-MM-DD. */
  readonly since: string
  readonly signals: number
  readonly companies: readonly CompanyStatus[]
}

export interface WithdrawAnswer {
  /** Fingerprints that are yet to be withdrawn: call again while it is not 0. */
  readonly remaining: number
}

export function createAnswer(body: unknown): CreateAnswer {
  return { received: count(body, 'received'), total: count(body, 'total') }
}

export function withdrawAnswer(body: unknown): WithdrawAnswer {
  return { remaining: count(body, 'remaining') }
}

export function statusAnswer(body: unknown): StatusAnswer {
  return {
    status: caseState(field(body, 'status')),
    since: day(text(body, 'since')),
    signals: count(body, 'signals'),
    companies: list(body, 'companies').map(companyStatus),
  }
}

function companyStatus(body: unknown): CompanyStatus {
  const states = field(body, 'states')
  const counts = COMPANY_STATES.map((state) => [state, count(states, state)] as const)
  return {
    id: text(body, 'id'),
    name: text(body, 'name'),
    states: Object.fromEntries(counts) as Record<CompanyState, number>,
    notTaken: count(body, 'not_taken'),
  }
}

function caseState(value: unknown): CaseState {
  if (value === 'Active' || value === 'Withdrawn') return value
  throw new UnexpectedAnswer('status')
}

function day(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  throw new UnexpectedAnswer('since')
}

function count(body: unknown, name: string): number {
  const value = field(body, name)
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new UnexpectedAnswer(name)
}

function text(body: unknown, name: string): string {
  const value = field(body, name)
  if (typeof value === 'string') return value
  throw new UnexpectedAnswer(name)
}

function list(body: unknown, name: string): unknown[] {
  const value = field(body, name)
  if (Array.isArray(value)) return value
  throw new UnexpectedAnswer(name)
}

export function field(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null) throw new UnexpectedAnswer(name)
  return (body as Record<string, unknown>)[name]
}
