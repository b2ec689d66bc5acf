import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaId } from '@tintype/contract'
import { makeClip, quarters, turned } from '@tintype/testkit/media/clips'
import { shortClip } from '@tintype/testkit/media/reels'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { barriersNow } from './axe.ts'
import { openStage } from './stage.ts'

const stage = openStage((system) => system.people('ana', 'ben'))

let folder: string
let clip: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tintype-video-'))
  clip = join(folder, 'IMG_7.MOV')
  await makeClip(clip, { format: 'mov', film: quarters(640, 360), seconds: 2, matrix: turned['90'] ?? [] })
})
afterAll(() => rm(folder, { recursive: true }))

/** What plays on the page: where each film is, and whether it is heard. */
const films = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>('video[data-film]')].map((film) => {
      const { currentTime, paused, muted, videoWidth, videoHeight } = film
      return { currentTime, paused, muted, videoWidth, videoHeight }
    }),
  )

/** Whether a canvas, a still or a film shows something, and no colour. */
function isGrey(shown: HTMLCanvasElement | HTMLVideoElement): boolean {
  const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 })
  const context = canvas.getContext('2d')
  context?.drawImage(shown, 0, 0, 32, 32)
  const { data = [] } = context?.getImageData(0, 0, 32, 32) ?? {}
  const colours = Array.from({ length: 32 * 32 }, (_, n) => [...data.slice(4 * n, 4 * n + 3)])
  const spread = colours.map((colour) => Math.max(...colour) - Math.min(...colour))
  return colours.some((colour) => Math.max(...colour) > 60) && Math.max(...spread) < 40
}

it('a clip from a phone is chosen, cut, slowed, given a filter and posted, and plays in the feed, silent until it is asked for', async () => {
  const page = await stage.visit({ as: { username: 'ana' } })
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Create' }).click()
  await page.getByRole('dialog', { name: 'Create' }).getByRole('button', { name: 'Post' }).click()
  const dialog = page.getByRole('dialog', { name: 'New post' })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose files' }).click(),
  ])
  await chooser.setFiles(clip)
  await dialog.getByLabel('Begins at').fill('0.5')
  await dialog.getByRole('radio', { name: '0.5×' }).click()
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByRole('radio', { name: 'Noir' }).click()
  const drawn = dialog.getByRole('button', { name: /with its filter/ })
  // Quarters of colours: what the canvas has of them is grey.
  await expect.poll(() => drawn.locator('canvas').evaluate(isGrey)).toBe(true)
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByRole('button', { name: 'Share' }).click()
  await page.getByText('Your post is up').waitFor()

  const post = page.getByRole('article').first()
  // Whoever asked for stillness presses play.
  await post.getByRole('button', { name: 'Play' }).waitFor()
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.reload()
  await post.getByRole('button', { name: 'Pause' }).waitFor()
  await expect
    .poll(async () => (await films(page))[0]?.currentTime ?? 0, { timeout: 20_000 })
    .toBeGreaterThan(0.2)
  const [film] = await films(page)
  // Upright, as it was drawn before.
  expect(film).toMatchObject({ videoWidth: 360, videoHeight: 640, muted: true, paused: false })
  expect(await page.locator('video[data-film]').first().evaluate(isGrey)).toBe(true)
  // Two seconds, of which half of one is left out, at half their speed.
  const seconds = await page
    .locator('video[data-film]')
    .first()
    .evaluate(({ duration }: HTMLVideoElement) => duration)
  expect(seconds).toBeGreaterThan(2.5)
  expect(seconds).toBeLessThan(3.5)
  await post.getByRole('button', { name: 'Turn sound on' }).click()
  expect((await films(page))[0]).toMatchObject({ muted: false })
  expect(await barriersNow(page, 'a film in the feed')).toEqual([])

  // Out of sight it rests.
  await post.getByRole('button', { name: 'Pause' }).click()
  await expect.poll(async () => (await films(page))[0]?.paused).toBe(true)
})

it('what is said in a film is read by who wants to, and the browser remembers', async () => {
  const [ana] = await stage.system.people('anna')
  const { post_id } = await ana.share({ photos: [await shortClip()] })
  await stage.settle()
  const [film] = (await ana.post(post_id)).media
  const params = { media_id: film?.media_id as MediaId }
  const text = 'WEBVTT\n\n00:00.000 --> 00:01.000\nLow tide'
  await ana.api.media.setCaptions({ params, body: { text, language: 'en' } })
  await stage.settle()
  const page = await stage.visit()
  await page.goto(`/p/${post_id}`)
  await page.getByRole('button', { name: 'Show captions' }).click()
  const said = () =>
    page.evaluate(() => {
      const [track] = document.querySelector<HTMLVideoElement>('video[data-film]')?.textTracks ?? []
      return { mode: track?.mode, lines: [...(track?.cues ?? [])].map((cue) => (cue as VTTCue).text) }
    })
  await expect.poll(said).toEqual({ mode: 'showing', lines: ['Low tide'] })
  await page.reload()
  await expect.poll(said).toEqual({ mode: 'showing', lines: ['Low tide'] })
  await page.getByRole('button', { name: 'Hide captions' }).click()
  expect(await said()).toMatchObject({ mode: 'disabled' })
})
