import type { PostId } from '@tintype/contract'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Db, Tx } from '../../db/port.ts'
import { append, Listener, like, newPosts, pause, type Scene, until, upTo } from './scene.suite.ts'

export function orderCases(the: () => Scene): void {
  it('tells the events of a key one after the other, those of different keys side by side', async () => {
    const { one } = the()
    const posts = newPosts(12)
    const inHand = new Set<string>()
    let most = 0
    const listener = new Listener(async (event) => {
      expect(inHand.has(event.key)).toBe(false)
      inHand.add(event.key)
      most = Math.max(most, inHand.size)
      await pause(Math.random() * 3)
      inHand.delete(event.key)
    })
    await one.subscribe(listener.as('g', { concurrency: 5 }))
    await Promise.all(
      posts.map(async (post) => {
        for (const n of upTo(15)) await append(the(), like(post, n))
      }),
    )
    await one.drain()
    for (const post of posts) expect(listener.of(post)).toEqual(upTo(15))
    expect(most).toBe(5)
  })

  it('tells what is written with a change of one statement if the change was done', async () => {
    const { one, db } = the()
    const listener = new Listener()
    const [post] = newPosts(1) as [PostId]
    await one.subscribe(listener.as('g'))
    const act = (n: number, isDone: boolean) =>
      one.outbox.act(
        db.query,
        { change: sql`done as (select 1 where ${isDone}::boolean)`, answer: sql`select from done` },
        [like(post, n)],
      )
    expect(await act(1, true)).toHaveLength(1)
    expect(await act(2, false)).toHaveLength(0)
    expect(await act(3, true)).toHaveLength(1)
    await one.drain()
    expect(listener.of(post)).toEqual([1, 3])
  })

  it('tells of many changes in one statement those that were done, in their order', async () => {
    const { one, db } = the()
    const listener = new Listener()
    const [post] = newPosts(1) as [PostId]
    await one.subscribe(listener.as('g'))
    const facts = upTo(6).map((n) => like(post, n))
    const change = sql`done as (select place from generate_series(6, 1, -1) place where place <> 4)`
    await one.outbox.act(db.query, { change, answer: sql`select 1` }, facts)
    await one.drain()
    expect(listener.of(post)).toEqual(upTo(6).filter((_, index) => index !== 3))
  })

  it('does not miss an event whose transaction is older and commits later', async () => {
    const { one, db } = the()
    const listener = new Listener()
    const [early, late] = newPosts(2) as [PostId, PostId]
    await one.subscribe(listener.as('g'))
    const appended = Promise.withResolvers<void>()
    const commit = Promise.withResolvers<void>()
    const older = db.tx(async (tx) => {
      await one.outbox.append(tx, [like(early, 1)])
      appended.resolve()
      await commit.promise
    })
    await appended.promise
    await append(the(), like(late, 2))
    // Long enough for readers to have been woken and to have looked, which is when a careless one would go past it.
    await pause(120)
    commit.resolve()
    await older
    await one.drain()
    expect(listener.of(early)).toEqual([1])
    expect(listener.of(late)).toEqual([2])
  })

  it('keeps the order of a key when the older transaction writes to it last', async () => {
    const { one, db } = the()
    const listener = new Listener()
    const [post, other] = newPosts(2) as [PostId, PostId]
    await one.subscribe(listener.as('g'))
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const older = db.tx(async (tx) => {
      await one.outbox.append(tx, [like(other, 0)])
      begun.resolve()
      await goOn.promise
      await one.outbox.append(tx, [like(post, 2)])
    })
    await begun.promise
    await append(the(), like(post, 1))
    goOn.resolve()
    await older
    await one.drain()
    expect(listener.of(post)).toEqual([1, 2])
  })

  it('keeps it too while a transaction runs that is younger than the one and older than the other', async () => {
    const { one, db } = the()
    const listener = new Listener()
    const [post, early] = newPosts(2) as [PostId, PostId]
    await one.subscribe(listener.as('g'))
    const oldest = await openTx(db)
    const older = await openTx(db)
    const between = await openTx(db)
    await append(the(), like(post, 1))
    await older.end((tx) => one.outbox.append(tx, [like(post, 2)]))
    // Once this is heard, the log has been read up to the transaction that still runs.
    await oldest.end((tx) => one.outbox.append(tx, [like(early, 0)]))
    await until(() => listener.of(early).length > 0)
    await between.end()
    await one.drain()
    expect(listener.of(post)).toEqual([1, 2])
  })

  it('tells all that is committed, in the order of each key, whatever transactions run at once', async () => {
    const { one, two } = the()
    const [ana, ben] = [new Listener(), new Listener()]
    await one.subscribe(ana.as('ana'))
    await one.subscribe(ben.as('ben'))
    await two.subscribe(ben.as('ben'))
    await fc.assert(
      fc.asyncProperty(transactions, fc.infiniteStream(fc.nat()), async (plans, choices) => {
        const posts = newPosts(3)
        const expected = await interleave(the(), plans, posts, choices)
        for (const listener of [ana, ben])
          await until(
            () => posts.every((post, i) => listener.of(post).length >= (expected[i]?.length ?? 0)),
            'every event',
          )
        for (const [i, post] of posts.entries()) {
          expect(ana.of(post)).toEqual(expected[i])
          expect(ben.of(post)).toEqual(expected[i])
        }
      }),
      { numRuns: 20 },
    )
  })
}

