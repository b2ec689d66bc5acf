import type { Sql } from 'postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ConnectionPool } from './postgres-pool.ts'

/** Handles that are only told apart. */
function poolOf(size: number, together?: number) {
  const handles: object[] = []
  const pool = new ConnectionPool(
    size,
    () => {
      const handle = { end: async () => {} }
      handles.push(handle)
      return handle as unknown as Sql
    },
    { together },
  )
  return { pool, numberOf: (sql: unknown) => handles.indexOf(sql as object) }
}

/** A statement or a transaction that ends when it is told to. */
function held(numberOf: (sql: unknown) => number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const on: number[] = []
  return {
    on,
    end: resolve,
    work: async (sql: unknown) => {
      on.push(numberOf(sql))
      await promise
    },
  }
}
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('statements go where least is under way, and never where a transaction is', async () => {
  const { pool, numberOf } = poolOf(3)
  const [transaction, first, second, third] = [1, 2, 3, 4].map(() => held(numberOf))
  const all = [
    pool.take(transaction?.work as never),
    ...[first, second, third].map((one) => pool.share(one?.work as never)),
  ]
  await settle()
  expect([transaction, first, second, third].map((one) => one?.on)).toEqual([[0], [1], [2], [1]])
  for (const one of [transaction, first, second, third]) one?.end()
  await Promise.all(all)
})

test('what is asked together goes over one connection, up to a bound, and nothing behind what is slow', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { pool, numberOf } = poolOf(3, 2)
  const all = Array.from({ length: 7 }, () => held(numberOf))
  const share = (from: number, to: number) => all.slice(from, to).map((one) => pool.share(one.work as never))
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
  const { pool, numberOf } = poolOf(2)
  const [a, b, c, d] = [held(numberOf), held(numberOf), held(numberOf), held(numberOf)]
  const taken = [pool.take(a.work), pool.take(b.work), pool.take(c.work), pool.take(d.work)]
  const statement = held(numberOf)
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

test('a transaction that fails gives its connection back', async () => {
  const { pool } = poolOf(1)
  await expect(pool.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(pool.share(async () => 'yes')).resolves.toBe('yes')
})
