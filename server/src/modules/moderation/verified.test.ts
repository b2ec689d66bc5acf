import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { code, staff, tiny } from './scene.suite.ts'

let system: TestSystem
let [owner, admin, mod] = [] as unknown as [Person, Person, Person]
beforeAll(async () => {
  system = await startSystem()
  ;[owner, admin, mod] = await system.people('olga', 'adam', 'mona')
  await staff(owner, { admin, moderator: mod })
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

const verify = async (by: Person, username: string, verified = true) => {
  await by.prove()
  return code(by.api.moderation.verify({ params: { username }, body: { verified } }))
}
const audit = async (person: Person) =>
  (await owner.api.moderation.audit({ query: { limit: 50 } })).items.flatMap(
    ({ action, why, member, actor }) =>
      member?.user_id === person.id
        ? [`${actor?.user_id === person.id ? 'self' : 'staff'} ${action} ${why}`]
        : [],
  )

it('is given by admins and the owner alone, with a fresh proof, and not to oneself', async () => {
  const [ana, gone] = await system.people('ana', 'gone')
  expect(await verify(ana, ana.username)).toBe('forbidden')
  expect(await verify(mod, ana.username)).toBe('forbidden')
  expect(await verify(admin, admin.username)).toBe('forbidden')
  expect(await verify(owner, owner.username)).toBe('fine')
  expect(await verify(admin, ana.username)).toBe('fine')
  system.clock.advance(700_000)
  const late = admin.api.moderation.verify({ params: { username: ana.username }, body: { verified: false } })
  expect(await code(late)).toBe('step_up_required')
  expect((await owner.profile(ana)).is_verified).toBe(true)
  await gone.leave()
  expect(await verify(admin, gone.username)).toBe('not_found')
  expect(await verify(admin, 'nobody.at.all')).toBe('not_found')
})

it('stands beside the name at once wherever it was shown before, and goes again', async () => {
  const [ben, cleo] = await system.people('ben', 'cleo')
  await cleo.follow(ben)
  const post = await ben.share({ caption: 'A badge to come', photos: [await tiny()] })
  await system.settle()
  const comment = await ben.comment(post, 'mine')
  const shown = async () => {
    const [profile, { user }, feed, comments, people] = await Promise.all([
      cleo.profile(ben),
      cleo.post(post.post_id),
      cleo.api.feed.home(),
      cleo.api.comments.list({ params: post }),
      cleo.api.search.find({ query: { q: ben.username, type: 'users' } }),
    ])
    const said = comments.items.find(({ comment_id }) => comment_id === comment.comment_id)
    const found = people.items.flatMap((hit) =>
      'user' in hit && hit.user.user_id === ben.id ? [hit.user] : [],
    )
    return [profile, user, feed.items[0]?.user, said?.user, ...found].map((one) => one?.is_verified)
  }
  await system.settle()
  expect(await shown()).toEqual([false, false, false, false, false])
  expect(await verify(admin, ben.username)).toBe('fine')
  await system.settle()
  expect(await shown()).toEqual([true, true, true, true, true])
  expect((await ben.api.members.me()).is_verified).toBe(true)
  expect(await verify(admin, ben.username, false)).toBe('fine')
  await system.settle()
  expect(await shown()).toEqual([false, false, false, false, false])
})

it('comes before the others among those whom a search finds alike', async () => {
  const people = await system.people('dora.one', 'dora.two', 'dora.three')
  await system.settle()
  const found = async () =>
    (await owner.api.search.find({ query: { q: 'dora', type: 'users' } })).items.flatMap((hit) =>
      'user' in hit ? [hit.user.username] : [],
    )
  for (const { username } of people) {
    await verify(admin, username)
    await system.settle()
    expect((await found())[0]).toBe(username)
    await verify(admin, username, false)
    await system.settle()
  }
})

it('is on record, and stays under another name, which is on record too', async () => {
  const [finn] = await system.people('finn')
  await finn.api.members.update({ body: { full_name: 'Before the badge' } })
  await verify(admin, finn.username)
  await verify(admin, finn.username)
  await finn.api.members.update({ body: { bio: 'Nothing of note', full_name: 'Before the badge' } })
  await finn.api.members.update({ body: { full_name: 'Somebody famous', username: 'finn.renamed' } })
  expect((await owner.api.members.profile({ params: { username: 'finn.renamed' } })).is_verified).toBe(true)
  await verify(admin, 'finn.renamed', false)
  expect(await audit(finn)).toEqual([
    'staff unverify badge',
    'self rename_verified username full_name',
    'staff verify badge',
  ])
  expect((await system.system.verifyAudit()).broken).toBeUndefined()
})
