import { AxeBuilder } from '@axe-core/playwright'
import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openStage, type Size } from './stage.ts'

let postId: string
const stage = openStage(async (system) => {
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  await ben.follow(ana)
  await cleo.goPrivate()
  await ana.goPrivate()
  await cleo.follow(ana)
  await ana.goPublic()
  const post = await ana.share({
    caption: 'Evening #light with @ben',
    photos: [await photo(1), await photo(2)],
    alt_texts: ['Sun over a hill', 'The same, later'],
    location: { name: 'The hill' },
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
  'a profile, logged out': '/ana',
  'a post, logged out': () => `/p/${postId}`,
  explore: '/explore',
  'nothing here': '/p/00000000-0000-7000-8000-000000000000',
}
const memberScreens = {
  home: '/',
  'a post': () => `/p/${postId}`,
  'a profile': '/ana',
  'a locked profile': '/cleo',
  'own profile': '/ben',
  followers: '/ana/followers',
  explore: '/explore',
  hashtag: '/tags/light',
  search: '/search?q=an',
  notifications: '/notifications',
  requests: '/requests',
  saved: '/saved',
  settings: '/settings',
  'settings: profile': '/settings/profile',
  'settings: privacy': '/settings/privacy',
  'settings: password': '/settings/password',
  'settings: sessions': '/settings/sessions',
  'settings: blocked': '/settings/blocked',
  'settings: appearance': '/settings/appearance',
  'settings: delete': '/settings/delete',
}
type Screens = Record<string, string | (() => string)>

describe.each<Size>(['desktop', 'phone'])('no barrier on any screen, on a %s', (size) => {
  it('for visitors', () => checkAll({ size }, visitorScreens), 90_000)
  it('for members', () => checkAll({ size, as: { username: 'ben' } }, memberScreens), 180_000)
})

async function checkAll(visit: { size: Size; as?: { username: string } }, screens: Screens): Promise<void> {
  const page = await stage.visit(visit)
  const barriers: string[] = []
  for (const [name, path] of Object.entries(screens)) {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(typeof path === 'string' ? path : path())
    await settled(page)
    barriers.push(...(await barriersOf(page, new AxeBuilder({ page }), name)))
    await page.emulateMedia({ colorScheme: 'dark' })
    await atRest(page)
    // The same elements in other colours.
    barriers.push(
      ...(await barriersOf(page, new AxeBuilder({ page }).withRules('color-contrast'), `${name}, dark`)),
    )
  }
  expect(barriers).toEqual([])
}

async function barriersOf(page: Page, axe: AxeBuilder, name: string): Promise<string[]> {
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => target.join(' ')).slice(0, 3)
    return `${name}: ${id}, ${help}: ${where.join(' | ')}`
  })
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  return sideways > 0 ? [...found, `${name}: scrolls sideways by ${sideways} px`] : found
}

/** The screen has its heading, nothing is being fetched for it any more, and its colours have come to rest. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
  await atRest(page)
}

const atRest = (page: Page) =>
  page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
