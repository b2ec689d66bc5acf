import type { PostId, UserId } from '@tintype/contract'
import { openTestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { NewEvent } from '../outbox/port.ts'
import { PostgresOutbox } from '../outbox/postgres.ts'
import { type Cache, on } from './port.ts'
import { localCache } from './suite/local.suite.ts'

const [ana, ben] = [newId<UserId>(), newId<UserId>()]
const muted: NewEvent = { type: 'user.muted', payload: { muter_id: ana, muted_id: ben } }
const blocked: NewEvent = { type: 'user.blocked', payload: { blocker_id: ana, blocked_id: ben } }

/** Two kinds and the marks of those who mute. */
const kindsOf = (cache: Cache) => ({
  relations: cache.derived<UserId, string>('relations', {
    ttl: 60,
    absence: { ttl: 60, most: 10 },
    forgets: [
      on(['user.muted', 'user.unmuted'], (e) => [e.muter_id]),
      on(['user.blocked'], (e) => [e.blocker_id, e.blocked_id]),
    ],
  }),
  blocks: cache.derived<UserId, string>('blocks', {
    ttl: 60,
    forgets: [on(['user.blocked'], async (e) => [e.blocked_id])],
  }),
  muters: cache.marks<UserId>('muters', { ttl: 60, by: [on(['user.muted'], (e) => [e.muter_id])] }),
})

describe('kinds of entries', () => {
  it('forget by the facts they name, whose ids may have to be looked up, and by no others', async () => {
    const cache = localCache()
    const { relations, blocks, muters } = kindsOf(cache)
    for (const id of [ana, ben]) for (const kind of [relations, blocks]) await kind.set(id, 'known')
    const kept = async () => [
      await relations.get(ana),
      await relations.get(ben),
      await blocks.get(ana),
      await blocks.get(ben),
    ]
    await cache.hear([{ type: 'user.unblocked', payload: blocked.payload as never }])
    expect(await kept()).toEqual(['known', 'known', 'known', 'known'])
    await cache.hear([muted])
    expect(await kept()).toEqual([undefined, 'known', 'known', 'known'])
    expect([await muters.has(ana), await muters.has(ben)]).toEqual([true, false])
    await cache.hear([blocked, muted])
    expect(await kept()).toEqual([undefined, undefined, 'known', undefined])
    expect([...cache.heard].sort()).toEqual(['user.blocked', 'user.muted', 'user.unmuted'])
  })

  it('forget absences and what is being loaded', async () => {
    const cache = localCache()
    const { relations } = kindsOf(cache)
    await relations.throughMany([ana], async () => new Map())
    const held = Promise.withResolvers<string>()
    const loading = relations.through(ben, () => held.promise)
    await cache.hear([blocked])
    held.resolve('before')
    await loading
    const fresh = async (ids: UserId[]) => new Map(ids.map((id) => [id, 'after']))
    expect(await relations.throughMany([ana, ben], fresh)).toEqual(['after', 'after'])
  })

  it('keep a mark for its time', async () => {
    const clock = new FakeClock()
    const cache = localCache({ clock })
    const { muters } = kindsOf(cache)
    await cache.hear([muted])
    clock.advance(59_999)
    expect(await muters.has(ana)).toBe(true)
    clock.advance(1)
    expect(await muters.has(ana)).toBe(false)
  })
})

describe('what the outbox tells of', () => {
  async function scene() {
    const test = await openTestDb()
    const { db } = test
    const failures: unknown[] = []
    const options = { handle: db.handle, afterCommit: db.afterCommit, now: Date.now }
    const outbox = new PostgresOutbox({ ...options, onError: (error) => failures.push(error) })
    const heard: string[] = []
    outbox.onCommitted(async (facts) => void heard.push(...facts.map(({ type }) => type)))
    return {
      ...{ db, outbox, heard, failures },
      async [Symbol.asyncDispose]() {
        await outbox[Symbol.asyncDispose]()
        await test[Symbol.asyncDispose]()
      },
    }
  }
  const liked: NewEvent = {
    type: 'post.liked',
    payload: { post_id: newId<PostId>(), author_id: ben, user_id: ana },
  }
  const change = { change: sql`done as (select 1 as place)`, answer: sql`select place from done` }

  it('are facts that are committed, before whoever made them is answered', async () => {
    await using here = await scene()
    const { db, outbox, heard } = here
    await db.tx(async (tx) => {
      await outbox.append(tx, [muted])
      await outbox.append(tx, [blocked])
      await outbox.act(tx, change, [liked])
      expect(heard).toEqual([])
    })
    expect(heard).toEqual(['user.muted', 'user.blocked', 'post.liked'])
    await outbox.act(db.query, change, [liked])
    expect(heard.at(-1)).toBe('post.liked')
    expect(heard).toHaveLength(4)
  })

  it('are none of a transaction that is taken back, and once those of one that is run again', async () => {
    await using here = await scene()
    const { db, outbox, heard } = here
    const undone = db.tx(async (tx) => {
      await outbox.append(tx, [muted])
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    let runs = 0
    await db.tx(async (tx) => {
      runs += 1
      await outbox.append(tx, [blocked])
      if (runs === 1) await sql`do $$ begin raise sqlstate '40001'; end $$`.execute(tx)
    })
    expect([runs, heard]).toEqual([2, ['user.blocked']])
  })

  it('does not undo them where it cannot be heard', async () => {
    await using here = await scene()
    const { db, outbox, failures } = here
    outbox.onCommitted(() => Promise.reject(new Error('deaf')))
    expect(
      await db.tx(async (tx) => {
        await outbox.append(tx, [muted])
        return 'done'
      }),
    ).toBe('done')
    expect(await outbox.act(db.query, change, [liked])).toEqual([{ place: 1 }])
    expect(failures).toHaveLength(2)
    expect(() => db.afterCommit(db.query as never, async () => {})).toThrow('no transaction')
  })
})
