import { photo } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { quiet } from './rest.ts'
import { openStage, type Size } from './stage.ts'

const stage = openStage()

const picture = (seed: number) => photo(seed, { width: 360, height: 640 })
const at = { x: 0.5, width: 0.6, rotation: 0 }

async function person(name: string) {
  const [someone] = await stage.system.people(name)
  return someone
}

const viewer = (page: Page, name: string) => page.getByRole('dialog', { name: `Stories of ${name}` })

/** As somebody sees it who looks before they press: what is pressed earlier leads there as well, by loading the page anew. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await quiet(page)
}

/** The stories of a member, without their going on by themselves. */
async function pause(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click()
}

it('a story is posted, seen in another browser, and its author sees by whom', async () => {
  const [cleo, dora] = await stage.system.people('cleo', 'dora')
  await dora.follow(cleo)
  const story = await cleo.story({ photo: await picture(3), alt_text: 'A quiet harbour' })
  await stage.settle()
  const theirs = await stage.visit({ as: dora, size: 'phone' })
  await open(theirs, '/')
  await theirs.getByRole('link', { name: 'Story of cleo, not seen yet' }).click()
  await theirs.getByRole('img', { name: 'A quiet harbour' }).waitFor()
  await theirs.getByRole('button', { name: 'React with 👏' }).click()
  await theirs.getByRole('button', { name: 'React with 👏', pressed: true }).waitFor()
  await quiet(theirs)
  await theirs.keyboard.press('Escape')
  const ring = theirs.getByRole('link', { name: 'Story of cleo', exact: true })
  await ring.waitFor()
  await expect.poll(() => ring.evaluate((link) => link === document.activeElement)).toBe(true)
  await stage.settle()
  const own = await stage.visit({ as: cleo })
  await open(own, `/stories/cleo/${story.story_id}`)
  await own.getByRole('button', { name: 'Seen by 1' }).click()
  const viewers = own.getByRole('dialog', { name: 'Your story' })
  await viewers.getByRole('link', { name: /dora/ }).waitFor()
  await viewers.getByText('👏').waitFor()
})

describe.each<Size>(['desktop', 'phone'])('no barrier, on a %s', (size) => {
  it('in the row, the viewer and what opens over it, the archive and the settings', async () => {
    const [author, reader] = [await person(`author_${size}`), await person(`reader_${size}`)]
    if (!author || !reader) throw new Error('nobody came')
    await reader.follow(author)
    const story = await author.story({
      photo: await picture(4),
      alt_text: 'Plates on a line',
      stickers: [
        { kind: 'poll', ...at, y: 0.35, question: 'Bellows or box?', options: ['Bellows', 'Box'] },
        { kind: 'question', ...at, y: 0.65, question: 'What shall I show?' },
        { kind: 'link', ...at, y: 0.85, width: 0.4, url: 'https://example.org/plates', label: 'More' },
      ],
    })
    await stage.settle()
    await author.api.highlights.create({
      body: { title: 'Plates', story_ids: [story.story_id], cover_story_id: story.story_id },
    })
    await stage.settle()
    const page = await stage.visit({ as: reader, size })
    await open(page, '/')
    await page.getByRole('link', { name: `Story of ${author.username}, not seen yet` }).waitFor()
    expect(await barriers(page, size)).toEqual([])
    await open(page, `/${author.username}`)
    await page.getByRole('link', { name: 'Highlight Plates' }).waitFor()
    expect(await barriers(page, size)).toEqual([])
    await open(page, `/stories/${author.username}`)
    await page.getByRole('img', { name: 'Plates on a line' }).waitFor()
    await pause(page)
    await page.getByRole('button', { name: /^Bellows/ }).click()
    await page.getByRole('button', { name: /^Bellows\W+100%/ }).waitFor()
    expect(await barriers(page, size)).toEqual([])
    await page.getByRole('button', { name: 'Options' }).click()
    await page.getByRole('button', { name: /^Mute stories/ }).waitFor()
    expect(await barriers(page, size)).toEqual([])
    await page.keyboard.press('Escape')
    await viewer(page, author.username).waitFor()
    const own = await stage.visit({ as: author, size })
    await open(own, `/stories/${author.username}`)
    await own.getByRole('button', { name: /^Seen by|^Nobody/ }).click()
    await own.getByRole('tab', { name: 'Answers' }).click()
    await own.getByText('chose “Bellows”').waitFor()
    expect(await barriers(own, size)).toEqual([])
    for (const path of ['/archive', '/settings/stories', `/${author.username}`]) {
      await open(own, path)
      expect(await barriers(own, path)).toEqual([])
    }
    await own.getByRole('button', { name: 'New highlight' }).click()
    await own.getByLabel('Title').waitFor()
    expect(await barriers(own, size)).toEqual([])
  }, 180_000)
})
