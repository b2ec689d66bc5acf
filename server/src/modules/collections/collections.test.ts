import type { Collection, CollectionId, Post } from '@tintype/contract'
import { Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const notFound = { code: 'not_found' }
type One = { collection_id: CollectionId }

let seed = 1
async function posts(author: Person, count = 1): Promise<Post[]> {
  const made: Post[] = []
  for (let n = 0; n < count; n++)
    made.push(await author.share({ photos: [await photo(seed++, { width: 32, height: 32 })] }))
  await system.settle()
  return made
}
const make = (by: Person, name = 'Light', post?: { post_id: Post['post_id'] }) =>
  by.api.collections.create({ body: { name, ...(post && { post_id: post.post_id }) } })
const list = async (of: Person) => (await of.api.collections.list()).items
const names = async (of: Person) => (await list(of)).map((one) => one.name)
const put = (by: Person, { collection_id }: One, { post_id }: Post) =>
  by.api.collections.addPost({ params: { collection_id, post_id } })
const take = (by: Person, { collection_id }: One, { post_id }: Post) =>
  by.api.collections.removePost({ params: { collection_id, post_id } })
const inside = async (by: Person, { collection_id }: One) =>
  (await by.api.collections.posts({ params: { collection_id } })).items.map((post) => post.post_id)
const share = (by: Person, { collection_id }: One, { username }: Person) =>
  by.api.collections.addMember({ params: { collection_id, username } })
const remove = (by: Person, { collection_id }: One, { username }: Person) =>
  by.api.collections.removeMember({ params: { collection_id, username } })
const whole = (by: Person, { collection_id }: One) => by.api.collections.get({ params: { collection_id } })
const holding = async (by: Person, post: Post) =>
  (await by.api.collections.ofPost({ params: post })).collection_ids
const saved = async (by: Person) => (await by.api.feed.saved()).items.map((post) => post.post_id)
const coverOf = ({ cover }: Collection) => cover.map((media) => media.media_id)

describe('a collection of one’s own', () => {
  test('is made, renamed, listed last made first, and deleted', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    const first = await make(ana, '  Light  and fog ')
    expect(first).toMatchObject({
      name: 'Light and fog',
      is_owner: true,
      is_shared: false,
      cover: [],
      members: [],
    })
    expect(first.owner.username).toBe('ana')
    await make(ana, 'Doors')
    expect(await names(ana)).toEqual(['Doors', 'Light and fog'])
    expect(await names(ben)).toEqual([])
    const body = { name: 'Fog' }
    expect(await ana.api.collections.rename({ params: first, body })).toEqual(body)
    expect((await whole(ana, first)).name).toBe('Fog')
    await ana.api.collections.delete({ params: first })
    expect(await names(ana)).toEqual(['Doors'])
    await expect(whole(ana, first)).rejects.toMatchObject(notFound)
  })

  test.each(['', '   ', 'x'.repeat(51)])('is not called %j', async (name) => {
    const [cleo] = await system.people(`cleo${name.length}`)
    await expect(make(cleo, name)).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await names(cleo)).toEqual([])
  })

  test('is made once by two attempts under one key', async () => {
    const [dora] = await system.people('dora')
    const again = () =>
      dora.api.collections.create({
        body: { name: 'Once' },
        headers: { 'idempotency-key': 'one-and-the-same' },
      })
    expect((await again()).collection_id).toBe((await again()).collection_id)
    expect(await names(dora)).toEqual(['Once'])
  })

  test('takes a post in at once, which saves it; twice is once', async () => {
    const [emil, ana] = await system.people('emil', 'ana2')
    const [one, two] = await posts(ana, 2)
    const collection = await make(emil, 'Doors', one)
    const [picture] = (await ana.post((one as Post).post_id)).media
    expect(coverOf(collection)).toEqual([picture?.media_id])
    for (const _ of [1, 2]) expect(await put(emil, collection, two as Post)).toEqual({ collected: true })
    expect(await inside(emil, collection)).toEqual([two?.post_id, one?.post_id])
    expect(await saved(emil)).toEqual([two?.post_id, one?.post_id])
    expect((await emil.post((one as Post).post_id)).viewer.saved).toBe(true)
  })

  test('lets a post go that stays saved; unsaving takes it out of all one has made', async () => {
    const [fay, ana] = await system.people('fay', 'ana3')
    const [post] = (await posts(ana)) as [Post]
    const [doors, light] = [await make(fay, 'Doors', post), await make(fay, 'Light', post)]
    expect(new Set(await holding(fay, post))).toEqual(new Set([doors.collection_id, light.collection_id]))
    expect(await take(fay, doors, post)).toEqual({ collected: false })
    expect(await holding(fay, post)).toEqual([light.collection_id])
    expect(await saved(fay)).toEqual([post.post_id])
    await fay.api.engagement.unsave({ params: post })
    await system.settle()
    expect(await holding(fay, post)).toEqual([])
    expect(await inside(fay, light)).toEqual([])
  })

  test('keeps what is saved anew before anybody has heard that it was unsaved', async () => {
    await using api = await startSystem({ env: { ROLES: 'api' } })
    const [gus] = await api.people('gus')
    const post = await gus.share()
    const kept = await make(gus, 'Kept', post)
    await gus.api.engagement.unsave({ params: post })
    await put(gus, kept, post)
    await using worker = await startSystem({ beside: api, env: { ROLES: 'worker' } })
    await worker.settle()
    expect(await inside(gus, kept)).toEqual([post.post_id])
  })

  test('comes in pages', async () => {
    const [hal, ana] = await system.people('hal', 'ana4')
    const all = await posts(ana, 5)
    const collection = await make(hal)
    for (const post of all) await put(hal, collection, post)
    const found: string[] = []
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) }
      const page = await hal.api.collections.posts({ params: collection, query })
      found.push(...page.items.map((post) => post.post_id))
      cursor = page.next_cursor
    }
    expect(found).toEqual(all.map((post) => post.post_id).reverse())
    const others = await make(hal, 'Others')
    const { next_cursor } = await hal.api.collections.posts({ params: collection, query: { limit: 2 } })
    const query = { cursor: next_cursor ?? '' }
    await expect(hal.api.collections.posts({ params: others, query })).rejects.toMatchObject({
      code: 'bad_cursor',
    })
    const [first] = (await hal.api.collections.list({ query: { limit: 1 } })).items
    expect(first?.name).toBe('Others')
  })
})

