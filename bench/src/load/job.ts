/** What is asked, once or again and again. */
export interface Ask {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  /** Access token. */
  token?: string
  body?: unknown
}

/** What an answer must be, looked at on a sample. */
export type Expectation =
  | { kind: 'posts'; order: 'newest' | 'any'; limit: number }
  | { kind: 'list'; limit: number }
  | { kind: 'object'; keys: readonly string[] }
  | { kind: 'bytes' }

/** One kind of request of a load. */
export interface Traffic {
  name: string
  /** Its share, relative to the others'. */
  weight: number
  asks: readonly Ask[]
  /** `random`: any, again and again; `once`: each in turn, and the load ends when none is left. */
  order: 'random' | 'once'
  expect: Expectation
}

export interface Job {
  host: string
  port: number
  connections: number
  /** Not counted. */
  warmupSeconds: number
  seconds: number
  /** Requests per second, whatever the answers take (open loop); undefined: each connection asks again at once. */
  rate?: number
  /** One answer in so many is looked at. */
  checkEvery: number
  traffic: readonly Traffic[]
  seed: string
}

/** Milliseconds. */
export interface Latency {
  p50: number
  p95: number
  p99: number
  p999: number
  max: number
}

export interface Outcome {
  requests: number
  seconds: number
  perSecond: number
  /** From the moment the request was due. */
  latency: Latency
  latencyBy: Record<string, Latency>
  /** Answers that were not 2xx, or did not come; by what happened. */
  errors: Record<string, number>
  checked: number
  /** Answers that were not what they must be. */
  wrong: Record<string, number>
  bytesPerAnswer: number
  /** Of the generator itself, per request. */
  generatorCpuMs: number
  /** The requests ran out before the time did. */
  exhausted: boolean
}

export type FromLoad =
  | { type: 'begun' }
  | { type: 'ended'; outcome: Outcome }
  | { type: 'failed'; error: string }
