import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Push, PushNote, PushTarget } from '../port.ts'

/** What a service does with what is sent to a target. */
export type Mood = 'takes' | 'gone' | 'fails' | 'silent' | { wait: number }

export interface PushService {
  /** One more instance, as another process or after a restart. Gives a host up after `patienceMs`. */
  open(patienceMs?: number): Promise<Push>
  /** A device that asked for pushes. */
  target(): PushTarget
  behave(target: PushTarget, mood: Mood): void
  /** What the device was told, oldest first; read by it as it would, the sender's signature checked. */
  received(target: PushTarget): Partial<PushNote>[]
  /** Of the last one that arrived. */
  ttlOf(target: PushTarget): number
  dispose(): Promise<void>
}

export const aNote = (fields: Partial<PushNote> = {}): PushNote => ({
  action: 'show',
  tag: '0189000000007000800000000000000a',
  title: 'The Photo Club',
  body: 'ana liked your photo',
  url: '/p/1',
  badge: 3,
  ...fields,
})
const terms = { urgency: 'normal', ttl: 3600 } as const

/** What every adapter of the Push port must do. */
export function testPush(name: string, createService: () => Promise<PushService>): void {
  describe(`Push: ${name}`, () => {
    let service: PushService
    let one: Push
    let two: Push
    beforeEach(async () => {
      service = await createService()
      one = await service.open()
      two = await service.open()
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await service.dispose()
    })

    test('a device is told, in any script, by whichever process', async () => {
      const target = service.target()
      expect(one.accepts(target)).toBe(true)
      expect(one.kinds).toContain(target.kind)
      const body = 'Ána 📷 liked “写真”'
      expect(await one.send(target, aNote({ body }), terms)).toEqual({ status: 'taken' })
      expect(await two.send(target, aNote({ action: 'close', badge: 0 }), terms)).toEqual({ status: 'taken' })
      const [shown, closed] = service.received(target)
      expect(shown).toMatchObject({
        action: 'show',
        tag: aNote().tag,
        body,
        title: 'The Photo Club',
        url: '/p/1',
        badge: 3,
      })
      expect(closed).toMatchObject({ action: 'close', tag: aNote().tag, badge: 0 })
      expect(service.ttlOf(target)).toBeGreaterThan(3500)
      expect(service.ttlOf(target)).toBeLessThanOrEqual(3600)
    })

    test('of a device that is gone it says so', async () => {
      const target = service.target()
      service.behave(target, 'gone')
      expect(await one.send(target, aNote(), terms)).toEqual({ status: 'gone' })
    })

    test('waits as long as it is told, and a while where nothing is told', async () => {
      const target = service.target()
      service.behave(target, { wait: 120 })
      expect(await one.send(target, aNote(), terms)).toMatchObject({ status: 'later', afterMs: 120_000 })
      service.behave(target, 'fails')
      const failed = await one.send(target, aNote(), terms)
      expect(failed.status).toBe('later')
      expect(failed).not.toHaveProperty('afterMs')
      service.behave(target, 'takes')
      expect(await one.send(target, aNote(), terms)).toEqual({ status: 'taken' })
    })

    test('a host that takes the connection and says nothing is given up, and delays no other', async () => {
      await using hasty = await service.open(1500)
      const [silent, other] = [service.target(), service.target()]
      service.behave(silent, 'silent')
      const waiting = Promise.all(Array.from({ length: 20 }, () => hasty.send(silent, aNote(), terms)))
      const done = vi.fn()
      const told = hasty.send(other, aNote(), terms).then(done)
      await told
      expect(done).toHaveBeenCalled()
      expect((await waiting).map(({ status }) => status)).toEqual(Array(20).fill('later'))
      expect(service.received(other)).toHaveLength(1)
    })

    test('many at once all arrive, each where it belongs', async () => {
      const targets = Array.from({ length: 50 }, () => service.target())
      const sent = targets.map((target, at) =>
        (at % 2 ? one : two).send(target, aNote({ body: `No. ${at}` }), terms),
      )
      expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set(['taken']))
      const bodies = targets.map((target) => service.received(target).map(({ body }) => body))
      expect(bodies).toEqual(targets.map((_, at) => [`No. ${at}`]))
    })

    test('targets of one service share a host; what is no target is not taken', async () => {
      const [a, b] = [service.target(), service.target()]
      expect(one.hostOf(a)).toBe(one.hostOf(b))
      expect(one.accepts({ kind: 'web', endpoint: 'nowhere', p256dh: '', auth: '' })).toBe(false)
      expect(one.accepts({ kind: 'fcm', token: '' })).toBe(false)
      expect(one.accepts({ kind: 'apns', token: 'not hex' })).toBe(false)
    })
  })
}
