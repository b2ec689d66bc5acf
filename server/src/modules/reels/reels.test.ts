import type { PostId, Reel, Watch } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { shortClip } from '@tintype/testkit/media/reels'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

type Traits = { share_sound?: boolean; sound_id?: PostId }
async function reelBy(author: Person, reel: Traits = {}): Promise<PostId> {
  const { post_id } = await author.share({ photos: [await shortClip()], reel })
  return post_id
}

const watch = (post_id: PostId, changes: Partial<Watch> = {}): Watch => ({
  post_id,
  watched_ms: 1000,
  length_ms: 1000,
  completed: true,
  replays: 0,
  sound_on: false,
  ...changes,
})
const skip = (post_id: PostId) => watch(post_id, { watched_ms: 50, completed: false })
const tell = (viewer: Person, ...watches: Watch[]) => viewer.api.reels.watched({ body: { watches } })

/** All that a visit shows, page by page. */
async function visit(viewer: Person, limit = 50): Promise<Reel[]> {
  const seen: Reel[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await viewer.api.reels.feed({ query: { limit, cursor } })
    seen.push(...page.items)
    if (page.next_cursor === null) return seen
    cursor = page.next_cursor
  }
}
const idsOf = (reels: readonly { post_id: PostId }[]) => reels.map((reel) => reel.post_id)
const reelsOf = async (viewer: Person, author: Person) =>
  (await viewer.api.reels.ofMember({ params: author })).items
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'taken',
    (error) => error.code,
  )

test('a reel is a post of one video; it stands in the grid, at home, in the reels of its author', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  const clip = await shortClip()
  const still = await photo(1, { width: 32, height: 32 })
  expect(await codeOf(ana.share({ photos: [still], reel: {} }))).toBe('reel_needs_video')
  expect(await codeOf(ana.share({ photos: [clip, still], reel: {} }))).toBe('reel_needs_video')
  const [plain, reel] = [await ana.share({ photos: [clip] }), await reelBy(ana)]
  await system.settle()
  expect((await ana.post(plain.post_id)).reel).toBeUndefined()
  expect((await ana.post(reel)).reel).toEqual({ shares_sound: false, sound_id: null })
  expect(idsOf(await reelsOf(ben, ana))).toEqual([reel])
  expect(await ben.home()).toContain(reel)
  expect(idsOf((await ben.api.feed.user({ params: ana })).items)).toContain(reel)
  expect(idsOf(await visit(ben))).toContain(reel)
  expect(idsOf((await system.visitor().api.reels.feed()).items)).toContain(reel)
  // Put away, and taken out again.
  const lists = async () => [...idsOf(await reelsOf(ana, ana)), ...idsOf(await visit(ben))]
  await ana.api.postShelf.archive({ params: { post_id: reel } })
  expect(await lists()).not.toContain(reel)
  await system.settle()
  await ana.api.postShelf.restore({ params: { post_id: reel } })
  await system.settle()
  expect(await lists()).toContain(reel)
})

