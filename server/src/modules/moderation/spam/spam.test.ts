import type { ConversationId, ModerationSettings } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { act, code, report, staff } from '../scene.suite.ts'

let system: TestSystem
let [owner, mod, ana, ben, eve] = [] as unknown as [Person, Person, Person, Person, Person]
beforeAll(async () => {
  system = await startSystem()
  ;[owner, mod, ana, ben, eve] = await system.people('olga', 'mona', 'ana', 'ben', 'eve')
  await staff(owner, { moderator: mod })
})
beforeEach(() => set({ spam_hold: 80, spam_queue: 90 }))
afterAll(() => system[Symbol.asyncDispose]())

async function set(steps: Partial<ModerationSettings>): Promise<void> {
  const settings = await owner.api.moderation.settings()
  await owner.api.moderation.changeSettings({ body: { ...settings, ...steps } })
}
let shops = 0
const advert = () => `Free followers! Click here https://fans${++shops}.example https://get${shops}.example`
const seenBy = async (person: Person, post: { post_id: string }) =>
  (await person.api.comments.list({ params: post as never })).items.map(({ comment_id }) => comment_id)
const comment = async (by: Person, text: string) => {
  const post = await ana.share()
  await system.settle()
  const comment_id = (await by.comment(post, text)).comment_id
  await system.settle()
  return { post, comment_id }
}
const caseOf = (kind: 'comment' | 'message', subject_id: string) =>
  mod.api.moderation.case({ params: { kind, subject_id } })
const folder = async (person: Person, name: 'requests' | 'filtered') =>
  (await person.api.conversations.list({ query: { folder: name } })).items

test('what looks like spam of a stranger is held, and moderators see why', async () => {
  const { post, comment_id } = await comment(eve, advert())
  expect(await seenBy(ben, post)).toEqual([])
  expect((await ana.api.commentReview.held()).items.map((one) => one.comment_id)).toContain(comment_id)
  const found = await caseOf('comment', comment_id)
  expect(found).toMatchObject({ state: 'open', reports: [{ automatic: true, reason: 'spam' }] })
  expect(found.now?.text).toContain('Free followers')
  expect(found.spam?.score).toBeGreaterThanOrEqual(90)
  expect(found.spam?.reasons.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['links', 'term:followers']),
  )
  // Removed, it cannot be approved any more.
  await act(mod, { kind: 'comment', id: comment_id, partition: post.post_id }, 'remove')
  expect((await ana.api.commentReview.held()).items.map((one) => one.comment_id)).not.toContain(comment_id)
})

test('whom one follows one reads, whatever it looks like; and what is one’s own', async () => {
  await ana.follow(ben)
  await system.settle()
  const { post, comment_id } = await comment(ben, advert())
  expect(await seenBy(eve, post)).toEqual([comment_id])
  const own = await comment(ana, advert())
  expect(await seenBy(eve, own.post)).toEqual([own.comment_id])
  await ana.unfollow(ben)
})

test('switched off, nothing is held', async () => {
  await set({ spam_hold: null })
  const { post, comment_id } = await comment(eve, advert())
  expect(await seenBy(ben, post)).toEqual([comment_id])
})

test('a request that looks like spam lies in a folder of its own until its member decides; moderators learn nothing of what it says', async () => {
  const { conversation_id } = await eve.api.conversations.create({ body: { usernames: [ben.username] } })
  const message = await eve.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: 'advert-1', text: advert() },
  })
  await system.settle()
  expect(await folder(ben, 'requests')).toEqual([])
  expect(await folder(ben, 'filtered')).toMatchObject([
    { conversation_id, viewer: { status: 'request', filtered: true } },
  ])
  expect((await ben.api.conversations.unread()).requests_count).toBe(0)
  const found = await caseOf('message', message.message_id)
  expect(found).toMatchObject({ now: null, excerpt: '', reports: [{ automatic: true, copy: [] }] })
  expect(JSON.stringify(found)).not.toContain('ollowers')
  expect(found.spam?.reasons.map(({ what }) => what)).toEqual(expect.arrayContaining(['links', 'terms']))
  await ben.api.conversations.accept({ params: { conversation_id: conversation_id as ConversationId } })
  await system.settle()
  expect(await folder(ben, 'filtered')).toEqual([])
  expect((await ben.api.conversations.get({ params: { conversation_id } })).viewer.filtered).toBeUndefined()
})

test('what moderators decide is learned from', async () => {
  await set({ spam_hold: 100 })
  const post = await ana.share()
  await system.settle()
  const train = () =>
    system.system.rebuilds.find(({ name }) => name === 'spam-model')?.run(new AbortController().signal)
  const decided = await train()
  expect(decided).toBe(0)
  for (let n = 0; n < 12; n++) {
    const isSpam = n % 2 === 0
    const text = isSpam ? `wonderful lamps ${n}, lamps for you` : `a wonderful evening ${n}, thank you`
    const id = (await eve.comment(post, text)).comment_id
    const thing = { kind: 'comment' as const, id, partition: post.post_id }
    await report(ben, thing)
    if (isSpam) await act(mod, thing, 'remove')
    else await mod.api.moderation.dismiss({ body: { cases: [{ kind: 'comment', subject_id: id }] } })
  }
  await system.settle()
  expect(await train()).toBeGreaterThanOrEqual(12)
  await system.settle()
  await set({ spam_hold: 50, spam_queue: 50 })
  const later = await comment(eve, 'lamps lamps, wonderful lamps for you https://l.example')
  const found = await caseOf('comment', later.comment_id)
  expect(found.spam?.version).toBe(1)
  expect(found.spam?.reasons.map(({ what }) => what)).toContain('term:lamps')
  expect(await code(caseOf('comment', post.post_id))).toBe('not_found')
})