/** A transaction that has its number; it is committed when `end` resolves. */
async function openTx(db: Db) {
  const numbered = Promise.withResolvers<void>()
  const ending = Promise.withResolvers<(tx: Tx) => Promise<void>>()
  const committed = db.tx(async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx)
    numbered.resolve()
    await (await ending.promise)(tx)
  })
  await numbered.promise
  return {
    end(last: (tx: Tx) => Promise<void> = async () => {}) {
      ending.resolve(last)
      return committed
    },
  }
}

/** What a transaction does: it may get its number early, then writes to posts in rising order, which it locks, and ends. */
interface Plan {
  isEarly: boolean
  posts: number[]
  isRolledBack: boolean
}

const transactions = fc.array(
  fc.record({
    isEarly: fc.boolean(),
    posts: fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }).map((list) => list.toSorted()),
    isRolledBack: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
)

/** Runs the transactions step by step, in a drawn order as far as their locks allow; answers what each post's listeners have to hear. */
async function interleave(
  scene: Scene,
  plans: readonly Plan[],
  posts: readonly PostId[],
  choices: Iterator<number>,
): Promise<number[][]> {
  const written: { post: number; n: number; by: number }[] = []
  const turns = plans.map((plan) => new Turns(plan.posts.length + 2))
  const ends = plans.map((plan, by) =>
    scene.db
      .tx(async (tx) => {
        const turn = turns[by] as Turns
        await turn.mine()
        if (plan.isEarly) await sql`select pg_current_xact_id()`.execute(tx)
        for (const post of plan.posts) {
          await turn.mine()
          await sql`select pg_advisory_xact_lock(hashtextextended(${posts[post]}, 0))`.execute(tx)
          const n = written.length
          written.push({ post, n, by })
          await scene.one.outbox.append(tx, [like(posts[post] as PostId, n)])
        }
        await turn.mine()
        if (plan.isRolledBack) throw new Error('rolled back')
      })
      .catch((error: Error) => {
        if (error.message !== 'rolled back') throw error
      }),
  )
  const open = () => turns.filter((turn) => turn.left > 0)
  for (let list = open(); list.length > 0; list = open()) {
    list[choices.next().value % list.length]?.give()
    await pause(Math.random() < 0.3 ? 2 : 0)
  }
  await Promise.all(ends)
  return posts.map((_, i) =>
    written.filter((w) => w.post === i && !plans[w.by]?.isRolledBack).map((w) => w.n),
  )
}

/** Lets a transaction make its next step when it is given a turn. */
class Turns {
  left: number
  #given = 0
  #wake = () => {}

  constructor(steps: number) {
    this.left = steps
  }

  give(): void {
    this.left--
    this.#given++
    this.#wake()
  }

  async mine(): Promise<void> {
    while (this.#given === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#given--
  }
}
