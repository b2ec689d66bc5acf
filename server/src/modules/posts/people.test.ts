import type { PersonTag, Post, Taggers } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Members who are tagged in photographs. */
let system: TestSystem
let round = 0

beforeAll(async () => {
  system = await startSystem()
  await system.people('the.owner')
})
afterAll(() => system[Symbol.asyncDispose]())

async function cast() {
  const tail = `.t${++round}`
  const people = await system.people(`ana${tail}`, `ben${tail}`, `cleo${tail}`, `dora${tail}`)
  return people as [Person, Person, Person, Person]
}
const at = ({ username }: Person, picture = 0, x = 0.25, y = 0.75): PersonTag => ({ username, picture, x, y })
async function shared(author: Person, people: PersonTag[]) {
  const photos = [await photo(1, { width: 40, height: 30 }), await photo(2, { width: 40, height: 30 })]
  const post = await author.share({ photos, people })
  await system.settle()
  return post
}
const seenIn = async (viewer: Person, post: Post) =>
  (await viewer.api.photoTags.list({ params: post })).map(({ user, pending }) =>
    pending ? `${user.username}?` : user.username,
  )
const tabOf = async (member: Person, viewer: Person) =>
  (await viewer.api.photoTags.ofMember({ params: member })).items.map(({ post_id }) => post_id)
const isTold = async (member: Person, { post_id }: Post) =>
  (await member.notifications()).some((notice) => notice.type === 'tagged' && notice.subject.id === post_id)

test.each<[Taggers, boolean, 'shown' | 'pending']>([
  ['anyone', false, 'shown'],
  ['following', true, 'shown'],
  ['following', false, 'pending'],
  ['nobody', true, 'pending'],
])('tags from %s, of whom they follow: %s', async (tags_from, follows, state) => {
  const [ana, ben, cleo] = await cast()
  await ben.api.postSettings.change({ body: { tags_from } })
  if (follows) await ben.follow(ana)
  const post = await shared(ana, [at(ben, 1)])
  const isShown = state === 'shown'
  const own = isShown ? [ben.username] : [`${ben.username}?`]
  for (const [viewer, seen] of [
    [ana, own],
    [ben, own],
    [cleo, isShown ? own : []],
    [system.visitor(), isShown ? own : []],
  ] as const)
    expect(await seenIn(viewer, post)).toEqual(seen)
  expect((await cleo.post(post.post_id)).tagged).toBe(isShown || undefined)
  expect(await tabOf(ben, cleo)).toEqual(isShown ? [post.post_id] : [])
  expect((await ben.api.photoTags.pending()).items.length).toBe(isShown ? 0 : 1)
  expect(await isTold(ben, post)).toBe(true)
  // To agree is theirs alone, and twice is once.
  await expect(cleo.api.photoTags.accept({ params: post })).rejects.toMatchObject({ code: 'not_found' })
  for (let n = 0; n < 2; n++) await ben.api.photoTags.accept({ params: post })
  expect(await seenIn(cleo, post)).toEqual([ben.username])
  expect((await cleo.post(post.post_id)).tagged).toBe(true)
  expect(await tabOf(ben, cleo)).toEqual([post.post_id])
  expect((await ben.api.photoTags.pending()).items).toEqual([])
  const [tag] = await cleo.api.photoTags.list({ params: post })
  expect(tag).toMatchObject({ media_id: (await ana.post(post.post_id)).media[1]?.media_id, x: 0.25, y: 0.75 })
})

test('who takes themself out stays out, whatever the author does', async () => {
  const [ana, ben, cleo, dora] = await cast()
  const post = await shared(ana, [at(ben), at(ben, 1), at(cleo)])
  expect(await seenIn(dora, post)).toEqual([ben.username, ben.username, cleo.username])
  await ben.api.photoTags.leave({ params: post })
  await system.settle()
  expect(await seenIn(dora, post)).toEqual([cleo.username])
  expect(await tabOf(ben, dora)).toEqual([])
  expect(await isTold(ben, post)).toBe(false)
  await expect(ben.api.photoTags.leave({ params: post })).rejects.toMatchObject({ code: 'not_found' })
  const set = (people: PersonTag[]) => ana.api.photoTags.set({ params: post, body: { people } })
  await set([])
  expect((await set([at(ben), at(dora)])).map(({ user }) => user.username)).toEqual([dora.username])
  await system.settle()
  expect(await isTold(ben, post)).toBe(false)
  expect(await isTold(cleo, post)).toBe(false)
  expect(await isTold(dora, post)).toBe(true)
  for (const other of [ben, cleo])
    await expect(other.api.photoTags.set({ params: post, body: { people: [] } })).rejects.toMatchObject({
      code: 'not_found',
    })
  await ana.api.postShelf.archive({ params: post })
  expect(await tabOf(dora, ben)).toEqual([])
  await ana.api.postShelf.restore({ params: post })
  expect(await tabOf(dora, ben)).toEqual([post.post_id])
  await ana.delete(post)
  expect(await tabOf(dora, dora)).toEqual([])
})

test('nobody is tagged by whom they block, nor shown to them, nor told of what they may not see', async () => {
  const [ana, ben, cleo, dora] = await cast()
  const post = await shared(ana, [at(ben), at(cleo)])
  await cleo.block(dora)
  expect(await seenIn(dora, post)).toEqual([ben.username])
  await ben.block(ana)
  expect(await seenIn(dora, post)).toEqual([])
  await system.settle()
  await ben.api.graph.unblock({ params: ana })
  expect(await seenIn(cleo, post)).toEqual([cleo.username])
  expect(await tabOf(ben, cleo)).toEqual([])
  await ben.block(ana)
  const upload_ids = await ana.upload([await photo(3, { width: 40, height: 30 })])
  const tagging = (tag: PersonTag) => ana.api.posts.confirm({ body: { upload_ids, people: [tag] } })
  const refusals = await Promise.all(
    [at(ben), { ...at(ben), username: 'nobody.at.all' }, at(cleo, 1)].map((tag) =>
      tagging(tag).catch(({ code, message }) => ({ code, message })),
    ),
  )
  expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(refusals[0]).toMatchObject({ code: 'person_not_found' })
  // What was refused used nothing up.
  expect(await tagging(at(cleo))).toMatchObject({ status: 'processing' })
  // A private account's posts are in the tab for those alone who see them, and told to those alone.
  const secret = await cast().then(async ([author, , ,]) => {
    await author.goPrivate()
    await cleo.follow(author)
    await author.accept(cleo)
    return shared(author, [at(cleo), at(dora)])
  })
  expect(await tabOf(cleo, cleo)).toContain(secret.post_id)
  expect(await tabOf(cleo, ben)).not.toContain(secret.post_id)
  expect([await isTold(cleo, secret), await isTold(dora, secret)]).toEqual([true, false])
  await cleo.goPrivate()
  await expect(tabOf(cleo, ben)).rejects.toMatchObject({ code: 'not_found' })
})
