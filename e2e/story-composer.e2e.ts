import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeClip, quarters } from '@tintype/testkit/media/clips'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { chooseFile, choosePicture, openStoryComposer, share, write } from './pages/story.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage((system) => system.people('ana', 'anders'))

interface ShownStory {
  status: string
  media: { type: string; url: string; width: number; height: number; alt_text: string } | null
  stickers: { kind: string; x: number; y: number; width: number }[]
}

/** The member's stories as the API shows them. */
const storiesOf = (page: Page, username: string): Promise<ShownStory[]> =>
  page.evaluate(async (name) => {
    const reply = await fetch(`/api/v1/users/${name}/stories`, { headers: { 'x-tintype-csrf': '1' } })
    return ((await reply.json()) as { data: { stories: ShownStory[] } }).data.stories
  }, username)

describe('the story composer', () => {
  it('posts words alone, as a picture that says what they are', async () => {
    const page = await stage.visit({ size: 'phone', as: { username: 'ana' } })
    const dialog = await openStoryComposer(page)
    await dialog.getByRole('button', { name: 'Write without a picture' }).click()
    await write(dialog, 'The boats are in')
    await share(dialog)
    await page.getByText('Your story is up').waitFor()
    const [story] = await storiesOf(page, 'ana')
    expect(story).toMatchObject({ status: 'published', media: { alt_text: 'The boats are in' } })
    expect((story?.media?.width ?? 0) / (story?.media?.height ?? 1)).toBeCloseTo(9 / 16, 2)
  })

  it('posts a picture with a text and a poll, moved by hand', async () => {
    const page = await stage.visit({ as: { username: 'anders' } })
    const dialog = await openStoryComposer(page)
    await choosePicture(page, dialog, 'lighthouse')
    await write(dialog, 'Which way?')
    await dialog.getByRole('button', { name: 'Stickers' }).click()
    await dialog.getByRole('button', { name: 'Poll' }).click()
    await dialog.getByRole('textbox', { name: 'Answer 1' }).fill('North')
    await dialog.getByRole('textbox', { name: 'Answer 2' }).fill('South')
    await dialog.getByRole('button', { name: 'Add to the story' }).click()
    const poll = dialog.getByRole('button', { name: 'Poll', exact: true })
    const before = await poll.boundingBox()
    if (!before) throw new Error('no poll')
    // Far down and out: it stays in the safe area.
    await page.mouse.move(before.x + before.width / 2, before.y + 12)
    await page.mouse.down()
    await page.mouse.move(before.x + before.width / 2, before.y + 400, { steps: 5 })
    await page.mouse.move(before.x + before.width / 2, before.y + 900, { steps: 5 })
    await page.mouse.up()
    await share(dialog)
    await page.getByText('Your story is up').waitFor()
    const [story] = await storiesOf(page, 'anders')
    expect(story?.stickers).toMatchObject([{ kind: 'poll', width: 0.68 }])
    expect(story?.stickers[0]?.y).toBeGreaterThan(0.64)
    expect(story?.stickers[0]?.y).toBeLessThan(0.86)
    expect(story?.media?.alt_text).toBe('Which way?')
  })

  it('posts a film with a text over it, which plays for whoever opens it', async () => {
    const page = await stage.visit({ as: { username: 'ana' } })
    const dialog = await openStoryComposer(page)
    const folder = await mkdtemp(join(tmpdir(), 'tintype-story-film-'))
    const clip = join(folder, 'boat.mp4')
    await makeClip(clip, { film: quarters(320, 240), seconds: 2 })
    await chooseFile(page, dialog, clip)
    await write(dialog, 'Under way')
    await share(dialog)
    await page.getByText('Your story is up').waitFor({ timeout: 60_000 })
    // The browser reads a chosen file until it is sent.
    await rm(folder, { recursive: true })
    const story = (await storiesOf(page, 'ana')).at(-1)
    expect(story?.media).toMatchObject({ type: 'video', width: 720, height: 1280, alt_text: 'Under way' })
    await page.goto('/stories/ana')
    const viewer = page.getByRole('region', { name: /ana/ }).first()
    const at = () => viewer.locator('video').evaluate((film: HTMLVideoElement) => film.currentTime)
    await expect.poll(at, { timeout: 30_000 }).toBeGreaterThan(0.2)
  })

  it('shows a HEIC picture that the browser cannot, so that it can be drawn on', async () => {
    const page = await stage.visit({ as: { username: 'anders' } })
    const dialog = await openStoryComposer(page)
    await chooseFile(
      page,
      dialog,
      fileURLToPath(new URL('../testkit/src/media/upright.heic', import.meta.url)),
    )
    await share(dialog)
    await page.getByText('Your story is up').waitFor()
  })

  it('keeps a draft over a reload', async () => {
    const page = await stage.visit({ as: { username: 'ana' } })
    const dialog = await openStoryComposer(page)
    await choosePicture(page, dialog, 'fjord')
    await write(dialog, 'Unfinished')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Keep as draft' }).click()
    await page.getByText('Draft kept.').waitFor()
    // The composer takes its entry out of the history when it has closed; a reload in that moment would be broken off.
    await page.waitForFunction(() => history.state?.storyComposer !== true)
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await openStoryComposer(page)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await dialog.getByRole('button', { name: 'Text: Unfinished' }).waitFor()
    await dialog.getByRole('application', { name: 'The picture of this story' }).waitFor()
  })

  it('makes one story, though its answer was lost and the page was left', async () => {
    const page = await stage.visit({ as: { username: 'ana' } })
    page.on('dialog', (dialog) => dialog.accept())
    const before = (await storiesOf(page, 'ana')).length
    await page.route('**/api/v1/stories', async (route) => {
      await route.fetch()
      await route.abort()
    })
    const dialog = await openStoryComposer(page)
    await dialog.getByRole('button', { name: 'Write without a picture' }).click()
    await write(dialog, 'Once only')
    await share(dialog)
    await page.getByText('The connection falters. Trying again…').waitFor()
    await page.reload()
    // Answers are lost until the page is back: none slips through before it is left.
    await page.getByText('The connection falters. Trying again…').waitFor()
    await page.unrouteAll({ behavior: 'wait' })
    await page.getByText('Your story is up').waitFor()
    expect(await storiesOf(page, 'ana')).toHaveLength(before + 1)
  })

  it.each<Size>(['desktop', 'phone'])(
    'has no barrier in any panel, on a %s',
    async (size) => {
      const page = await stage.visit({ size, as: { username: 'anders' } })
      const dialog = await openStoryComposer(page)
      const found = await barriers(page, 'start')
      await choosePicture(page, dialog, 'tahoe')
      found.push(...(await barriers(page, 'studio')))
      for (const tool of ['Text', 'Draw', 'Emoji', 'Stickers', 'Picture']) {
        await dialog.getByRole('button', { name: tool, exact: true }).click()
        found.push(...(await barriers(page, tool)))
        await dialog.getByRole('button', { name: 'Done' }).click()
      }
      for (const kind of ['Mention', 'Place', 'Quiz', 'Slider', 'Countdown', 'Link']) {
        await dialog.getByRole('button', { name: 'Stickers', exact: true }).click()
        await dialog.getByRole('button', { name: kind, exact: true }).click()
        found.push(...(await barriers(page, kind)))
        await dialog.getByRole('button', { name: 'Done' }).click()
      }
      await write(dialog, 'A text')
      await dialog.getByRole('button', { name: 'Text: A text' }).focus()
      found.push(...(await barriers(page, 'selected')))
      await dialog.getByRole('button', { name: 'Next' }).click()
      found.push(...(await barriers(page, 'share')))
      expect(found).toEqual([])
    },
    240_000,
  )
})
