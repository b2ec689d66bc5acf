import type { FastifyInstance } from 'fastify'
import type { Logger } from '../kit/logger.ts'
import { within } from '../kit/within.ts'
import { ENGINE_MS, type EventHealth, type Metrics, readEvents } from './metrics.ts'

export interface ReadyCheck {
  name: string
  /** Rejects when the engine gives no sign of life. */
  check(): Promise<void>
  /** The process can do its work without it, and while groups of events whose names begin so wait for it. */
  canWait?: readonly string[]
}

export interface HealthOptions {
  version: string
  logger: Logger
  checks: readonly ReadyCheck[]
  events: EventHealth | undefined
  /** Whether this process handles them; what others are behind with is told, and is no reason to send nobody here. */
  handlesEvents: boolean
  metrics: Metrics
  /** Which of several processes this is; undefined where it is alone. */
  worker?: number | undefined
  /** An event that waited longer means that a group is stuck. */
  maxBacklogSeconds?: number | undefined
}

const MAX_BACKLOG_SECONDS = 300

/**
 * `/health`: the process answers. `/ready`: it can do its work (503 when not); what it can do without is told, too. `/metrics`: Prometheus. Where several processes serve
 * one port, whichever is asked answers the first two for itself, and the third for all.
 */
export function registerHealth(app: FastifyInstance, options: HealthOptions): void {
  const { version, worker } = options
  app.get('/health', async () => ({ status: 'ok', version, worker }))
  app.get('/ready', async (_request, reply) => {
    const [outcomes, events] = await Promise.all([
      Promise.all(options.checks.map((check) => outcomeOf(check, options.logger))),
      eventState(options),
    ])
    const checks = Object.fromEntries(outcomes)
    const isVital = ({ canWait }: ReadyCheck) => canWait === undefined
    const ready = options.checks.filter(isVital).every(({ name }) => checks[name] === 'ok') && events.isInTime
    return reply
      .code(ready ? 200 : 503)
      .headers({ 'cache-control': 'no-store', ...(ready ? {} : { 'retry-after': '2' }) })
      .send({ status: ready ? 'ready' : 'not_ready', worker, checks, events: events.told })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', options.metrics.contentType).send(await options.metrics.text()),
  )
}

/** The reason is for the log: it may tell where an engine is and how it is reached. */
async function outcomeOf({ name, check }: ReadyCheck, logger: Logger): Promise<[string, string]> {
  try {
    await within(ENGINE_MS, check())
    return [name, 'ok']
  } catch (error) {
    logger.warn({ err: error, check: name }, 'an engine gives no sign of life')
    return [name, 'failed']
  }
}

async function eventState({
  events,
  handlesEvents,
  maxBacklogSeconds = MAX_BACKLOG_SECONDS,
  checks,
}: HealthOptions) {
  if (!events) return { isInTime: true, told: { status: 'ok', groups: [], dead_letters: 0 } }
  try {
    const [groups, dead] = await readEvents(events)
    const late = groups.filter((group) => group.oldestSeconds > maxBacklogSeconds)
    const canWait = checks.flatMap((check) => check.canWait ?? [])
    const told = {
      status: late.length === 0 ? 'ok' : `behind: ${late.map(({ group }) => group).join(', ')}`,
      groups: groups.map(({ group, waiting, oldestSeconds }) => ({
        group,
        waiting,
        oldest_seconds: oldestSeconds,
      })),
      dead_letters: dead.length,
    }
    const isWaited = ({ group }: { group: string }) => canWait.some((begun) => group.startsWith(begun))
    return { isInTime: !handlesEvents || late.every(isWaited), told }
  } catch {
    return { isInTime: !handlesEvents, told: { status: 'unknown', groups: [], dead_letters: 0 } }
  }
}
