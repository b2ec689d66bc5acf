import { shortClip } from '@tintype/testkit/media/reels'
import type { Page } from 'playwright-core'
import { expect, it, vi } from 'vitest'
import { barriers, barriersNow } from './axe.ts'
import { openStage } from './stage.ts'

const stage = openStage(async (system) => {
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo', 'dora')
  const photos = [await shortClip()]
  const caption = `Low tide, ${'and the sea goes on and on, '.repeat(12)} #tide`
  const reels = [
    await ana.share({ photos, caption, reel: { share_sound: true } }),
    await ben.share({ photos, caption: 'Short', reel: {} }),
  ]
  await system.settle()
  for (const reel of reels) await cleo.comment(reel, 'Look at that')
  await system.settle()
})

/** Of the film that is looked at. */
const playing = (page: Page) =>
  page.evaluate(() => {
    const films = [...document.querySelectorAll<HTMLVideoElement>('article [data-film]')]
    const shown = films.filter((film) => !film.closest('[inert]'))
    const [film] = shown
    return {
      shown: shown.length,
      running: films.filter((one) => !one.paused).length,
      at: film?.currentTime ?? 0,
      paused: film?.paused,
      muted: film?.muted,
      reel: film?.closest('[data-reel]')?.getAttribute('data-reel'),
    }
  })
const plays = (page: Page) =>
  expect.poll(async () => (await playing(page)).at, { timeout: 15_000 }).toBeGreaterThan(0.2)

it('reels play one at a time, by swipes and keys; two taps like, comments lie over them, sound is remembered', async () => {
  const page = await stage.visit({ as: { username: 'dora' }, size: 'phone' })
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reels' }).click()
  const feed = page.getByRole('feed', { name: 'Reels' })
  const current = feed.getByRole('article').filter({ has: page.locator('[data-film]:not([inert] *)') })
  // Whoever asked for stillness presses play.
  await current.getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect(await barriers(page, 'reels on a phone')).toEqual([])
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.reload()
  await plays(page)
  const first = await playing(page)
  expect(first).toMatchObject({ shown: 1, running: 1, muted: true, paused: false })

  await current.getByRole('button', { name: 'Turn sound on' }).click()
  expect(await playing(page)).toMatchObject({ muted: false })
  const middle = { x: 195, y: 320 }
  await page.mouse.dblclick(middle.x, middle.y)
  await current.getByRole('button', { name: 'Unlike' }).waitFor()
  await current.getByRole('img', { name: '1 like' }).waitFor()
  await page.mouse.click(middle.x, middle.y)
  await expect.poll(async () => (await playing(page)).paused).toBe(true)

  await feed.evaluate((element) => element.scrollBy({ top: element.clientHeight }))
  await expect.poll(async () => (await playing(page)).reel).not.toBe(first.reel)
  await plays(page)
  expect(await playing(page)).toMatchObject({ shown: 1, running: 1, muted: false })
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => feed.evaluate((element) => element.scrollTop)).toBe(0)
  expect(await playing(page)).toMatchObject({ reel: first.reel })
  await page.keyboard.press('m')
  await expect.poll(async () => (await playing(page)).muted).toBe(true)

  await current.getByRole('button', { name: 'Comments' }).click()
  const sheet = page.getByRole('dialog', { name: 'Comments' })
  await sheet.getByText('Look at that').waitFor()
  expect(await barriersNow(page, 'comments of a reel')).toEqual([])
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
})

it('a clip is shared as a reel with the sound of another, and stands on the profile with its plays', async () => {
  const page = await stage.visit({ as: { username: 'dora' } })
  await page.goto('/reels')
  const sound = page.getByRole('link', { name: 'Sound by ana' })
  if (!(await sound.isVisible())) await page.getByRole('button', { name: 'Next reel' }).click()
  await sound.click()
  await page.getByRole('list', { name: 'Reels with this sound' }).waitFor()
  expect(await barriers(page, 'a sound')).toEqual([])
  await page.getByRole('button', { name: 'Use this sound' }).click()
  const dialog = page.getByRole('dialog', { name: 'New post' })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose files' }).click(),
  ])
  const { bytes: buffer, content_type: mimeType } = await shortClip()
  await chooser.setFiles({ name: 'reel.mp4', mimeType, buffer })
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByText('With the sound of a reel by ana').waitFor()
  expect(await barriersNow(page, 'a reel in the composer')).toEqual([])
  await dialog.getByRole('button', { name: 'Share' }).click()
  await page.getByText('Your post is up').waitFor()

  await page.goto('/dora')
  await page.getByRole('tab', { name: 'Reels' }).click()
  const tile = page.getByRole('list', { name: 'Reels by dora' }).getByRole('link')
  await tile.getByText('0 plays').waitFor()
  expect(await barriers(page, 'reels of a profile')).toEqual([])
  await tile.click()
  await page.getByRole('feed', { name: 'Reels by dora' }).waitFor()
  await page.getByText('Original sound · ana').waitFor()
  expect(await barriers(page, 'reels on a desktop')).toEqual([])
})

it('a reel is recorded clip by clip, lined up, kept over a reload, and shown as it was put together', async () => {
  const page = await stage.visit({ as: { username: 'dora' } })
  const clips = () => page.getByRole('list', { name: 'Clips' }).getByRole('listitem').count()
  const record = async (ms: number) => {
    const before = await clips()
    // A busy machine's camera may begin so late that there is too little to be a clip: then once more, for longer.
    for (let time = ms; (await clips()) === before; time *= 2) {
      await page.getByRole('button', { name: 'Record', exact: true }).click()
      await page.waitForTimeout(time)
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
      await page.getByRole('button', { name: 'Record', exact: true }).waitFor()
    }
  }
  const begin = async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Create' }).click()
    await page.getByRole('dialog', { name: 'Create' }).getByRole('button', { name: 'Post' }).click()
    await page.getByRole('button', { name: 'Record a reel' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Record', exact: true }).isEnabled()).toBe(true)
  }
  await page.goto('/')
  await begin()
  expect(await barriersNow(page, 'before recording')).toEqual([])
  await record(3000)
  await page.getByLabel('The end of your last clip').waitFor()
  await page.reload()
  await begin()
  await page.getByRole('button', { name: /^Clip 1/ }).waitFor()
  await page.getByRole('radio', { name: '2×' }).check({ force: true })
  await record(4000)
  await page.getByRole('button', { name: /^Clip 2/ }).click()
  expect(await barriersNow(page, 'with clips')).toEqual([])
  await page.getByRole('button', { name: 'Move clip 2 earlier' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('2 clips, in the order and at the speed that you chose.').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Caption').fill('Recorded here')
  expect(await page.getByRole('switch', { name: 'Share as a reel' }).isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Share', exact: true }).click()

  const visitor = stage.system.visitor()
  const made = await vi.waitFor(
    async () => {
      await stage.settle()
      const [post] = (await visitor.api.reels.ofMember({ params: { username: 'dora' }, query: {} })).items
      if (post?.status !== 'published') throw new Error('not yet')
      return post
    },
    { timeout: 40_000, interval: 250 },
  )
  const [film] = made.media
  // Three seconds as they were, four at twice their speed; a busy machine records what it can.
  expect(film?.type === 'video' && film.duration_ms).toBeGreaterThan(500)
  expect(film?.type === 'video' && film.duration_ms).toBeLessThan(12_000)
  expect(film).toMatchObject({ has_sound: true })
  expect(made.reel).not.toBeNull()
})
