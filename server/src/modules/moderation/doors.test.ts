import { Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { code, staff, tiny } from './scene.suite.ts'

let system: TestSystem
let [owner, admin] = [] as unknown as [Person, Person]
beforeAll(async () => {
  system = await startSystem()
  ;[owner, admin] = await system.people('olga', 'adam')
  await staff(owner, { admin })
}, 60_000)
afterAll(() => system[Symbol.asyncDispose]())

const join = (username: string, email: string) =>
  code(system.visitor().api.accounts.register({ body: { username, email, password: Person.password } }))

it('keep new accounts of a domain or a range out until they are opened again', async () => {
  const ban = (kind: 'email_domain' | 'ip_range', value: string, days?: number) =>
    admin.api.moderation.ban({ body: { kind, value, ...(days ? { days } : {}) } })
  for (const [kind, value] of [
    ['email_domain', 'no domain'],
    ['ip_range', '127.0.0.1/4'],
    ['ip_range', 'localhost'],
  ] as const)
    expect([value, await code(ban(kind, value))]).toEqual([value, 'ban_invalid'])
  await ban('email_domain', '@Spam.example', 1)
  expect(await join('spammer', 'a@spam.example')).toBe('registration_banned')
  expect(await join('spammer', 'a@mail.spam.example')).toBe('registration_banned')
  expect(await join('honest', 'a@notspam.example')).toBe('fine')
  const { ban_id } = await ban('ip_range', '127.0.0.1/8')
  expect(await join('neighbour', 'l@example.org')).toBe('registration_banned')
  await admin.api.moderation.unban({ params: { ban_id } })
  expect(await join('neighbour', 'l@example.org')).toBe('fine')
  system.clock.advance(86_400_000)
  expect(await join('late', 'late@spam.example')).toBe('fine')
  for (const one of [admin, owner]) await one.logIn()
})

it('refuse words, or hold comments with them until the post’s author has looked', async () => {
  const [ana, ben] = await system.people('ana.words', 'ben.words')
  const post = await ana.share({ photos: [await tiny()] })
  await system.settle()
  const words = [
    { word: 'Badword', action: 'refuse' },
    { word: 'maybe so', action: 'hold' },
  ] as const
  await admin.api.moderation.saveWords({ body: { words: [...words] } })
  expect(await code(ben.comment(post, 'a bádword!'))).toBe('words_refused')
  expect(await ben.comment(post, 'well, maybe so')).toMatchObject({ held: true })
  expect((await owner.api.comments.list({ params: post })).items).toEqual([])
  expect(await code(ana.share({ caption: 'maybe so' }))).toBe('words_refused')
  expect(await join('x.badword.1', 'x@example.org')).toBe('words_refused')
  expect(await code(ana.api.members.update({ body: { username: 'badword_2' } }))).toBe('words_refused')
  await admin.api.moderation.saveWords({ body: { words: [] } })
  expect(await ben.comment(post, 'a badword')).not.toHaveProperty('held')
})
