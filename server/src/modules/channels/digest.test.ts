import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { type ParsedMail, simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startScheduler } from '../../roles/scheduler.ts'

let system: TestSystem
let owner: Person
beforeAll(async () => {
  system = await startSystem()
  ;[owner] = await system.people('d.owner')
})
afterAll(() => system[Symbol.asyncDispose]())

async function mailsTo(person: Person, about: string): Promise<ParsedMail[]> {
  await system.settle()
  const folder = join(system.system.config.dataDir, 'mail')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort()
  const mails = await Promise.all(files.map(async (name) => simpleParser(await readFile(join(folder, name)))))
  return mails.filter((mail) => {
    const [to] = [mail.to].flat()
    return (
      to?.value[0]?.address === `${person.username}@example.org` && mail.messageId?.startsWith(`<${about}`)
    )
  })
}
const digests = (person: Person) => mailsTo(person, 'digest-')

/** A member whose address is proven. */
async function proven(username: string): Promise<Person> {
  const [person] = await system.people(username)
  const [mail] = await mailsTo(person, 'verify-')
  const token = decodeURIComponent(/token=([^\s&]+)/.exec(mail?.text ?? '')?.[1] ?? '')
  await person.api.accounts.verifyEmail({ body: { token } })
  return person
}
const nothing = new AbortController().signal
async function evening(): Promise<void> {
  await system.settle()
  system.clock.advance(24 * 3_600_000)
  await system.system.schedules.find(({ name }) => name === 'channels.digests')?.run(nothing)
  await system.settle()
}
async function liked(author: Person, fan: Person) {
  await fan.logIn()
  await author.logIn()
  const post = await author.share()
  await system.settle()
  await fan.like(post)
  await system.settle()
  return post
}

test('who has not seen what happened is told in the evening, once, with its picture', async () => {
  const [ana, ben] = [await proven('d.ana'), await proven('d.ben')]
  const post = await liked(ana, ben)
  await evening()
  await evening()
  const [mail, ...more] = await digests(ana)
  expect(more).toEqual([])
  expect(mail?.subject).toBe('One thing you have not seen at Tintype')
  expect(mail?.text).toContain(`d.ben liked your photo\n  ${system.system.config.siteUrl}/p/${post.post_id}`)
  expect(mail?.attachments).toHaveLength(1)
  expect(mail?.attachments[0]).toMatchObject({ contentType: 'image/jpeg', cid: '1.jpg' })
  // Its parser puts the picture in the place of its name.
  expect(mail?.html).toContain('src="data:image/jpeg;base64,')
  expect(await digests(ben)).toEqual([])
})

test('what the community announces is in it, unless its member wants none of these', async () => {
  const [kim, lou] = [await proven('d.kim'), await proven('d.lou')]
  const none = { push: false, email: false }
  await lou.api.preferences.change({ body: { kinds: { community: none } } })
  system.clock.advance(1000)
  await owner.logIn()
  await owner.api.announcements.make({ body: { text: 'No service on Sunday' } })
  await evening()
  const [mail, ...more] = await digests(kim)
  expect(more).toEqual([])
  const page = `${system.system.config.siteUrl}/notifications/announcements`
  expect(mail?.text).toContain(`From the community: No service on Sunday\n  ${page}`)
  expect(await digests(lou)).toEqual([])
})

test('not when all was seen, undone, or turned off; nor to an address that nobody has proven', async () => {
  const fan = await proven('d.fan')
  const [seen, undone, none, picky] = [
    await proven('d.seen'),
    await proven('d.undone'),
    (await system.people('d.none'))[0],
    await proven('d.picky'),
  ]
  await liked(seen, fan)
  await seen.api.notifications.markRead({ body: {} })
  await fan.unlike(await liked(undone, fan))
  await liked(none, fan)
  await picky.logIn()
  await picky.api.preferences.change({ body: { kinds: { like: { push: true, email: false } } } })
  await liked(picky, fan)
  await evening()
  for (const person of [seen, undone, none, picky]) expect(await digests(person)).toEqual([])
})

test('after quiet mode, where that is on in the evening', async () => {
  const [ana, ben] = [await proven('d.calm'), await proven('d.loud')]
  await liked(ana, ben)
  const quiet_until = new Date(system.clock.now() + 40 * 3_600_000).toISOString()
  await ana.api.preferences.change({ body: { quiet_until } })
  await evening()
  expect(await digests(ana)).toEqual([])
  await evening()
  expect(await digests(ana)).toHaveLength(1)
})

