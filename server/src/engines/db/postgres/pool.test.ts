import { expect, onTestFinished, test, vi } from 'vitest'
import { withPause } from './connect-pause.ts'
import { ConnectionPool } from './pool.ts'

/** Connections that are only told apart. */
class Fake {
  isUsable = true
  readonly closed = Promise.resolve()
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
  retire(): void {
    this.isUsable = false
  }
  destroy = this.retire
  async end(): Promise<void> {
    this.retire()
  }
}

function poolOf(size: number, together?: number) {
  let made = 0
  return new ConnectionPool(size, async () => new Fake(made++), { together })
}

/** A statement or a transaction that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>()
  const on: number[] = []
  return {
    on,
    end: resolve,
    work: async ({ number }: Fake) => {
      on.push(number)
      await promise
    },
  }
}
type Held = ReturnType<typeof held>

async function transact(pool: ConnectionPool<Fake>, { work }: Held): Promise<void> {
  const { connection, release } = await pool.take()
  await work(connection).finally(release)
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('statements go where least is under way, and never where a transaction is', async () => {
  const pool = poolOf(3)
  const [transaction, first, second, third] = [held(), held(), held(), held()]
  const all = [transact(pool, transaction), ...[first, second, third].map(({ work }) => pool.share(work))]
  await settle()
  expect([transaction, first, second, third].map(({ on }) => on)).toEqual([[0], [1], [2], [1]])
  for (const one of [transaction, first, second, third]) one.end()
  await Promise.all(all)
})

test('what is asked together goes over one connection, up to a bound, and nothing behind what is slow', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const pool = poolOf(3, 2)
  const all = Array.from({ length: 7 }, held)
  const share = (from: number, to: number) => all.slice(from, to).map((one) => pool.share(one.work))
  const shared = share(0, 3)
  await settle()
  vi.advanceTimersByTime(10)
  shared.push(...share(3, 5))
  await settle()
  expect(all.slice(0, 5).map((one) => one.on)).toEqual([[0], [0], [1], [2], [2]])
  all[0]?.end()
  await shared[0]
  shared.push(...share(5, 7))
  await settle()
  // The first has answered just now and has room; then all are slow or full, so that what has least to do is asked.
  expect(all.slice(5).map((one) => one.on)).toEqual([[0], [1]])
  for (const one of all) one.end()
  await Promise.all(shared)
})

test('who finds every connection taken waits for the first that is given back, and no two take the same', async () => {
  const pool = poolOf(2)
  const [a, b, c, d] = [held(), held(), held(), held()]
  const taken = [a, b, c, d].map((one) => transact(pool, one))
  const statement = held()
  const shared = pool.share(statement.work)
  await settle()
  expect([a.on, b.on, c.on, d.on, statement.on]).toEqual([[0], [1], [], [], []])
  b.end()
  await taken[1]
  await settle()
  expect([c.on, d.on, statement.on]).toEqual([[1], [], []])
  a.end()
  c.end()
  await Promise.all([taken[0], taken[2]])
  await settle()
  expect(d.on).toHaveLength(1)
  expect(statement.on).toHaveLength(1)
  expect(statement.on).not.toEqual(d.on)
  d.end()
  statement.end()
  await Promise.all([...taken, shared])
})

test('a connection that cannot be made is not kept, and after a failure nobody tries again for a while', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const connect = vi.fn<() => Promise<Fake>>().mockRejectedValue(new Error('away'))
  const pool = new ConnectionPool(2, withPause(connect))
  await expect(pool.take()).rejects.toThrow('away')
  await expect(pool.share(async () => 'yes')).rejects.toThrow('away')
  expect(connect).toHaveBeenCalledTimes(1)
  connect.mockImplementation(async () => new Fake(1))
  vi.advanceTimersByTime(50)
  await expect(pool.share(async () => 'yes')).resolves.toBe('yes')
})

test('a connection that was lost is made anew when it is next used', async () => {
  const pool = poolOf(1)
  const used = () => pool.share(async (connection) => connection)
  const first = await used()
  expect((await used()).number).toBe(0)
  first.retire()
  expect((await used()).number).toBe(1)
  pool.renew()
  expect((await used()).number).toBe(2)
})

test('waiting for a connection has a limit, and ends with the pool', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const pool = poolOf(1)
  const { release } = await pool.take()
  const late = pool.take()
  const refused = expect(late).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  await vi.advanceTimersByTimeAsync(10_000)
  await refused
  const waiting = expect(pool.take()).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  const ended = pool.end(5000)
  await waiting
  release()
  await ended
})