describe('a shared collection', () => {
  test('is everybody’s to fill, and its owner’s to rule', async () => {
    const [ana, ben, cleo] = await system.people('s.ana', 's.ben', 's.cleo')
    const [one, two] = (await posts(ana, 2)) as [Post, Post]
    const doors = await make(ana, 'Doors', one)
    for (const _ of [1, 2]) expect(await share(ana, doors, ben)).toMatchObject({ username: 's.ben' })
    expect(await list(ben)).toMatchObject([{ name: 'Doors', is_owner: false, is_shared: true }])
    expect(await whole(ana, doors)).toMatchObject({ is_shared: true, members: [{ username: 's.ben' }] })
    await put(ben, doors, two)
    expect(await inside(ana, doors)).toEqual([two.post_id, one.post_id])
    expect(await saved(ben)).toEqual([two.post_id])
    await take(ben, doors, one)
    expect(await inside(ana, doors)).toEqual([two.post_id])
    // What another has put in is not what one unsaves.
    await ben.api.engagement.unsave({ params: two })
    await system.settle()
    expect(await inside(ben, doors)).toEqual([two.post_id])
    const forbidden = { code: 'forbidden' }
    await expect(share(ben, doors, cleo)).rejects.toMatchObject(forbidden)
    await expect(remove(ben, doors, ana)).rejects.toMatchObject(forbidden)
    await expect(ben.api.collections.delete({ params: doors })).rejects.toMatchObject(forbidden)
    await expect(ben.api.collections.rename({ params: doors, body: { name: 'Mine' } })).rejects.toMatchObject(
      forbidden,
    )
    for (const act of [share, remove])
      await expect(act(ana, doors, ana)).rejects.toMatchObject({ code: 'cannot_target_self' })
  })

  test('is left, and taken away', async () => {
    const [ana, ben, cleo] = await system.people('l.ana', 'l.ben', 'l.cleo')
    const [post] = (await posts(ana)) as [Post]
    const doors = await make(ana, 'Doors', post)
    for (const one of [ben, cleo]) await share(ana, doors, one)
    await put(cleo, doors, post)
    await remove(ben, doors, ben)
    await remove(ana, doors, cleo)
    for (const one of [ben, cleo]) {
      expect(await names(one)).toEqual([])
      await expect(whole(one, doors)).rejects.toMatchObject(notFound)
      await expect(put(one, doors, post)).rejects.toMatchObject(notFound)
    }
    expect(await whole(ana, doors)).toMatchObject({ is_shared: false, members: [] })
    await share(ana, doors, ben)
    await ana.api.collections.delete({ params: doors })
    expect(await names(ben)).toEqual([])
    await system.settle()
    const { rows } =
      await sql`select from collection_posts where collection_id = ${doors.collection_id}`.execute(
        system.engines.db.query,
      )
    expect(rows).toEqual([])
    expect(await saved(cleo)).toEqual([post.post_id])
  })

  test('does not exist for who is not in it', async () => {
    const [ana, ben] = await system.people('n.ana', 'n.ben')
    const [post] = (await posts(ana)) as [Post]
    const doors = await make(ana, 'Doors', post)
    const { collections } = ben.api
    const asks = [
      () => whole(ben, doors),
      () => inside(ben, doors),
      () => put(ben, doors, post),
      () => take(ben, doors, post),
      () => share(ben, doors, ben),
      () => remove(ben, doors, ben),
      () => collections.delete({ params: doors }),
      () => collections.rename({ params: doors, body: { name: 'Mine' } }),
    ]
    for (const ask of asks) await expect(ask()).rejects.toMatchObject(notFound)
    expect(await holding(ben, post)).toEqual([])
    expect(await inside(ana, doors)).toEqual([post.post_id])
  })

  test('has as many members as it can have, however many come at once', async () => {
    const [ana, ...others] = await system.people('m.ana', 'm.ben', 'm.cleo', 'm.dora')
    const doors = await make(ana)
    await sql`update collections set members = 32 where collection_id = ${doors.collection_id}`.execute(
      system.engines.db.query,
    )
    const outcomes = await Promise.allSettled(others.map((other) => share(ana, doors, other)))
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(['collection_full', 'collection_full'])
    expect((await whole(ana, doors)).members).toHaveLength(1)
    // Who was refused has room for another.
    const full = others.flatMap((_, at) =>
      outcomes[at]?.status === 'rejected' ? [others[at] as Person] : [],
    )
    for (const one of full) expect(await names(one)).toEqual([])
    expect(await countsOf(...full)).toEqual([])
  })
})