test('one mail, though two schedulers look, and what was due is told again after a restart', async () => {
  const [ana, ben] = [await proven('d.once'), await proven('d.twice')]
  await liked(ana, ben)
  system.clock.advance(24 * 3_600_000)
  const schedules = system.system.schedules.filter(({ name }) => name === 'channels.digests')
  const parts = { db: system.engines.db, clock: system.clock, logger: system.system.logger, schedules }
  await using one = startScheduler(parts)
  await using two = startScheduler(parts)
  await Promise.all([one.look(), two.look(), schedules[0]?.run(nothing), schedules[0]?.run(nothing)])
  await system.settle()
  // The process died after the mail went out and before that was noted: the fact comes again.
  const consumer = system.system.consumers.find(({ group }) => group === 'channels.mails')
  const day = new Date(system.clock.now()).toISOString().slice(0, 10)
  const [mail] = await digests(ana)
  const [, sentFor = day] = /digest-[0-9a-f-]{36}-(\d{4}-\d\d-\d\d)/.exec(mail?.messageId ?? '') ?? []
  const payload = { user_id: ana.id, since: 0, day: sentFor }
  if (!consumer || !('handle' in consumer)) throw new Error('mails are sent one by one')
  const again = { id: 'again', type: 'digest.due' as const, key: ana.id, payload, at: 0, attempt: 2 }
  await consumer.handle(again, nothing)
  expect(await digests(ana)).toHaveLength(1)
})

test('one click ends it: by POST alone, once and again, without logging in, and nothing else', async () => {
  const [ana, ben] = [await proven('d.leaves'), await proven('d.stays')]
  await liked(ana, ben)
  await evening()
  const [mail] = await digests(ana)
  const header = (key: string) =>
    mail?.headerLines.find((line) => line.key === key)?.line.replace(/\s+/g, ' ')
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  const [, link = ''] = /<([^>]+)>/.exec(header('list-unsubscribe') ?? '') ?? []
  const { pathname, search } = new URL(link)
  const url = system.baseUrl + pathname + search
  const wishes = async () => {
    await ana.logIn()
    return ana.api.preferences.get()
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const page = await fetch(url, { redirect: 'manual' })
  expect([page.status, page.headers.get('location')]).toEqual([303, `/unsubscribe${search}`])
  // The page is the web app's: what only the form takes does not stand in its way.
  expect((await fetch(`${system.baseUrl}/unsubscribe${search}`)).status).not.toBe(405)
  await fetch(url, { method: 'HEAD' })
  expect((await fetch(url, { method: 'POST', headers: form, body: 'something=else' })).status).toBe(400)
  const forged = url.replace(/token=./, 'token=X')
  expect(
    (await fetch(forged, { method: 'POST', headers: form, body: 'List-Unsubscribe=One-Click' })).status,
  ).toBe(400)
  expect((await wishes()).digest).toBe(true)
  const before = await wishes()
  for (let n = 0; n < 2; n++) {
    const reply = await fetch(url, { method: 'POST', headers: form, body: 'List-Unsubscribe=One-Click' })
    expect([reply.status, await reply.text()]).toEqual([200, ''])
  }
  expect(await wishes()).toEqual({ ...before, digest: false })
  await liked(ana, ben)
  await evening()
  expect(await digests(ana)).toHaveLength(1)
  // The page in the mail does the same.
  await ana.logIn()
  await ana.api.preferences.change({ body: { digest: true } })
  const token = new URLSearchParams(search).get('token') ?? ''
  await system.visitor().api.mails.unsubscribe({ body: { token } })
  expect((await wishes()).digest).toBe(false)
})

test('the owner reads the mails that nobody delivers, and nobody else does', async () => {
  const owner = await system
    .visitor()
    .api.accounts.login({ body: { login: 'd.owner', password: 'correct horse battery staple' } })
  const headers = { authorization: `Bearer ${owner.access_token}` }
  const reply = await fetch(`${system.baseUrl}/api/v1/instance/mails`, { headers })
  const { data } = (await reply.json()) as {
    data: { delivered_by: null; mails: { to: string; text: string }[] }
  }
  expect(data.delivered_by).toBeNull()
  expect(
    data.mails.some(({ to, text }) => to === 'd.ana@example.org' && text.includes('/verify-email?token=')),
  ).toBe(true)
  const [member] = await system.people('d.curious')
  await expect(member.api.mails.outbox()).rejects.toMatchObject({ code: 'forbidden' })
})
