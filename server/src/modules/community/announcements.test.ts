import type { Announcement, TintypeError } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let system: TestSystem
let olga: Person
beforeAll(async () => {
  system = await startSystem()
  ;[olga] = await system.people('olga')
})
afterAll(() => system[Symbol.asyncDispose]())

/** Whoever comes in the same millisecond is as old as what is said in it. */
async function say(text: string): Promise<Announcement> {
  system.clock.advance(1000)
  await olga.logIn()
  const made = await olga.api.announcements.make({ body: { text } })
  await system.settle()
  return made
}
const told = async (person: Person) =>
  (await person.notifications()).map(({ type, actor, excerpt, address }) => ({
    type,
    actor: actor.username,
    excerpt,
    address,
  }))
const unread = async (person: Person) => (await person.api.members.me()).unread_notifications
const address = '/notifications/announcements'

test('what the owner announces is told to every member at once and once, but to the owner, whoever mutes or blocks whom', async () => {
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  await ana.api.graph.mute({ params: olga })
  await ben.block(olga)
  const live = await Live.of(cleo)
  const made = await say('On Sunday from 8 to 9 there is no service.')
  await live.until(({ type, data }) => type === 'notifications.unread' && data.count === 1)
  await live.close()
  for (const one of [ana, ben, cleo]) {
    const notice = { type: 'announcement', actor: one.username, excerpt: made.text, address }
    expect([await told(one), await unread(one)]).toEqual([[notice], 1])
  }
  expect([await told(olga), await unread(olga)]).toEqual([[], 0])
  // Whoever comes later reads it in the list, and is not told.
  system.clock.advance(1000)
  const [dora] = await system.people('dora')
  await system.settle()
  expect(await told(dora)).toEqual([])
  expect((await dora.api.announcements.list({ query: {} })).items).toEqual([made])
})

test('told again, by a worker that died in between, it is told once; taken back, it is told nobody', async () => {
  const [eva] = await system.people('eva')
  const { announcement_id } = await say('The picnic is on the meadow.')
  await say('The picnic is by the river.')
  await eva.api.notifications.markRead({ body: {} })
  const member_ids = [eva.id]
  const payload = { announcement_id, member_ids }
  const again = () =>
    system.engines.db.tx((tx) => system.engines.outbox.append(tx, [{ type: 'announcement.told', payload }]))
  await again()
  await system.settle()
  expect([(await told(eva)).length, await unread(eva)]).toEqual([2, 0])
  await olga.api.announcements.delete({ params: { announcement_id } })
  await again()
  await system.settle()
  expect((await told(eva)).map(({ excerpt }) => excerpt)).toEqual(['The picnic is by the river.'])
  const { items } = await eva.api.announcements.list({ query: {} })
  expect(items.map(({ text }) => text)).not.toContain('The picnic is on the meadow.')
  await expect(olga.api.announcements.delete({ params: { announcement_id } })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('only the owner announces, what has words, and proves anew that it is them', async () => {
  const [fay] = await system.people('fay')
  const codeOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'done',
      (error: TintypeError) => error.code,
    )
  const make = (by: Person, text: string) => codeOf(by.api.announcements.make({ body: { text } }))
  await olga.logIn()
  expect(await make(fay, 'Hello')).toBe('forbidden')
  expect(await make(olga, ' \n ')).toBe('validation_failed')
  expect(await make(olga, 'x'.repeat(1001))).toBe('validation_failed')
  system.clock.advance(11 * 60_000)
  expect(await make(olga, 'Hello')).toBe('step_up_required')
  await fay.logIn()
  const { items } = await fay.api.announcements.list({ query: {} })
  expect(items.map(({ text }) => text)).not.toContain('Hello')
})

test('the list goes on page by page, newest first', async () => {
  for (const text of ['one', 'two', 'three']) await say(text)
  const read: string[] = []
  let cursor: string | undefined
  do {
    const page = await olga.api.announcements.list({ query: { limit: 2, ...(cursor && { cursor }) } })
    read.push(...page.items.map(({ text }) => text))
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  expect(read.slice(0, 3)).toEqual(['three', 'two', 'one'])
  expect(new Set(read).size).toBe(read.length)
})
