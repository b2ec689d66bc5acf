import { build, type Histogram } from 'hdr-histogram-js'
import { Random, Weighted } from '../dataset/random.ts'
import { faultOf } from './checks.ts'
import { type Answer, Connection } from './connection.ts'
import type { Ask, Expectation, Job, Latency, Outcome, Traffic } from './job.ts'

interface Line {
  name: string
  requests: Buffer[]
  isOnce: boolean
  expect: Expectation
  next: number
}

/** Carries a job out. `onBegin` is told when the part that counts begins. */
export async function runJob(job: Job, onBegin: () => void): Promise<Outcome> {
  const load = new Load(job)
  if (job.warmupSeconds > 0) await load.drive(job.warmupSeconds)
  load.record = new Tally(job.traffic.map(({ name }) => name))
  onBegin()
  const seconds = await load.drive(job.seconds)
  load.close()
  return load.record.outcome(seconds, load.exhausted)
}

class Load {
  readonly #job: Job
  readonly #random: Random
  readonly #lines: Line[]
  readonly #shares: Weighted
  readonly #connections: Connection[]
  record: Tally | undefined
  exhausted = false
  #count = 0

  constructor(job: Job) {
    this.#job = job
    this.#random = new Random(job.seed)
    this.#lines = job.traffic.map((traffic) => lineOf(traffic, job))
    this.#shares = new Weighted(job.traffic.map(({ weight }) => weight))
    this.#connections = Array.from({ length: job.connections }, () => new Connection(job))
  }

  /** Answers how many seconds it took: until the last answer was there. */
  async drive(seconds: number): Promise<number> {
    const started = performance.now()
    const end = started + seconds * 1000
    if (this.#job.rate === undefined) await this.#driveClosed(end)
    else await this.#driveOpen(started, end, this.#job.rate)
    return (performance.now() - started) / 1000
  }

  close(): void {
    for (const connection of this.#connections) connection.close()
  }

  async #driveClosed(end: number): Promise<void> {
    await Promise.all(
      this.#connections.map(
        (connection) =>
          new Promise<void>((resolve) => {
            const again = () => {
              if (performance.now() >= end || !this.#ask(connection, performance.now(), again)) resolve()
            }
            again()
          }),
      ),
    )
  }

  /**
   * Requests fall due at a fixed pace. One that finds no free connection waits, and its wait counts: a server that stalls is not
   * asked less for it (no coordinated omission).
   */
  async #driveOpen(started: number, end: number, rate: number): Promise<void> {
    const free = [...this.#connections]
    const { promise, resolve } = Promise.withResolvers<void>()
    let due = started
    const step = () => {
      const now = performance.now()
      while (free.length > 0 && due <= now && due < end) {
        const connection = free.pop() as Connection
        const back = () => {
          free.push(connection)
          step()
        }
        if (!this.#ask(connection, due, back)) due = end
        due += 1000 / rate
      }
      if (due >= end && free.length === this.#connections.length) {
        clearInterval(timer)
        resolve()
      }
    }
    const timer = setInterval(step, 1)
    await promise
  }

  /** False where nothing is left to ask. */
  #ask(connection: Connection, due: number, then: () => void): boolean {
    const index = this.#shares.draw(this.#random)
    const line = this.#lines[index] as Line
    const place = line.isOnce ? line.next++ : this.#random.below(line.requests.length)
    const request = line.requests[place]
    if (!request) {
      this.exhausted = true
      return false
    }
    const isChecked = ++this.#count % this.#job.checkEvery === 0
    const { record } = this
    connection.send(request, isChecked, (answer) => {
      record?.add(line, performance.now() - due, answer)
      then()
    })
    return true
  }
}

function lineOf({ name, asks, order, expect }: Traffic, { host, port }: Job): Line {
  const requests = asks.map((ask) => requestOf(ask, `${host}:${port}`))
  return { name, requests, isOnce: order === 'once', expect, next: 0 }
}

function requestOf({ method, path, token, body }: Ask, host: string): Buffer {
  const content = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    ...(token ? [`authorization: Bearer ${token}`] : []),
    ...(content ? ['content-type: application/json', `content-length: ${Buffer.byteLength(content)}`] : []),
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${content}`)
}

/** What came of the requests. */
class Tally {
  readonly #all = histogram()
  readonly #by: Map<string, Histogram>
  readonly #cpu = process.cpuUsage()
  readonly #errors: Record<string, number> = {}
  readonly #wrong: Record<string, number> = {}
  #requests = 0
  #bytes = 0
  #checked = 0

  constructor(names: string[]) {
    this.#by = new Map(names.map((name) => [name, histogram()]))
  }

  add(line: Line, ms: number, answer: Answer | Error): void {
    this.#requests++
    const micros = Math.max(1, Math.round(ms * 1000))
    this.#all.recordValue(micros)
    this.#by.get(line.name)?.recordValue(micros)
    const error = answer instanceof Error ? answer.message : statusErrorOf(answer)
    if (error) count(this.#errors, `${line.name}: ${error}`)
    if (error || answer instanceof Error) return
    this.#bytes += answer.bytes
    if (answer.body === undefined) return
    this.#checked++
    const fault = faultOf(answer.body, line.expect)
    if (fault) count(this.#wrong, `${line.name}: ${fault}`)
  }

  outcome(seconds: number, exhausted: boolean): Outcome {
    const { user, system } = process.cpuUsage(this.#cpu)
    const requests = Math.max(1, this.#requests)
    return {
      requests: this.#requests,
      seconds,
      perSecond: this.#requests / seconds,
      latency: latencyOf(this.#all),
      latencyBy: Object.fromEntries([...this.#by].map(([name, times]) => [name, latencyOf(times)])),
      errors: this.#errors,
      checked: this.#checked,
      wrong: this.#wrong,
      bytesPerAnswer: Math.round(this.#bytes / requests),
      generatorCpuMs: (user + system) / 1000 / requests,
      exhausted,
    }
  }
}

const histogram = (): Histogram =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 600_000_000, numberOfSignificantValueDigits: 3 })

const statusErrorOf = ({ status }: Answer): string | undefined =>
  status < 200 || status > 299 ? `status ${status}` : undefined

const count = (counts: Record<string, number>, what: string): void => {
  counts[what] = (counts[what] ?? 0) + 1
}

const latencyOf = (times: Histogram): Latency => ({
  p50: times.getValueAtPercentile(50) / 1000,
  p95: times.getValueAtPercentile(95) / 1000,
  p99: times.getValueAtPercentile(99) / 1000,
  p999: times.getValueAtPercentile(99.9) / 1000,
  max: times.maxValue / 1000,
})
