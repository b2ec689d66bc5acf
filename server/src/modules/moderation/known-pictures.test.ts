import type { ActId, KnownPictureChoice } from '@tintype/contract'
import { type Person, type Photo, photoOf, scenery, startSystem, type TestSystem } from '@tintype/testkit'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, code, report, staff } from './scene.suite.ts'

let system: TestSystem
let [owner, mod, ana, ben] = [] as unknown as [Person, Person, Person, Person]
beforeAll(async () => {
  system = await startSystem()
  ;[owner, mod, ana, ben] = await system.people('olga', 'mona', 'ana', 'ben')
  await staff(owner, { moderator: mod })
})
afterAll(() => system[Symbol.asyncDispose]())

const copyOf = async ({ bytes }: Photo): Promise<Photo> =>
  photoOf(await sharp(bytes).rotate(90).flop().resize(200).jpeg({ quality: 50 }).toBuffer(), 'image/jpeg')
const posted = async (by: Person, one: Photo) => {
  const { post_id } = await by.share({ photos: [one] })
  await system.settle()
  return by.post(post_id)
}
const thing = ({ post_id }: { post_id: string }) => ({ kind: 'post' as const, id: post_id })
const caseOf = ({ post_id }: { post_id: string }) =>
  mod.api.moderation.case({ params: { kind: 'post', subject_id: post_id } })
const choose = async (known_pictures: KnownPictureChoice) => {
  await owner.prove()
  const settings = await owner.api.moderation.settings()
  await owner.api.moderation.changeSettings({ body: { ...settings, known_pictures } })
}
/** Somebody's picture, removed by a moderator. */
async function removed(seed: number): Promise<{ one: Photo; act_id: string; post_id: string }> {
  const one = await scenery(seed)
  const post = await posted(ana, one)
  await report(ben, thing(post))
  const decided = await act(mod, thing(post), 'remove')
  await system.settle()
  return { one, post_id: post.post_id, act_id: decided.acts[0]?.act_id ?? '' }
}

test('a copy of what was removed comes before moderators by itself, once, beside what it looks like', async () => {
  const { one, post_id, act_id } = await removed(11)
  const copy = await posted(ben, await copyOf(one))
  expect(copy.status).toBe('published')
  const found = await caseOf(copy)
  expect(found).toMatchObject({ state: 'open', reports_count: 1, member: { username: ben.username } })
  expect(found.reports).toMatchObject([{ automatic: true, reporter: null, reason: 'spam' }])
  expect(found.alike).toMatchObject([{ kind: 'post', subject_id: post_id, rule: 'spam' }])
  expect(found.alike[0]?.thumbnail).toContain('/media/')
  const other = await posted(ben, await scenery(12))
  expect(await code(caseOf(other))).toBe('not_found')
  // Told again, or let stand: it is not brought up again by the same act.
  await mod.api.moderation.dismiss({ body: { cases: [{ kind: 'post', subject_id: copy.post_id }] } })
  const subject = { kind: 'post', id: copy.post_id, partition: copy.post_id }
  const payload = { media_ids: [], owner_id: ben.id, subject, act_id: act_id as ActId, bits: 0 }
  const { db, outbox } = system.engines
  await db.tx((tx) => outbox.append(tx, [{ type: 'media.recognised', payload }]))
  await system.settle()
  expect((await caseOf(copy)).state).toBe('closed')
})

test('where the community says so it is not taken, wherever it is to stand; what is given back is taken again', async () => {
  const { one, act_id } = await removed(21)
  await choose('refuse')
  const refused = await posted(ben, await copyOf(one))
  expect([refused.status, refused.failure?.code]).toEqual(['failed', 'media_known'])
  await owner.prove()
  await mod.api.moderation.lift({ params: { act_id: act_id as ActId }, body: {} })
  await system.settle()
  expect((await posted(ben, await copyOf(one))).status).toBe('published')
})

test('where it says so nothing is done', async () => {
  const { one } = await removed(31)
  await choose('off')
  const copy = await posted(ben, await copyOf(one))
  expect(copy.status).toBe('published')
  expect(await code(caseOf(copy))).toBe('not_found')
  await choose('report')
})
