import { statfs } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { DeadLetter, EventLog } from '../engines/event-log/port.ts'
import { droppedLines } from '../kit/log-lines.ts'
import { allLookups, attackPatterns, backedUp, securityCounts } from '../kit/tallies.ts'
import { within } from '../kit/within.ts'
import type { MetricsReport, Peers } from './peers.ts'

// Memory, event loop, garbage collection: of the process, so once however many apps it builds.
let processMetrics: Registry | undefined
function processRegistry(): Registry {
  if (!processMetrics) {
    processMetrics = new Registry()
    collectDefaultMetrics({ register: processMetrics })
    new Counter({
      name: 'tintype_log_lines_dropped_total',
      help: 'Lines of the log that could not be written',
      registers: [processMetrics],
      collect() {
        this.reset()
        this.inc(droppedLines())
      },
    })
    tallies(processMetrics)
  }
  return processMetrics
}

function tallies(registry: Registry): void {
  new Counter({
    name: 'tintype_cache_lookups_total',
    help: 'What was looked for in the caches of the process, and whether it was there',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [kind, { asked, found }] of allLookups()) {
        this.inc({ kind, outcome: 'hit' }, found)
        this.inc({ kind, outcome: 'miss' }, asked - found)
      }
    },
  })
  mapCounter(registry, securityCounts, {
    name: 'tintype_security_events_total',
    help: 'Log-ins refused, proofs failed, patterns of abuse and changes of who may what, by kind',
  })
  mapCounter(registry, attackPatterns, {
    name: 'tintype_attack_patterns_total',
    help: 'Requests with what scanners send, by kind; none is refused for it',
  })
  new Gauge({
    name: 'tintype_backup_timestamp_seconds',
    help: 'Up to when what was acknowledged is backed up: by the log, and by the newest full backup',
    labelNames: ['part'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [part, at] of backedUp) this.set({ part }, at / 1000)
    },
  })
}

function mapCounter(
  registry: Registry,
  counts: ReadonlyMap<string, number>,
  names: { name: string; help: string },
): void {
  new Counter({
    ...names,
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [kind, count] of counts) this.inc({ kind }, count)
    },
  })
}

/** Memory, event loop and garbage collection of a process that serves nothing. */
export const processReport = (): Promise<MetricsReport> => processRegistry().getMetricsAsJSON()

export interface Metrics {
  observe(reply: FastifyReply): void
  /** Prometheus text format; of all processes that serve together, where there are several. */
  text(): Promise<string>
  contentType: string
}

export type EventHealth = Pick<EventLog, 'backlog' | 'deadLetters'>

/** Milliseconds that an engine has to tell how it is: `/ready` and `/metrics` answer within two seconds whatever it does. */
export const ENGINE_MS = 1500

type Backlog = Awaited<ReturnType<EventLog['backlog']>>

/** Rejects where the log does not tell in time. */
export const readEvents = (events: EventHealth): Promise<[Backlog, DeadLetter[]]> =>
  within(ENGINE_MS, Promise.all([events.backlog(), events.deadLetters({ limit: 1000 })]))

/** An engine’s sign of life, by the name that is told. */
export interface EngineSign {
  name: string
  check(): Promise<void>
}

export interface EngineSigns {
  checks?: readonly EngineSign[] | undefined
  /** Seconds that each replica of the database is behind; undefined: it is away. */
  lags?: (() => readonly (number | undefined)[]) | undefined
  /** Paths, by the name that is told, whose disks may fill up; an empty path is none. */
  folders?: Readonly<Record<string, string>> | undefined
}