describe('the feed of reels', () => {
  test('has each once, nobody twice in a row while there is another, and the same page again', async () => {
    await using place = await startSystem()
    const makers = await place.people('maker1', 'maker2', 'maker3', 'maker4')
    for (const [at, maker] of makers.entries()) for (let n = 0; n <= at; n++) await reelBy(maker)
    const [gesa, other] = await place.people('gesa', 'other')
    await gesa.follow(makers[3])
    await place.settle()
    const first = await gesa.api.reels.feed({ query: { limit: 4 } })
    const cursor = first.next_cursor as string
    const again = async () => idsOf((await gesa.api.reels.feed({ query: { limit: 4, cursor } })).items)
    expect(await again()).toEqual(await again())
    const reels = await visit(other, 3)
    expect(new Set(idsOf(reels)).size).toBe(10)
    expect(reels).toHaveLength(10)
    const names = reels.map((reel) => reel.user.username)
    for (const [at, name] of names.entries()) {
      if (name !== names[at - 1]) continue
      expect(new Set(names.slice(at)), `${names}`).toEqual(new Set([name]))
    }
    // What was shown, two pages, comes after all that was not, and says so.
    const rest = await visit(gesa)
    expect(idsOf(rest.slice(0, 2))).not.toEqual(expect.arrayContaining([first.items[0]?.post_id]))
    expect(rest.map((reel) => reel.again ?? false)).toEqual([...Array(2).fill(false), ...Array(8).fill(true)])
  })

  test('puts what is seen to its end above what is passed over, and whom one cares for above strangers', async () => {
    await using place = await startSystem()
    const makers = await place.people('maker1', 'maker2', 'maker3', 'maker4', 'maker5', 'maker6')
    const reels: PostId[] = []
    for (const maker of makers) reels.push(await reelBy(maker))
    const viewers = await place.people('eye1', 'eye2', 'eye3', 'eye4', 'eye5', 'eye6')
    await place.settle()
    const [loved, , theirs, ...passed] = reels as [PostId, PostId, PostId, PostId]
    for (const viewer of viewers) await tell(viewer, watch(loved, { replays: 1 }), ...passed.map(skip))
    const [gesa, friend] = await place.people('gesa', 'friend')
    // The oldest, and yet the first.
    const order = idsOf(await visit(gesa))
    expect(order[0]).toBe(loved)
    expect(order.indexOf(theirs)).toBeGreaterThan(2)
    await friend.follow(makers[2])
    await place.settle()
    expect(idsOf(await visit(friend)).slice(0, 2)).toEqual([loved, theirs])
  })

  test('leaves out at once who is muted, hidden, blocked, or goes private, and what one does not want', async () => {
    const [cleo, dull, loud, shy, foe] = await system.people('cleo', 'dull', 'loud', 'shy', 'foe')
    const all = [
      await reelBy(dull),
      await reelBy(loud),
      await reelBy(shy),
      await reelBy(foe),
      await reelBy(foe),
    ]
    const [fan] = await system.people('shys.fan')
    await fan.follow(shy)
    await system.settle()
    const opened = await cleo.api.reels.feed({ query: { limit: 1 } })
    await cleo.api.explore.hideAuthor({ params: dull })
    await cleo.api.graph.mute({ params: loud })
    await shy.goPrivate()
    await cleo.api.explore.refusePost({ params: { post_id: all[3] as PostId } })
    const left = async () => {
      const cursor = opened.next_cursor as string
      const rest = await cleo.api.reels.feed({ query: { limit: 50, cursor } })
      return [...idsOf(rest.items), ...idsOf(await visit(cleo))].filter((id) => all.includes(id))
    }
    expect(new Set(await left())).toEqual(new Set([all[4]]))
    await foe.block(cleo)
    expect(await left()).toEqual([])
    // Who follows sees it until they are removed; who blocks sees nothing of whom they block.
    const seenBy = async (viewer: Person) => idsOf(await visit(viewer))
    expect(await seenBy(fan)).toContain(all[2])
    await shy.api.graph.removeFollower({ params: fan })
    await fan.block(foe)
    for (const id of [all[2], all[3], all[4]]) expect(await seenBy(fan)).not.toContain(id)
    for (const one of [shy, foe]) expect(await codeOf(reelsOf(fan, one))).toBe('not_found')
  })
})

