import type { FastifyReply } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { EventLog } from '../engines/event-log/port.ts'

// Memory, event loop, garbage collection: of the process, so once however many apps it builds.
let processMetrics: Registry | undefined
function processRegistry(): Registry {
  if (!processMetrics) {
    processMetrics = new Registry()
    collectDefaultMetrics({ register: processMetrics })
  }
  return processMetrics
}

export interface Metrics {
  observe(reply: FastifyReply): void
  /** Prometheus text format. */
  text(): Promise<string>
  contentType: string
}

export type EventHealth = Pick<EventLog, 'backlog' | 'deadLetters'>

export function createMetrics(events: EventHealth | undefined): Metrics {
  const registry = new Registry()
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its reply',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const readEvents = events ? eventGauges(registry, events) : undefined
  return {
    contentType: registry.contentType,
    observe(reply) {
      const { method, routeOptions } = reply.request
      const route = routeOptions.config?.operation ?? routeOptions.url ?? 'none'
      durations.labels(method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
    },
    async text() {
      // With the database away the rest is told all the same.
      await readEvents?.().catch(() => {})
      return Registry.merge([processRegistry(), registry]).metrics()
    },
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
    const [groups, letters] = await Promise.all([events.backlog(), events.deadLetters({ limit: 1000 })])
    for (const { group, waiting, oldestSeconds } of groups) {
      backlog.set({ group }, waiting)
      oldest.set({ group }, oldestSeconds)
    }
    dead.set(letters.length)
  }
}