export function createMetrics(
  events: EventHealth | undefined,
  peers?: Peers,
  { checks = [], lags = () => [], folders = {} }: EngineSigns = {},
): Metrics {
  const registry = new Registry()
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its reply',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  // Every process would tell the same of these, so only the one that is asked does.
  const shared = new Registry()
  const updateEvents = events ? eventGauges(shared, events) : undefined
  const updateEngines = engineGauge(shared, checks)
  lagGauge(shared, lags)
  const updateDisks = diskGauges(shared, folders)
  const report = () => Registry.merge([processRegistry(), registry]).getMetricsAsJSON()
  peers?.answerWith(report)
  return {
    contentType: registry.contentType,
    observe(reply) {
      const { method, routeOptions } = reply.request
      const route = routeOptions.config?.operation ?? routeOptions.url ?? 'none'
      durations.labels(method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
    },
    async text() {
      const [others] = await Promise.all([
        peers && within(ENGINE_MS, peers.measurements()).catch(() => []),
        updateEvents?.(),
        updateEngines(),
        updateDisks(),
      ])
      if (!others) return Registry.merge([processRegistry(), registry, shared]).metrics()
      const reports = [await report(), ...others]
      const summed = AggregatorRegistry.aggregate(reports) as Registry
      return Registry.merge([summed, shared]).metrics()
    },
  }
}

function lagGauge(registry: Registry, lags: () => readonly (number | undefined)[]): void {
  new Gauge({
    name: 'tintype_replica_lag_seconds',
    help: 'How far a replica of the database is behind, where it answers',
    labelNames: ['replica'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [at, lag] of lags().entries()) if (lag !== undefined) this.set({ replica: String(at) }, lag)
    },
  })
}

/** Answers what brings the gauges up to date. */
function diskGauges(registry: Registry, folders: Readonly<Record<string, string>>): () => Promise<void> {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['folder'], registers: [registry] })
  const free = gauge('tintype_disk_free_bytes', 'Room on the disk of a folder, for this user')
  const size = gauge('tintype_disk_size_bytes', 'Size of the disk of a folder')
  return async () => {
    for (const gauge of [free, size]) gauge.reset()
    const paths = Object.entries(folders).filter(([, path]) => path !== '')
    for (const [folder, path] of paths) {
      // A network's disk may stand still; then it is left out.
      const disk = await within(ENGINE_MS, statfs(path)).catch(() => undefined)
      if (!disk) continue
      free.set({ folder }, disk.bavail * disk.bsize)
      size.set({ folder }, disk.blocks * disk.bsize)
    }
  }
}

/** Answers what brings the gauge up to date. */
function engineGauge(registry: Registry, checks: readonly EngineSign[]): () => Promise<void> {
  const up = new Gauge({
    name: 'tintype_engine_up',
    help: 'Whether an engine gives a sign of life',
    labelNames: ['engine'],
    registers: [registry],
  })
  return async () => {
    const signs = checks.map(({ check }) =>
      within(ENGINE_MS, check()).then(
        () => 1,
        () => 0,
      ),
    )
    for (const [at, sign] of (await Promise.all(signs)).entries())
      up.set({ engine: checks[at]?.name ?? '' }, sign)
  }
}

/** Answers what brings the gauges up to date. */
function eventGauges(registry: Registry, events: EventHealth): () => Promise<void> {
  const registers = [registry]
  const backlog = new Gauge({
    name: 'tintype_event_backlog',
    help: 'Events a group has not handled',
    labelNames: ['group'],
    registers,
  })
  const oldest = new Gauge({
    name: 'tintype_event_oldest_seconds',
    help: 'Age of the oldest event a group has not handled',
    labelNames: ['group'],
    registers,
  })
  const dead = new Gauge({
    name: 'tintype_dead_letters',
    help: 'Events given up after all attempts, counted up to 1000',
    registers,
  })
  return async () => {
    const read = await readEvents(events).catch(() => undefined)
    for (const gauge of [backlog, oldest, dead]) gauge.reset()
    // What does not answer is left out, not told as it was, nor as none.
    if (!read) return dead.remove()
    const [groups, letters] = read
    for (const { group, waiting, oldestSeconds } of groups) {
      backlog.set({ group }, waiting)
      oldest.set({ group }, oldestSeconds)
    }
    dead.set(letters.length)
  }
}
