import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Connection } from './connection.ts'
import type { ConnectionPool } from './pool.ts'
import { Replicas } from './replicas.ts'

/** Of a server: where it stands, as it is asked. */
const standing = (where: () => string | Promise<string>) => {
  const run = async () => ({ rows: [{ position: await where() }] })
  return {
    share: (send: (connection: unknown) => unknown) => send({ run }),
  } as unknown as ConnectionPool<Connection>
}
const never = new Promise<string>(() => {})
const turn = () => new Promise((resolve) => setImmediate(resolve))

let primary: string | Promise<string>
let there: (string | Promise<string>)[]
let replicas: Replicas
let reads: () => string | Promise<string>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'performance'] })
  primary = '0/100'
  reads = () => ''
  there = ['0/100', '0/100']
  replicas = new Replicas({
    primary: standing(() => primary),
    replicas: [0, 1].map((n) => ({
      reads: standing(() => reads()),
      looks: standing(() => there[n] ?? never),
    })),
    mostLag: 1000,
  })
})
afterEach(() => vi.useRealTimers())

const looked = async () => {
  await replicas.look()
  await turn()
}
const isLate = async () =>
  (await replicas.lately({ key: 'ana', positions: [] }, () => replicas.run('read', []))) !== undefined

test('what is raised while nobody knows is not forgotten when the primary has been looked at', async () => {
  await looked()
  await looked()
  expect(await isLate()).toBe(true)
  replicas.raise(undefined)
  expect(await isLate()).toBe(false)
  const asked = Promise.withResolvers<string>()
  primary = asked.promise
  const looking = replicas.look()
  // It was asked before, and answers after.
  replicas.raise('0/200')
  asked.resolve('0/100')
  await looking
  await turn()
  expect(await isLate()).toBe(false)
  primary = '0/200'
  there = ['0/200', '0/200']
  await looked()
  expect(await isLate()).toBe(true)
})

test('one that answers nobody makes nothing late of another', async () => {
  there[0] = never
  await looked()
  await looked()
  for (let n = 1; n < 20; n++) {
    primary = `0/${100 + n}`
    expect(await Promise.race([replicas.look().then(() => 'looked'), turn()])).toBe('looked')
    vi.advanceTimersByTime(100)
    there[1] = primary
  }
  expect(replicas.lags()).toEqual([undefined, expect.any(Number)])
  expect(replicas.lags()[1]).toBeLessThan(0.3)
  expect(await isLate()).toBe(true)
})

test('one that is ahead of its primary follows another, and is not asked', async () => {
  there = ['0/999', '0/999']
  await looked()
  await looked()
  expect(await isLate()).toBe(false)
  expect(replicas.lags()).toEqual([undefined, undefined])
  there = ['0/100', '0/999']
  await looked()
  await looked()
  expect(replicas.lags()).toEqual([0, undefined])
  expect(await isLate()).toBe(true)
  // Another primary, which has less: so has nobody yet shown that they follow it.
  primary = '0/50'
  await looked()
  expect(await isLate()).toBe(false)
})

test('one whose reads hang is not asked again at once, though it says where it stands', async () => {
  await looked()
  await looked()
  reads = () => never
  expect(await isLate()).toBe(false)
  await looked()
  await looked()
  expect(replicas.lags()).toEqual([0, 0])
  // The other one, then nobody.
  expect(await isLate()).toBe(false)
  await looked()
  const asked = vi.fn(() => '')
  reads = asked
  expect(await isLate()).toBe(false)
  expect(asked).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5001)
  await looked()
  expect(await isLate()).toBe(true)
})
