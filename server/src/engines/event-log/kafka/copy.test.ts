import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Follower, KafkaTopic } from '../../kafka/port.ts'
import { at } from '../postgres/rows.ts'
import { Copy } from './copy.ts'
import { recordOfMark } from './told.ts'

let place: TestDb
beforeAll(async () => {
  place = await openTestDb()
})
afterAll(() => place[Symbol.asyncDispose]())
afterEach(() => vi.restoreAllMocks())

/** A topic with nothing in it that says what is asked for, and how often somebody was to look again. */
function quiet() {
  let follower: Follower | undefined
  const wake = vi.fn()
  const none = Array.from({ length: 8 }, () => 0)
  const topic = {
    id: async () => 'one',
    bounds: async () => ({ first: none, next: none }),
    follow: (one: Follower) => {
      follower = one
      return { wake, stop: async () => {} }
    },
  } as Partial<KafkaTopic> as KafkaTopic
  const db = place.db.query
  const copy = new Copy({ db, topic, prepare: async () => {}, onError: () => {} })
  return {
    copy,
    wake,
    asked: () => [...(follower?.places().keys() ?? [])],
    take: (share: number) => {
      const { key, value } = recordOfMark(share, 7)
      follower?.take(share, { records: [{ offset: 0, key, value }], next: 1 })
    },
  }
}

/** Lets hours pass by the clock that counts waiting. */
const sleeper = () => {
  const began = performance.now()
  let hours = 0
  vi.spyOn(performance, 'now').mockImplementation(() => began + hours * 3_600_000)
  return () => hours++
}

test('a share that somebody waits for is asked for however long nothing happens, and no longer than they wait', async () => {
  const anHourPasses = sleeper()
  const { copy, wake, asked, take } = quiet()
  const leaving = new AbortController()
  const left = copy.source.next(3, at(0), leaving.signal)
  const found = copy.source.next(5, at(0), new AbortController().signal)
  await vi.waitFor(() => expect(asked()).toEqual([3, 5]))
  anHourPasses()
  expect(asked()).toEqual([3, 5])
  take(5)
  expect(await found).toMatchObject({ rows: [], after: { xid: 7 } })
  leaving.abort()
  expect(await left).toBeUndefined()
  expect(asked()).toEqual([3, 5])
  anHourPasses()
  expect(asked()).toEqual([])
  const before = wake.mock.calls.length
  void copy.source.next(3, at(0), new AbortController().signal)
  await vi.waitFor(() => expect(asked()).toEqual([3]))
  expect(wake.mock.calls.length).toBe(before + 1)
  await copy.stop()
})
