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

describe.each([
  { size: 'desktop', scheme: 'light' },
  { size: 'desktop', scheme: 'dark' },
  { size: 'phone', scheme: 'light' },
  { size: 'phone', scheme: 'dark' },
] as const)('no barrier on any screen, $size, $scheme', ({ size, scheme }) => {
  it('for visitors', () => checkAll({ size, scheme }, visitorScreens))
  it('for members', () => checkAll({ size, scheme, as: 'ben' }, memberScreens), 120_000)
})

async function checkAll(
  look: { size: Size; scheme: 'light' | 'dark'; as?: string },
  screens: Screens,
): Promise<void> {
  const page = await stage.visit({ ...look, as: look.as ? { username: look.as } : undefined })
  const barriers: string[] = []
  for (const [name, path] of Object.entries(screens)) {
    await page.goto(typeof path === 'string' ? path : path())
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, help, nodes } of violations)
      barriers.push(
        `${name}: ${id}, ${help}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
      )
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (sideways > 0) barriers.push(`${name}: scrolls sideways by ${sideways} px`)
  }
  expect(barriers).toEqual([])
}

/** The screen has its heading and nothing is being fetched for it any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor({ state: 'attached' })
  await page.waitForLoadState('networkidle')
}