describe('watches', () => {
  test('count once for each member, whatever is told again; nobody is told who, others not even how often where likes are hidden', async () => {
    const [maker, eve, finn] = await system.people('maker', 'eve', 'finn')
    const reel = await reelBy(maker)
    await maker.api.posts.edit({ params: { post_id: reel }, body: { likes_hidden: true } })
    const hidden = await maker.share()
    await system.settle()
    const told = { ...watch(reel), watched_ms: 400, completed: false }
    await Promise.all([tell(eve, told), tell(eve, told, watch(reel, { sound_on: true })), tell(finn, told)])
    await tell(eve, told, told, watch(hidden.post_id))
    await tell(maker, watch(reel))
    expect(await codeOf(tell(system.visitor(), told))).toBe('unauthorized')
    expect(await codeOf(tell(eve, watch(reel, { watched_ms: -1 })))).toBe('validation_failed')
    expect(await codeOf(tell(eve, ...Array(51).fill(told)))).toBe('validation_failed')
    const [own] = await reelsOf(maker, maker)
    expect(own?.plays_count).toBe(2)
    expect((await reelsOf(eve, maker))[0]).not.toHaveProperty('plays_count')
    const { rows } = await sql<{ share: number }>`
      select (worth / viewers)::float as share from reel_stats where post_id = ${reel}`.execute(
      system.engines.db.query,
    )
    expect(rows[0]?.share).toBeCloseTo((1.1 + 0.4) / 2)
    // Whoever is blocked counts no more; a post that is gone takes all of it along.
    await maker.block(finn)
    await tell(finn, watch(reel))
    expect((await reelsOf(maker, maker))[0]?.plays_count).toBe(2)
    await maker.delete({ post_id: reel })
    await system.settle()
    expect(await rowsOf(reel)).toEqual([])
  })

  const rowsOf = async (id: PostId) => {
    const tables = ['author_reels', 'recent_reels', 'sound_reels', 'reel_stats', 'reel_watches']
    const found = await Promise.all(
      tables.map(async (name) => {
        const { rows } = await sql`select from ${sql.table(name)} where post_id = ${id}`.execute(
          system.engines.db.query,
        )
        return rows.length > 0 ? [name] : []
      }),
    )
    return found.flat()
  }
})

test('a sound is used while its author allows it, heard by those who may see where it comes from, and gone with that', async () => {
  const [gil, hana, stranger] = await system.people('gil', 'hana', 'stranger')
  const [kept, shared] = [await reelBy(gil), await reelBy(gil, { share_sound: true })]
  await system.settle()
  expect(await codeOf(reelBy(hana, { sound_id: kept }))).toBe('sound_unavailable')
  const used = await reelBy(hana, { sound_id: shared })
  await system.settle()
  expect(await codeOf(reelBy(stranger, { sound_id: used }))).toBe('sound_unavailable')
  const [film] = (await hana.post(used)).media
  expect(film).toMatchObject({ has_sound: false })
  const soundOf = async (viewer: Person) => (await reelsOf(viewer, hana))[0]?.sound ?? null
  const sound = await stranger.api.reels.sound({ params: { sound_id: shared } })
  expect(sound).toMatchObject({ sound_id: shared, user: { username: 'gil' } })
  expect(await soundOf(stranger)).toEqual(sound)
  expect((await fetch(new URL(sound.url, system.baseUrl))).status).toBe(200)
  const withIt = async (viewer: Person) =>
    idsOf((await viewer.api.reels.withSound({ params: { sound_id: shared } })).items)
  expect(await withIt(stranger)).toEqual([used, shared])

  const edit = (share_sound: boolean) =>
    gil.api.posts.edit({ params: { post_id: shared }, body: { share_sound } })
  await edit(false)
  expect([await soundOf(stranger), await codeOf(withIt(stranger))]).toEqual([null, 'not_found'])
  await edit(true)
  await gil.block(stranger)
  expect([await soundOf(stranger), await codeOf(withIt(stranger))]).toEqual([null, 'not_found'])
  await gil.goPrivate()
  expect([await soundOf(hana), await codeOf(withIt(hana))]).toEqual([null, 'not_found'])
  expect((await fetch(new URL(sound.url, system.baseUrl))).status).toBe(404)
  await gil.goPublic()
  expect(await withIt(hana)).toEqual([used, shared])
  await gil.leave()
  await system.settle()
  expect([await soundOf(hana), await codeOf(withIt(hana))]).toEqual([null, 'not_found'])
  expect((await hana.post(used)).reel).toEqual({ shares_sound: false, sound_id: shared })
})
