import { randomUUID } from 'node:crypto'
import type { Db } from '../engines/db/port.ts'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Schedule } from '../modules/module.ts'
import { claim, dueSchedules, release, renew } from './schedule-store.ts'

export interface SchedulerParts {
  db: Db
  clock: Clock
  logger: Logger
  schedules: readonly Schedule[]
  /** Milliseconds between two looks at what is due. */
  lookEveryMs?: number
}

/** A process that dies without a word is believed to be alive for so long; one that lives renews thrice in that time. */
const LEASE_MS = 60_000

export interface Scheduler extends AsyncDisposable {
  /** Runs what is due and resolves when those runs have ended. */
  look(): Promise<void>
}

/**
 * Runs each schedule on one process of the cluster at a time. A lease in the database decides which: it needs no
 * connection held open, survives this process, and is given back when a run ends, so that the work spreads.
 */
export function startScheduler(parts: SchedulerParts): Scheduler {
  const { db, clock, logger, schedules, lookEveryMs = 5000 } = parts
  const holder = randomUUID()
  const stop = new AbortController()
  const running = new Map<string, Promise<void>>()

  const look = async () => {
    const idle = schedules.filter(({ name }) => !running.has(name))
    const names = idle.map(({ name }) => name)
    const due = names.length > 0 ? await dueSchedules(db.query, names, new Date(clock.now())) : []
    for (const schedule of idle) if (due.includes(schedule.name)) begin(schedule)
  }
  const begin = (schedule: Schedule) => {
    if (running.has(schedule.name) || stop.signal.aborted) return
    const run = runOnce(schedule, { ...parts, holder, signal: stop.signal })
      .catch((error) => logger.error({ err: error, schedule: schedule.name }, 'schedule failed'))
      .finally(() => running.delete(schedule.name))
    running.set(schedule.name, run)
  }
  const lookAndLog = () =>
    look().catch((error) => logger.error({ err: error }, 'schedules could not be read'))
  const timer = setInterval(lookAndLog, lookEveryMs)
  const first = lookAndLog()
  return {
    async look() {
      await first
      await look()
      await Promise.all(running.values())
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      stop.abort()
      await Promise.all(running.values())
    },
  }
}

interface Run extends SchedulerParts {
  holder: string
  signal: AbortSignal
}

async function runOnce(schedule: Schedule, { db, clock, holder, signal }: Run): Promise<void> {
  const { name, everySeconds } = schedule
  const now = clock.now()
  const until = () => new Date(clock.now() + LEASE_MS)
  if (!(await claim(db.query, { name, holder, now: new Date(now), until: until() }))) return
  const lost = new AbortController()
  const keep = setInterval(() => {
    renew(db.query, { name, holder, until: until() }).then(
      (held) => held || lost.abort(),
      () => {}, // the database is away; the next renewal says whether the lease still stands
    )
  }, LEASE_MS / 3)
  try {
    await schedule.run(AbortSignal.any([signal, lost.signal]))
  } finally {
    clearInterval(keep)
    await release(db.query, name, holder, new Date(now + everySeconds * 1000))
  }
}
