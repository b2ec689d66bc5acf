import { afterEach, describe, expect, it, vi } from 'vitest'
import { SHARES, shareOf } from '../../outbox/port.ts'
import { pause, until, upTo } from '../suite/scene.suite.ts'
import type { TailRead } from './log-store.ts'
import type { EventRow } from './rows.ts'
import { Tail, WINDOW_ROWS } from './tail.ts'

const row = (xid: number, seq: number): EventRow => ({
  seq,
  xid,
  at: 0,
  share: seq % SHARES,
  type: 'post.liked',
  key: 'k',
  payload: {},
})

describe('the tail of the log', () => {
  const rows: EventRow[] = []
  let horizon = 100
  let top = 100
  let reads = 0
  const never = new AbortController().signal
  let tail: Tail
  const open = async (pauses = { busy: 1, patient: 4, idle: 60_000 }) => {
    rows.splice(0)
    horizon = top = 100
    reads = 0
    const read = async (xid: number, limit: number): Promise<TailRead> => {
      reads++
      const found = rows.filter((r) => r.xid >= xid && r.xid < horizon).sort((a, b) => a.xid - b.xid)
      return { horizon, isBusy: horizon < top, rows: found.slice(0, limit) }
    }
    tail = new Tail({ read, onError: () => {}, pauses })
    await tail.start()
  }
  afterEach(async () => {
    vi.useRealTimers()
    await tail.stop()
  })

  it('begins at the end, and hands every window to all who ask, in order of seq', async () => {
    await open()
    expect(tail.frontier).toBe(100)
    const asked = [tail.next(100, never), tail.next(100, never)]
    rows.push(row(101, 9), row(100, 17), row(103, 1))
    horizon = top = 104
    tail.wake()
    const [one, other] = await Promise.all(asked)
    expect(one).toBe(other)
    expect(one).toMatchObject({ lo: 100, hi: 104 })
    expect(one?.byShare?.[1]?.map((r) => r.seq)).toEqual([1, 9, 17])
    expect(tail.frontier).toBe(104)
    expect(await tail.next(102, never)).toBe(one)
  })

  it('leaves no gap between windows, and sends away who comes from too far back', async () => {
    await open()
    for (const n of upTo(40)) {
      rows.push(row(horizon + 3, n))
      horizon = top = horizon + 10
      await tail.poke()
      horizon = top = horizon + 2
      await tail.poke()
    }
    let at = 100
    for (const _ of upTo(40)) at = (await tail.next(at, never))?.hi ?? 0
    expect(at).toBe(tail.frontier)
    expect(await tail.next(99, never)).toBeUndefined()
  })

  it('does not hold a window with too much in it', async () => {
    await open()
    rows.push(...upTo(WINDOW_ROWS + 5).map((n) => row(100, n)))
    horizon = top = 101
    await tail.poke()
    expect(await tail.next(100, never)).toEqual({ lo: 100, hi: 101, byShare: undefined })
  })

  it('looks often while a transaction runs, and sleeps when none does', async () => {
    await open()
    await until(() => reads === 2)
    await pause(20)
    expect(reads).toBe(2)
    top = 101
    tail.wake()
    await until(() => reads > 6)
    top = 100
    await pause(15)
    const before = reads
    await pause(30)
    expect(reads).toBe(before)
  })

  it('looks the later again the more came at once, and soon again once little comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    await open()
    const bring = (count: number) => {
      rows.push(...upTo(count).map((n) => row(horizon, n)))
      horizon = top = horizon + 1
    }
    bring(60)
    await tail.poke()
    const crowded = reads
    bring(1)
    tail.wake()
    await vi.advanceTimersByTimeAsync(119)
    expect(reads).toBe(crowded)
    await vi.advanceTimersByTimeAsync(1)
    expect(reads).toBe(crowded + 1)
    bring(1)
    tail.wake()
    await vi.advanceTimersByTimeAsync(2)
    expect(reads).toBe(crowded + 2)
  })

  it('lets go of those who wait when they are told to end', async () => {
    await open()
    const abort = new AbortController()
    const waiting = tail.next(100, abort.signal)
    abort.abort()
    tail.release()
    expect(await waiting).toBeUndefined()
    const other = tail.next(100, never)
    await tail.stop()
    expect(await other).toBeUndefined()
  })
})

it('gives a key the same share in every version, and all shares keys', () => {
  expect(['', 'a', '01a1f7ab-7ee1-76ae-a2ac-d6052d96a34b'].map(shareOf)).toMatchInlineSnapshot(`
    [
      4,
      4,
      0,
    ]
  `)
  const counts = new Map<number, number>()
  for (const n of upTo(8000)) counts.set(shareOf(`key ${n}`), (counts.get(shareOf(`key ${n}`)) ?? 0) + 1)
  expect(counts.size).toBe(SHARES)
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200)
})
