import { type Person, photo } from '@tintype/testkit'
import { describe, expect, it } from 'vitest'
import { tightSpots } from './layout.ts'
import { quiet, turnTo } from './rest.ts'
import { openStage, type Size } from './stage.ts'

/** As long as may be, without a blank to break at. */
const long = (length: number, letter = 'W') => letter.repeat(length)
const WIDE = `w${long(28, 'w')}`

let postId = ''
let asking = ''
const stage = openStage(async (system) => {
  const [olga, wide, ben] = await system.people('olga', WIDE, 'ben')
  await olga.api.community.update({
    body: { name: long(60), description: long(300), registration: 'open' },
  })
  await wide.api.members.update({
    body: { full_name: long(64), bio: long(150), link: `https://example.org/${long(150)}` },
  })
  await ben.follow(wide)
  const post = await wide.share({
    caption: `${long(1500)} #${long(80, 't')} @ben`,
    photos: [await photo(1), await photo(2)],
    alt_texts: [long(200), long(200)],
    location: { name: long(100), lat: 41.15, lon: -8.61 },
  })
  postId = post.post_id
  asking = await askedBy(wide)
  await ben.share({ caption: 'Short' })
  await system.settle()
  const first = await wide.comment(post, long(1000))
  await ben.comment(post, `@${WIDE} ${long(400)}`, first)
  await wide.follow(ben)
  await wide.like(post)
  await system.settle()
})

/** How an app asks that was made by them. */
async function askedBy({ api }: Person): Promise<string> {
  const redirect = `https://${long(60)}.${long(60)}.example/cb`
  const { app } = await api.developer.register({
    body: {
      name: long(60),
      website: `https://${long(60)}.example`,
      redirect_uris: [redirect],
      scopes: ['read', 'messages'],
      confidential: true,
    },
  })
  const query = {
    client_id: app.app_id,
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'read messages',
  }
  return Buffer.from(new URLSearchParams(query).toString()).toString('base64url')
}

const screens: Record<string, () => string> = {
  home: () => '/',
  'a post': () => `/p/${postId}`,
  'a profile': () => `/${WIDE}`,
  followers: () => '/ben/followers',
  'a tag': () => `/tags/${long(80, 't')}`,
  'a tag of nobody': () => `/tags/${long(100, 'x')}`,
  'a place': () => `/places/${long(100)}`,
  'a place of nobody': () => `/places/${long(100, 'x')}`,
  search: () => `/search?q=${WIDE.slice(0, 20)}`,
  'a search for nobody': () => `/search?q=${long(100, 'z')}`,
  notifications: () => '/notifications',
  announcements: () => '/notifications/announcements',
  explore: () => '/explore',
  reels: () => '/reels',
  'going live': () => '/live',
  inbox: () => '/direct/inbox',
  'filtered messages': () => '/direct/filtered',
  'settings: profile': () => '/settings/profile',
  'settings: sessions': () => '/settings/sessions',
  'settings: logins': () => '/settings/logins',
  'settings: circles': () => '/settings/circles',
  'settings: limit': () => '/settings/limit',
  'settings: quiet': () => '/settings/quiet',
  'settings: time': () => '/settings/time',
  'settings: viewing': () => '/settings/viewing',
  'settings: data': () => '/settings/data',
  'settings: private links': () => '/settings/links',
  'settings: developer': () => '/settings/developer',
  'an app that asks': () => `/oauth/consent?q=${asking}`,
  'nobody here': () => `/${long(30, 'q')}`,
  'nothing here': () => `/${long(40, 'a')}/${long(40, 'b')}/c`,
}

describe.each<Size>(['small', 'phone', 'tablet', 'desktop'])('the longest texts fit, on a %s', (size) => {
  it('on every screen of a member', async () => {
    const page = await stage.visit({ size, as: { username: 'ben' } })
    const found: string[] = []
    for (const [name, path] of Object.entries(screens)) {
      await turnTo(page, path())
      await quiet(page)
      found.push(...(await tightSpots(page, name)))
    }
    expect(found).toEqual([])
  }, 180_000)

  it('before the log-in', async () => {
    const page = await stage.visit({ size })
    const found: string[] = []
    for (const path of ['/login', '/signup', '/explore', `/${WIDE}`, `/p/${postId}`, '/a/b/c']) {
      await turnTo(page, path)
      await quiet(page)
      found.push(...(await tightSpots(page, path.slice(0, 12))))
    }
    expect(found).toEqual([])
  }, 120_000)

  it('in a menu', async () => {
    const page = await stage.visit({ size, as: { username: 'ben' } })
    await page.getByRole('button', { name: 'Options for this post' }).first().click()
    await page.getByRole('button', { name: 'Copy link' }).waitFor()
    expect(await tightSpots(page, 'menu')).toEqual([])
  })

  it('in the list of accounts', async () => {
    const page = await stage.visit({ size, as: { username: WIDE } })
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('button', { name: 'Switch account' }).click()
    await page.getByRole('dialog', { name: 'Accounts in this browser' }).getByText('In use').waitFor()
    expect(await tightSpots(page, 'accounts')).toEqual([])
  })
})
