import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { TintypeError } from '@tintype/contract'
import { within } from '../../../kit/within.ts'
import type { LateReader } from '../port.ts'
import type { Connection } from './connection.ts'
import type { ConnectionPool } from './pool.ts'
import { positionOf } from './position.ts'
import type { Rows } from './statement.ts'

/** Milliseconds between two looks at where servers stand. */
const LOOK_MS = 100
/** A look, or a read, that takes longer says that the server is away; the read is then the primary's. */
const ANSWER_MS = 1000
/** Milliseconds without reads after one took too long: what hangs may well answer looks. */
const REST_MS = 5000
/** Looks at the primary that are remembered, to tell how late a replica is. */
const REMEMBERED = 600

const replayed = `select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()::text end as position`
const written = `select pg_current_wal_lsn()::text as position`

export interface ReplicaPools {
  reads: ConnectionPool<Connection>
  /** Looks do not wait behind reads. */
  looks: ConnectionPool<Connection>
}

interface Options {
  replicas: readonly ReplicaPools[]
  primary: ConnectionPool<Connection>
  /** Milliseconds behind the primary above which a replica is left out. */
  mostLag: number
}

interface Reader {
  key: string
  /** The newest of those that were named. */
  position: bigint
}

/**
 * Replicas of a primary, and which of them may answer whom. A look tells where each stands; one that does not answer, is no replica of it
 * or is later than `mostLag` is left out until a look finds otherwise. A reader keeps to one replica, so that what they have seen stays
 * seen, as long as it has replayed what they wrote, and what everybody has to know (`raise`); else the primary answers.
 */
export class Replicas {
  readonly #replicas: Replica[]
  readonly #primary: ConnectionPool<Connection>
  readonly #mostLag: number
  readonly #readers = new AsyncLocalStorage<Reader>()
  /** Where the primary stood, and when: newest last. */
  #seen: { at: number; position: bigint }[] = []
  /** What is older is read by nobody. */
  #floor = 0n
  /** Whether that covers all there is to be known; else nothing is read late until the primary is next looked at. */
  #isKnown = false
  /** Times that it became unknown. */
  #unknown = 0
  #looking: Promise<void> | undefined
  readonly #timer: NodeJS.Timeout

  constructor({ replicas, primary, mostLag }: Options) {
    this.#replicas = replicas.map((pools, at) => new Replica(pools, String(at)))
    this.#primary = primary
    this.#mostLag = mostLag
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref()
  }

  lately<T>({ key, positions }: LateReader, work: () => T): T {
    const position = positions.reduce((most: bigint, text) => {
      const one = positionOf(text) ?? 0n
      return one > most ? one : most
    }, 0n)
    return this.#readers.run({ key, position }, work)
  }

  raise(position: string | undefined): void {
    const floor = positionOf(position)
    if (floor === undefined) this.#forget()
    else if (floor > this.#floor) this.#floor = floor
  }

  /** A replica's answer; undefined where the primary is to give it. */
  async run(text: string, parameters: readonly unknown[]): Promise<Rows | undefined> {
    const reader = this.#readers.getStore()
    const replica = reader && this.#choose(reader)
    if (!replica) return undefined
    try {
      return await within(
        ANSWER_MS,
        replica.pools.reads.share((connection) => connection.run(text, parameters)),
      )
    } catch (error) {
      // Whatever it is: what is wrong with the statement itself the primary will say.
      replica.position = undefined
      if (error instanceof TintypeError) replica.restsUntil = performance.now() + REST_MS
      return undefined
    }
  }

  /** Seconds that each is behind; undefined: it is away, or no replica. */
  lags(): (number | undefined)[] {
    return this.#replicas.map((replica) => {
      const lag = this.#lagOf(replica)
      return lag === undefined ? undefined : lag / 1000
    })
  }

  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async end(ms: number): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all([this.#looking, ...this.#replicas.map(({ looking }) => looking)])
    await Promise.all(this.#replicas.flatMap(({ pools }) => [pools.reads.end(ms), pools.looks.end(ms)]))
  }

  async #look(): Promise<void> {
    const at = performance.now()
    const unknown = this.#unknown
    const stood = this.#replicas.map((replica) => replica.position)
    // By themselves: one that does not answer makes nothing known late of the others.
    for (const replica of this.#replicas) replica.look()
    const position = await ask(this.#primary, written)
    // While the primary is away nothing is written, so what the replicas have stays as late as it is.
    if (position === undefined) return
    for (const [place, replica] of this.#replicas.entries()) {
      const there = stood[place]
      if (there !== undefined) replica.isOurs = there <= position
    }
    const before = this.#seen.at(-1)?.position ?? 0n
    // Another server with another log: what was known of the old one says nothing.
    if (position < before) {
      this.#seen = []
      this.#floor = 0n
      this.#forget()
    }
    this.#seen.push({ at, position })
    if (this.#seen.length > REMEMBERED) this.#seen.shift()
    // It was read after the last time that nobody knew, so with what was raised since it covers whatever there is to be known.
    if (this.#isKnown || unknown !== this.#unknown) return
    if (position > this.#floor) this.#floor = position
    this.#isKnown = true
  }

  #forget(): void {
    this.#isKnown = false
    this.#unknown++
  }

  #lagOf({ position, isOurs }: Replica): number | undefined {
    if (position === undefined || !isOurs) return undefined
    const behind = this.#seen.find((seen) => seen.position > position)
    return behind === undefined ? 0 : performance.now() - behind.at
  }

  #choose({ key, position }: Reader): Replica | undefined {
    const floor = this.#floor
    if (!this.#isKnown) return undefined
    const able = this.#replicas.filter((replica) => {
      const lag = this.#lagOf(replica)
      const isLate = lag === undefined || lag > this.#mostLag || this.#seen.length === 0
      if (performance.now() < replica.restsUntil) return false
      return !isLate && (replica.position ?? -1n) >= floor && (replica.position ?? -1n) >= position
    })
    return able.length < 2 ? able[0] : able.toSorted((a, b) => a.weightFor(key) - b.weightFor(key))[0]
  }
}

class Replica {
  readonly pools: ReplicaPools
  readonly #name: string
  /** As a look found it; undefined: not to be used. */
  position: bigint | undefined
  /** Whether the primary had come as far when it was looked at later: who is ahead of it follows another. */
  isOurs = false
  restsUntil = 0
  looking: Promise<void> | undefined

  constructor(pools: ReplicaPools, name: string) {
    this.pools = pools
    this.#name = name
  }

  look(): void {
    this.looking ??= ask(this.pools.looks, replayed).then((position) => {
      this.position = position
      this.looking = undefined
    })
  }

  /** Rendezvous hashing: each reader has an order of their own, in which only their own replica's loss moves them. */
  weightFor(key: string): number {
    return createHash('sha1').update(`${this.#name} ${key}`).digest().readUInt32BE()
  }
}

async function ask(pool: ConnectionPool<Connection>, text: string): Promise<bigint | undefined> {
  try {
    const { rows } = await within(
      ANSWER_MS,
      pool.share((connection) => connection.run(text)),
    )
    return positionOf((rows as { position: string | null }[])[0]?.position)
  } catch {
    return undefined
  }
}