async function countsOf(...people: Person[]): Promise<number[]> {
  const { rows } = await sql<{ collections: number }>`
    select collections from member_collection_counts where user_id = any(${people.map(({ id }) => id)}::uuid[])
    order by user_id`.execute(system.engines.db.query)
  return rows.map((row) => row.collections)
}

test('a member is in as many collections as they can be in, their own and others’', async () => {
  const [ana, ben] = await system.people('c.ana', 'c.ben')
  const doors = await make(ana)
  await make(ben)
  await sql`update member_collection_counts set collections = 499 where user_id = ${ben.id}`.execute(
    system.engines.db.query,
  )
  const outcomes = await Promise.allSettled([make(ben, 'One'), make(ben, 'Two'), share(ana, doors, ben)])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  for (const one of outcomes)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'too_many_collections' })
  expect(await countsOf(ben)).toEqual([500])
  await ben.api.collections.delete({ params: (await list(ben))[0] as Collection })
  expect(await countsOf(ben)).toEqual([499])
})

describe('what a member may not see is not there', () => {
  test('of a private author, of one who blocks them, of one who goes private later, and what is deleted', async () => {
    const [ana, ben, open, closed, leaving] = await system.people(
      'v.ana',
      'v.ben',
      'v.open',
      'v.shut',
      'v.goes',
    )
    await closed.goPrivate()
    await ana.follow(closed)
    await closed.accept(ana)
    await ana.follow(leaving)
    const [plain, hidden, later, gone] = [
      ...(await posts(open)),
      ...(await posts(closed)),
      ...(await posts(leaving)),
      ...(await posts(open)),
    ] as [Post, Post, Post, Post]
    const doors = await make(ana)
    await share(ana, doors, ben)
    for (const post of [plain, hidden, later, gone]) await put(ana, doors, post)
    await expect(put(ben, doors, hidden)).rejects.toMatchObject(notFound)
    const seenBy = async (who: Person) => {
      const [one] = await list(who)
      const ids = await inside(who, doors)
      const pictures = await Promise.all(ids.map(async (id) => (await who.post(id)).media[0]?.media_id))
      // A cover shows what the collection does, and nothing else.
      expect(coverOf(one as Collection)).toEqual(pictures)
      expect(coverOf(await whole(who, doors))).toEqual(pictures)
      return ids
    }
    expect(await seenBy(ana)).toEqual([gone, later, hidden, plain].map((post) => post.post_id))
    expect(await seenBy(ben)).toEqual([gone, later, plain].map((post) => post.post_id))
    await leaving.goPrivate()
    await open.delete(gone)
    expect(await seenBy(ben)).toEqual([plain.post_id])
    await open.block(ben)
    expect(await seenBy(ben)).toEqual([])
    expect(await seenBy(ana)).toEqual([later, hidden, plain].map((post) => post.post_id))
    await system.settle()
    expect(await rowsOf(gone)).toBe(0)
  })

  test('a cover reads on below what is hidden', async () => {
    const [ana, ben, closed] = await system.people('r.ana', 'r.ben', 'r.shut')
    await closed.goPrivate()
    await ana.follow(closed)
    await closed.accept(ana)
    const [seen, ...unseen] = [...(await posts(ana)), ...(await posts(closed, 6))] as [Post, ...Post[]]
    const doors = await make(ana, 'Doors', seen)
    await share(ana, doors, ben)
    for (const post of unseen) await put(ana, doors, post)
    const [[mine], [theirs]] = [await list(ana), await list(ben)]
    expect(mine?.cover).toHaveLength(4)
    expect(coverOf(theirs as Collection)).toEqual([(await ana.post(seen.post_id)).media[0]?.media_id])
  })

  async function rowsOf({ post_id }: Post): Promise<number> {
    const { rows } = await sql`select from collection_posts where post_id = ${post_id}`.execute(
      system.engines.db.query,
    )
    return rows.length
  }
})

