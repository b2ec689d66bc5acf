import type { Body, LinkId, NewPrivateLink, Post, PrivateLink, Routes } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Addresses } from './addresses.ts'

let system: TestSystem
let owner: Person
beforeAll(async () => {
  system = await startSystem()
  owner = (await system.people('owner'))[0]
})
afterAll(() => system[Symbol.asyncDispose]())

let seed = 1
async function posted(by: Person, caption = 'Only for you'): Promise<Post> {
  const post = await by.share({
    caption,
    photos: [await photo(seed++, { width: 64, height: 48 })],
    alt_texts: ['A <quiet> bay'],
  })
  await system.settle()
  return post
}
const linkTo = (by: Person, { post_id }: Post, body: NewPrivateLink = {}) =>
  by.api.links.create({ params: { post_id }, body })
const open = ({ path }: Pick<PrivateLink, 'path'>, on: TestSystem = system) => fetch(on.baseUrl + path)
const tryPassword = ({ path }: PrivateLink, password: string) =>
  fetch(system.baseUrl + path, { method: 'POST', body: new URLSearchParams({ password }) })
const pictureOn = (html: string) =>
  new URL((/\ssrc="(\/media[^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&'), system.baseUrl)
const list = (of: Person) => of.api.links.list()

/** The page and its picture; both as they are now. */
async function shown(link: PrivateLink) {
  const page = await open(link)
  const html = await page.text()
  return { page, html, picture: pictureOn(html) }
}
async function expectDead(link: PrivateLink, picture: URL) {
  const page = await open(link)
  expect([page.status, (await fetch(picture)).status]).toEqual([404, 404])
  expect(await page.text()).toBe(await (await open({ path: '/l/never' })).text())
}

test('shows a private account’s own post to a visitor, and nothing that others did with it', async () => {
  const [ana, ben] = await system.people('ana', 'ben')
  const post = await posted(ana, 'For <b>you</b> & @ben')
  await ben.comment(post, 'what a bay')
  await ben.like(post)
  await ana.goPrivate()
  await system.settle()
  const link = await linkTo(ana, post)
  const { page, html, picture } = await shown(link)
  expect(page.status).toBe(200)
  expect(html).toContain('For &lt;b&gt;you&lt;/b&gt; &amp; @ben')
  expect(html).toContain('alt="A &lt;quiet&gt; bay"')
  expect(html).not.toMatch(/what a bay|like|<script|og:/)
  expect(page.headers.get('x-robots-tag')).toContain('noindex')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('cache-control')).toBe('private, no-store')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('set-cookie')).toBeNull()
  const file = await fetch(picture)
  expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  await open(link)
  expect(await list(ana)).toMatchObject([{ opened_count: 2, works: true, has_password: false }])
  await fetch(system.baseUrl + link.path, { method: 'HEAD' })
  expect((await list(ana))[0]?.opened_count).toBe(2)
})

test('its pictures are its own: not another post’s, not another link’s, not without the right mac', async () => {
  const [cleo] = await system.people('cleo')
  const [one, other] = [await posted(cleo, 'one'), await posted(cleo, 'other')]
  await cleo.goPrivate()
  await system.settle()
  const [first, second] = [await linkTo(cleo, one), await linkTo(cleo, other)]
  const [a, b] = [(await shown(first)).picture, (await shown(second)).picture]
  const status = async (url: string) => (await fetch(url)).status
  const swapped = new URL(a.pathname + b.search, system.baseUrl).href
  const renamed = a.href.replace(first.link_id, second.link_id)
  const bare = a.href.replace(/&v=.*/, '')
  expect(await Promise.all([a.href, swapped, renamed, bare].map(status))).toEqual([200, 404, 404, 404])
  await system.pass(3 * 3600)
  expect(await status(a.href)).toBe(404)
})

test('whoever has it sees the same, and gets no further: logged out or not, follower, stranger or blocked', async () => {
  const names = [
    'ida',
    'is.stranger',
    'is.pending',
    'is.fan',
    'is.removed',
    'is.blocked',
    'is.blocker',
  ] as const
  const [ida, ...viewers] = await system.people(...names)
  const [, pending, follower, removed, blocked, blocker] = viewers as Person[]
  const [post, other] = [await posted(ida, 'shared by a link'), await posted(ida, 'not shared')]
  for (const fan of [follower, removed]) await fan?.follow(ida)
  await ida.goPrivate()
  await pending?.follow(ida)
  await ida.api.graph.removeFollower({ params: removed as Person })
  await ida.block(blocked as Person)
  await blocker?.block(ida)
  await system.settle()
  const link = await linkTo(ida, post)
  const { html, picture } = await shown(link)
  for (const viewer of viewers) {
    const headers = { cookie: `tintype_access=${viewer.session.access_token}` }
    const page = await fetch(system.baseUrl + link.path, { headers })
    expect([viewer.username, await page.text()]).toEqual([viewer.username, html])
    expect([viewer.username, (await fetch(picture, { headers })).status]).toEqual([viewer.username, 200])
    expect(await list(viewer)).toEqual([])
    const sees = viewer === follower
    const answers = [post, other].map(({ post_id }) =>
      viewer.api.posts.get({ params: { post_id } }).then(
        () => true,
        () => false,
      ),
    )
    expect([viewer.username, ...(await Promise.all(answers))]).toEqual([viewer.username, sees, sees])
  }
  expect(html).not.toContain(other.post_id)
})

