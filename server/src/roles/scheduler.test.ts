import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { FakeClock } from '../kit/clock.ts'
import { createLogger } from '../kit/logger.ts'
import type { Schedule } from '../modules/module.ts'
import { claim } from './schedule-store.ts'
import { type Scheduler, startScheduler } from './scheduler.ts'

let testDb: TestDb
const started: Scheduler[] = []
beforeAll(async () => {
  testDb = await openTestDb()
})
afterEach(async () => {
  for (const scheduler of started.splice(0)) await scheduler[Symbol.asyncDispose]()
})
afterAll(() => testDb[Symbol.asyncDispose]())

/** A process of the cluster that looks at what is due when it is told to. */
function start(clock: FakeClock, ...schedules: Schedule[]): Scheduler {
  const logger = createLogger({ level: 'silent', pretty: false })
  const scheduler = startScheduler({ db: testDb.db, clock, logger, schedules, lookEveryMs: 1e6 })
  started.push(scheduler)
  return scheduler
}

function counting(name: string, work: () => Promise<void> = async () => {}) {
  const runs: AbortSignal[] = []
  const schedule: Schedule = {
    name,
    everySeconds: 60,
    run(signal) {
      runs.push(signal)
      return work()
    },
  }
  return { schedule, runs }
}

describe('a schedule', () => {
  test('runs at once, then every so often, on one of many processes', async () => {
    const clock = new FakeClock()
    const { schedule, runs } = counting('often')
    const processes = Array.from({ length: 4 }, () => start(clock, schedule))
    const look = () => Promise.all(processes.map((process) => process.look()))
    await look()
    expect(runs).toHaveLength(1)
    clock.advance(59_000)
    await look()
    expect(runs).toHaveLength(1)
    clock.advance(1000)
    await look()
    expect(runs).toHaveLength(2)
  })

  test('that fails is run again when it is due again', async () => {
    const clock = new FakeClock()
    const { schedule, runs } = counting('failing', () => Promise.reject(new Error('no luck')))
    const process = start(clock, schedule)
    await process.look()
    await process.look()
    expect(runs).toHaveLength(1)
    clock.advance(60_000)
    await process.look()
    expect(runs).toHaveLength(2)
  })

  test('is taken over when the process that ran it died', async () => {
    const clock = new FakeClock()
    const { schedule, runs } = counting('orphaned')
    const now = clock.now()
    const lease = {
      name: 'orphaned',
      holder: crypto.randomUUID(),
      now: new Date(now),
      until: new Date(now + 60_000),
    }
    expect(await claim(testDb.db.query, lease)).toBe(true)
    const process = start(clock, schedule)
    clock.advance(59_000)
    await process.look()
    expect(runs).toHaveLength(0)
    clock.advance(1000)
    await process.look()
    expect(runs).toHaveLength(1)
  })

  test('is told to stop, and waited for, when its process stops', async () => {
    const clock = new FakeClock()
    let ended = false
    const { schedule, runs } = counting('long', async () => {
      await new Promise((resolve) => runs[0]?.addEventListener('abort', resolve))
      ended = true
    })
    const process = start(clock, schedule)
    await vi.waitFor(() => expect(runs).toHaveLength(1))
    await process[Symbol.asyncDispose]()
    expect(ended).toBe(true)
  })
})