describe('a block', () => {
  test.each(['owner', 'member'])('by the %s ends sharing, at once and for good', async (who) => {
    const [ana, ben] = await system.people(`b.ana.${who}`, `b.ben.${who}`)
    const [post] = (await posts(ana)) as [Post]
    const doors = await make(ana, 'Doors', post)
    await share(ana, doors, ben)
    const [blocker, blocked] = who === 'owner' ? [ana, ben] : [ben, ana]
    await blocker.block(blocked)
    const isGone = async () => {
      expect(await names(ben)).toEqual([])
      for (const ask of [whole, inside]) await expect(ask(ben, doors)).rejects.toMatchObject(notFound)
      await expect(share(ana, doors, ben)).rejects.toMatchObject(notFound)
      expect(await whole(ana, doors)).toMatchObject({ is_shared: false, members: [] })
    }
    await isGone()
    await system.settle()
    await isGone()
    await blocker.api.graph.unblock({ params: blocked })
    expect(await names(ben)).toEqual([])
    expect((await whole(ana, doors)).members).toEqual([])
    expect(await countsOf(ben)).toEqual([0])
  })

  test('between two members hides each from the other', async () => {
    const [ana, ben, cleo] = await system.people('t.ana', 't.ben', 't.cleo')
    const doors = await make(ana)
    for (const one of [ben, cleo]) await share(ana, doors, one)
    await ben.block(cleo)
    await system.settle()
    const membersFor = async (who: Person) => (await whole(who, doors)).members.map((one) => one.username)
    expect(await membersFor(ana)).toEqual(['t.ben', 't.cleo'])
    expect(await membersFor(ben)).toEqual(['t.ben'])
    expect(await membersFor(cleo)).toEqual(['t.cleo'])
  })

  test('somebody who is hidden is answered like nobody', async () => {
    const [ana, ben] = await system.people('h.ana', 'h.ben')
    const doors = await make(ana)
    await ben.block(ana)
    for (const act of [share, remove]) {
      await expect(act(ana, doors, ben)).rejects.toMatchObject(notFound)
      await expect(act(ana, doors, new Person(system.baseUrl, 'nobody.here'))).rejects.toMatchObject(notFound)
    }
  })
})

test('with an account go its collections, and its place in those of others', async () => {
  const [ana, ben, cleo] = await system.people('e.ana', 'e.ben', 'e.cleo')
  const [post] = (await posts(cleo)) as [Post]
  const [hers, his] = [await make(ana, 'Hers', post), await make(ben, 'His', post)]
  await share(ana, hers, ben)
  await share(ben, his, ana)
  await put(ana, his, post)
  await ana.leave()
  // Nothing of her is seen from that moment on.
  expect(await names(ben)).toEqual(['His'])
  expect(await whole(ben, his)).toMatchObject({ is_shared: false, members: [] })
  await system.settle()
  expect(await inside(ben, his)).toEqual([post.post_id])
  expect(await countsOf(ana, ben)).toEqual([1])
})
