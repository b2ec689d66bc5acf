import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { quiet, turnTo } from './rest.ts'
import { openStage, type Size } from './stage.ts'

let postId: string
const stage = openStage(async (system) => {
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo', 'dora')
  await ben.follow(ana)
  await cleo.goPrivate()
  await ana.goPrivate()
  await cleo.follow(ana)
  await ana.goPublic()
  const post = await ana.share({
    caption: 'Evening #light with @ben',
    photos: [await photo(1), await photo(2)],
    alt_texts: ['Sun over a hill', 'The same, later'],
    location: { name: 'The hill', lat: 41.15, lon: -8.61 },
  })
  postId = post.post_id
  await ana.share({ caption: 'Second' })
  await system.settle()
  const first = await ben.comment(post, 'Lovely #light, @ana')
  await ana.comment(post, 'Thank you!', first)
  await ben.like(post)
  await ben.save(post)
  await system.settle()
})

const visitorScreens = {
  'log in': '/login',
  'sign up': '/signup',
  'forgot password': '/forgot-password',
  'reset password': '/reset-password?token=abc',
  'a link to prove an address': '/verify-email?token=abc',
  'a link to end mails': '/unsubscribe?token=abc',
  'a profile, logged out': '/ana',
  'a post, logged out': () => `/p/${postId}`,
  explore: '/explore',
  'a place, logged out': '/places/the%20hill',
  'nothing here': '/p/00000000-0000-7000-8000-000000000000',
}
const memberScreens = {
  home: '/',
  reels: '/reels',
  'going live': '/live',
  'a post': () => `/p/${postId}`,
  'a profile': '/ana',
  'a locked profile': '/cleo',
  'own profile': '/ben',
  followers: '/ana/followers',
  explore: '/explore',
  hashtag: '/tags/light',
  'a place': '/places/the%20hill',
  search: '/search?q=an',
  notifications: '/notifications',
  announcements: '/notifications/announcements',
  'filtered messages': '/direct/filtered',
  requests: '/requests',
  saved: '/saved',
  settings: '/settings',
  'settings: profile': '/settings/profile',
  'settings: privacy': '/settings/privacy',
  'settings: notifications': '/settings/notifications',
  'settings: email': '/settings/email',
  'settings: password': '/settings/password',
  'settings: sessions': '/settings/sessions',
  'settings: logins': '/settings/logins',
  'settings: circles': '/settings/circles',
  'settings: muted': '/settings/muted',
  'settings: restricted': '/settings/restricted',
  'settings: limit': '/settings/limit',
  'settings: quiet': '/settings/quiet',
  'settings: time': '/settings/time',
  'settings: viewing': '/settings/viewing',
  'settings: blocked': '/settings/blocked',
  'settings: data': '/settings/data',
  'settings: scheduled': '/settings/scheduled',
  'settings: private links': '/settings/links',
  'settings: apps': '/settings/apps',
  'settings: developer': '/settings/developer',
  'a device to connect': '/oauth/activate',
  'an app that asks wrongly': '/oauth/consent?q=abc',
  'settings: appearance': '/settings/appearance',
  'settings: delete': '/settings/delete',
}
/** Where nobody is followed and nothing is posted yet. */
const newcomerScreens = {
  home: '/',
  search: '/search',
  notifications: '/notifications',
  requests: '/requests',
  saved: '/saved',
  'own profile': '/dora',
  'a tag nobody wrote': '/tags/nothing',
  'a place nobody was at': '/places/nowhere',
  'nobody by that name': '/nobody.here',
  'nothing at that address': '/a/b/c',
}
type Screens = Record<string, string | (() => string)>

describe.each<Size>(['desktop', 'phone'])('no barrier on any screen, on a %s', (size) => {
  it('for visitors', () => checkAll({ size }, visitorScreens), 180_000)
  it('for members', () => checkAll({ size, as: { username: 'ben' } }, memberScreens), 300_000)
  it('for newcomers', () => checkAll({ size, as: { username: 'dora' } }, newcomerScreens), 180_000)
  it('in what opens over a screen', () => checkLayers(size), 120_000)
})

async function checkAll(visit: { size: Size; as?: { username: string } }, screens: Screens): Promise<void> {
  const page = await stage.visit(visit)
  const found: string[] = []
  for (const [name, path] of Object.entries(screens)) {
    await turnTo(page, typeof path === 'string' ? path : path())
    await settled(page)
    found.push(...(await barriers(page, name)))
  }
  expect(found).toEqual([])
}

async function checkLayers(size: Size): Promise<void> {
  const page = await stage.visit({ size, as: { username: 'ben' } })
  const found: string[] = []
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('button', { name: 'Switch account' }).click()
  await page.getByText('In use').waitFor()
  found.push(...(await barriers(page, 'accounts')))
  await page.goto('/ana')
  await settled(page)
  await page.getByRole('button', { name: 'Options' }).click()
  found.push(...(await barriers(page, 'menu of a profile')))
  await page.keyboard.press('Escape')
  await page
    .getByRole('link', { name: /Evening/ })
    .or(page.getByRole('link', { name: /Sun over a hill/ }))
    .first()
    .click()
  await page
    .getByText('Thank you!')
    .or(page.getByRole('button', { name: 'View 1 reply' }))
    .first()
    .waitFor()
  await quiet(page)
  found.push(...(await barriers(page, 'a post, opened from a profile')))
  expect(found).toEqual([])
}

/** The screen has its heading, and nothing is being fetched for it any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor({ state: 'attached' })
  await quiet(page)
}