describe('is dead at once, with its pictures,', () => {
  type End = (author: Person, link: PrivateLink, post: Post) => Promise<unknown>
  const judged = (author: Person, body: Body<Routes['moderation']['actOnMember']>) =>
    owner.api.moderation.actOnMember({ params: author, body })
  const ends: [string, End, End?][] = [
    ['when it is revoked', ({ api }, link) => api.links.revoke({ params: link })],
    ['when its time is over', () => system.pass(3601)],
    ['when its post is deleted', ({ api }, _, post) => api.posts.delete({ params: post })],
    [
      'while its post is archived',
      ({ api }, _, post) => api.postShelf.archive({ params: post }),
      ({ api }, _, post) => api.postShelf.restore({ params: post }),
    ],
    [
      'when moderators remove its post',
      async (_, __, { post_id }) => {
        await owner.api.reports.create({ body: { kind: 'post', id: post_id, reason: 'spam' } })
        await owner.api.moderation.act({
          params: { kind: 'post', subject_id: post_id },
          body: { act: 'remove', rule: 'spam' },
        })
      },
    ],
    ['when its author is suspended', (author) => judged(author, { act: 'suspend', rule: 'spam', days: 7 })],
    ['when its author is silenced', (author) => judged(author, { act: 'silence', rule: 'spam', days: 7 })],
    ['when its author leaves', (author) => author.leave()],
  ]
  test.each(ends)('%s', async (name, end, back) => {
    const [author] = await system.people(name.replaceAll(/\W/g, '').slice(-20))
    const post = await posted(author)
    const link = await linkTo(author, post, { expires_in: 3600 })
    const { page, picture } = await shown(link)
    expect([page.status, (await fetch(picture)).status]).toEqual([200, 200])
    await owner.logIn()
    await owner.prove()
    await end(author, link, post)
    await system.settle()
    await expectDead(link, picture)
    if (!back) return
    await back(author, link, post)
    await system.settle()
    expect((await open(link)).status).toBe(200)
  })
})

describe('a password', () => {
  test('is asked for before anything of the post is told, and counted only where it is right', async () => {
    const [dora] = await system.people('dora')
    const link = await linkTo(dora, await posted(dora, 'behind'), { password: 'open sesame' })
    const asks = await (await open(link)).text()
    expect(asks).toContain('type="password"')
    expect(asks).not.toMatch(/behind|dora|\/media\//)
    const wrong = await tryPassword(link, 'open barley')
    expect(wrong.status).toBe(403)
    expect(await wrong.text()).not.toContain('behind')
    expect((await fetch(system.baseUrl + link.path, { method: 'POST' })).status).toBe(403)
    const right = await tryPassword(link, 'open sesame')
    expect(await right.text()).toContain('behind')
    expect(await list(dora)).toMatchObject([{ has_password: true, opened_count: 1 }])
  })

  test('takes thirty tries an hour, from wherever they come', async () => {
    const [emil] = await system.people('emil')
    const link = await linkTo(emil, await posted(emil), { password: 'open sesame' })
    const statuses = await Promise.all(Array.from({ length: 31 }, () => tryPassword(link, 'a guess')))
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1)
    const late = await tryPassword(link, 'open sesame')
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true])
    await system.pass(3600)
    expect((await tryPassword(link, 'open sesame')).status).toBe(200)
  })
})

test('opening is limited by where it comes from', async () => {
  const tight = await startSystem({ beside: system, env: { RATE_LIMIT_MULTIPLIER: '0.005' } })
  const statuses: number[] = []
  for (let at = 0; at < 4; at++) statuses.push((await open({ path: '/l/never' }, tight)).status)
  await tight[Symbol.asyncDispose]()
  expect(statuses).toEqual([404, 404, 404, 429])
})

test('is made of one’s own published posts alone, a hundred at most, and seen by nobody else', async () => {
  const [fay, gus] = await system.people('fay', 'gus')
  const post = await posted(fay)
  await expect(linkTo(gus, post)).rejects.toMatchObject({ code: 'not_found' })
  await fay.api.postShelf.archive({ params: post })
  await expect(linkTo(fay, post)).rejects.toMatchObject({ code: 'link_refused' })
  await fay.api.postShelf.restore({ params: post })
  await expect(linkTo(fay, post, { password: 'short' })).rejects.toMatchObject({ code: 'validation_failed' })
  const made = await Promise.allSettled(Array.from({ length: 101 }, () => linkTo(fay, post)))
  expect(made.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'too_many_links' } },
  ])
  const [link] = await list(fay)
  await expect(gus.api.links.revoke({ params: link as PrivateLink })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await list(gus)).toEqual([])
  expect(await list(fay)).toHaveLength(100)
})

test('expired ones are listed for thirty days', async () => {
  const [hal] = await system.people('hal')
  await linkTo(hal, await posted(hal), { expires_in: 3600 })
  const sweep = () =>
    system.system.schedules.find(({ name }) => name === 'links.expired')?.run(new AbortController().signal)
  await system.pass(3601)
  await hal.logIn()
  await sweep()
  expect(await list(hal)).toMatchObject([{ works: false }])
  await system.pass(31 * 86_400)
  await hal.logIn()
  await sweep()
  expect(await list(hal)).toEqual([])
})

test('an address is read back, and no other one is', () => {
  const addresses = new Addresses('a secret')
  const id = '01890000-0000-7000-8000-0000000000ab' as LinkId
  const token = addresses.pathOf(id).slice('/l/'.length)
  expect(addresses.read(token)).toBe(id)
  const [body = '', mac = ''] = token.split('.')
  const wrong = mac[0] === 'A' ? 'B' : 'A'
  for (const one of ['', body, `${body}.`, `${body}.${wrong}${mac.slice(1)}`, `${token}x`, '../p'])
    expect(addresses.read(one)).toBeUndefined()
  expect(new Addresses('another secret').read(token)).toBeUndefined()
})
