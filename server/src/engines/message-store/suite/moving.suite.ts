import type { ConversationId, MessageId, UserId } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../kit/ids.ts'
import type { PostgresDb, Sql } from '../../db/port.ts'
import { type MoveOptions, moveMessages } from '../moving/move.ts'
import { PlacedMessageStore } from '../moving/placed.ts'
import { readPlaces, type StoreName, setPlaces } from '../moving/places.ts'
import type { MovableMessageStore, NewMessage } from '../port.ts'

export interface MovingFixture extends AsyncDisposable {
  db: PostgresDb
  /** Empty. */
  stores: Record<StoreName, MovableMessageStore>
}

const ana = newId<UserId>()
const say = (conversation_id: ConversationId, text: string): NewMessage => ({
  conversation_id,
  sender_id: ana,
  client_message_id: text,
  content: { text, list: [1, { b: 1, a: 2 }] },
  marks: {},
  at: Date.now(),
})

/** Messages are moved from one store into the other and back, beside two processes that write and read. */
export function movingSuite(name: string, fixture: () => Promise<MovingFixture>): void {
  describe(`messages are moved: ${name}`, () => {
    let scene: MovingFixture
    let session: Sql & AsyncDisposable
    let one: PlacedMessageStore
    let two: PlacedMessageStore
    let talks: ConversationId[]
    /** What was acknowledged, in order, by conversation. */
    let said: Map<ConversationId, MessageId[]>
    let n: number

    beforeEach(async () => {
      scene = await fixture()
      const { db, stores } = scene
      await setPlaces(db.query, { lies_in: 'postgres', moving_to: null })
      const own = db.ownSession({ name: 'moving', settings: [], onLost() {} })
      session = Object.assign(own.query, { [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() })
      const places = await readPlaces(db.query)
      const onError = (error: unknown) => {
        throw error
      }
      const open = () => new PlacedMessageStore({ db, stores, places, onError })
      ;[one, two] = [open(), open()]
      talks = Array.from({ length: 8 }, () => newId<ConversationId>())
      said = new Map(talks.map((id) => [id, []]))
      n = 0
      while (n < 40) await append(n++)
    })
    afterEach(async () => {
      for (const store of [one, two]) await store[Symbol.asyncDispose]()
      await session[Symbol.asyncDispose]()
      await scene[Symbol.asyncDispose]()
    })

    const append = async (n: number) => {
      const id = talks[n % talks.length] as ConversationId
      const { message } = await (n % 3 === 0 ? two : one).append(say(id, `${n}`))
      said.get(id)?.push(message.message_id)
    }
    const isAsSaid = async (store: Pick<MovableMessageStore, 'page'>) => {
      for (const [id, ids] of said)
        expect((await store.page(id, { limit: 500 })).map((one) => one.message_id)).toEqual(ids.toReversed())
    }
    /** Beside somebody who goes on writing; at `noticed` they have ended what they were at, and all have looked. */
    const move = async (to: StoreName, more: Partial<MoveOptions> = {}) => {
      let pause: PromiseWithResolvers<void> | undefined
      let writing: Promise<void> = Promise.resolve()
      let isOver = false
      const writer = (async () => {
        while (!isOver) {
          while (pause) await pause.promise
          writing = append(n++)
          await writing
          await isAsSaid(n % 2 ? one : two)
        }
      })()
      const noticed = async () => {
        pause = Promise.withResolvers()
        await writing
        for (const store of [one, two]) await store.look()
        pause.resolve()
        pause = undefined
      }
      const signal = new AbortController().signal
      try {
        return await moveMessages({ session, stores: scene.stores, to, signal, noticed, ...more })
      } finally {
        isOver = true
        await writer
      }
    }

    it('there and back: nothing is lost, doubled or out of order, and what is left behind is deleted', async () => {
      const { stores, db } = scene
      const [changed, gone] = [talks[0] as ConversationId, talks[1] as ConversationId]
      const [first] = said.get(changed) as [MessageId]
      await one.edit({ conversation_id: changed, message_id: first }, 0, {
        content: { text: 'other' },
      })
      const last = said.get(gone)?.pop() as MessageId
      await one.remove(gone, [last])
      for (const to of ['cassandra', 'postgres'] as const) {
        const from = to === 'cassandra' ? 'postgres' : 'cassandra'
        const { messages } = await move(to)
        expect(messages).toBeGreaterThanOrEqual(39)
        expect(await readPlaces(db.query)).toEqual({ lies_in: to, moving_to: null })
        await isAsSaid(stores[to])
        for (const id of talks) expect(await stores[from].page(id, { limit: 1 })).toEqual([])
        expect(await stores[to].read([{ conversation_id: changed, message_id: first }])).toMatchObject([
          { content: { text: 'other' }, version: 1 },
        ])
        // Names and places hold: said again it is the first, and what is said next is above what is gone.
        expect((await stores[to].append(say(changed, '0'))).isNew).toBe(false)
        const { message } = await two.append({ ...say(gone, `next in ${to}`), at: 0 })
        expect(message.message_id > last).toBe(true)
        said.get(gone)?.push(message.message_id)
        await isAsSaid(one)
      }
    })

    it('goes on where it was cut short, over what changed meanwhile', async () => {
      const { stores } = scene
      const cut = new AbortController()
      const onProgress = () => cut.abort(new Error('cut'))
      await expect(move('cassandra', { signal: cut.signal, onProgress })).rejects.toThrow('cut')
      const half = talks.find((id) => said.get(id)?.length) as ConversationId
      // As if a copy had ended in the middle, before something was removed and another thing said again.
      const rows = (await one.page(half, { limit: 500 })).toReversed()
      await stores.cassandra.put(half, rows, null)
      const dropped = said.get(half)?.shift() as MessageId
      await one.remove(half, [dropped])
      await expect(move('postgres')).rejects.toThrow(/end that first/)
      await move('cassandra')
      await isAsSaid(stores.cassandra)
      expect((await move('cassandra')).messages).toBe(0)
    })
  })
}
