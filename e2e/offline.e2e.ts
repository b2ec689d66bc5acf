import { photo } from '@tintype/testkit'
import { expect, it } from 'vitest'
import { postBy } from './pages/post.ts'
import { openStage } from './stage.ts'

const stage = openStage()

it('shows the last feed and explore, pictures included, when the network is gone', async () => {
  const [ana, ben, cleo] = await stage.system.people('ana', 'ben', 'cleo')
  await ben.follow(ana)
  await ana.share({ caption: 'Before the tunnel', photos: [await photo(7)], alt_texts: ['Last light'] })
  await cleo.share({ caption: 'Elsewhere', photos: [await photo(8)], alt_texts: ['First snow'] })
  await stage.settle()
  const page = await stage.visit({ as: ben, size: 'phone', withWorker: true })
  await page.goto('/')
  await postBy(page, 'ana').getByText('Before the tunnel').waitFor()
  // Whether it takes over this page as well depends on which was there first.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  // The first load came before the worker was there; the second goes through it.
  await page.reload()
  await postBy(page, 'ana').getByText('Before the tunnel').waitFor()
  await page.goto('/explore')
  await page.getByRole('link', { name: /First snow/ }).waitFor()
  await page.goto('/')
  await postBy(page, 'ana').getByText('Before the tunnel').waitFor()
  await page.waitForFunction(listsAndPictureAreKept)
  await page.context().setOffline(true)
  await page.reload()
  await postBy(page, 'ana').getByText('Before the tunnel').waitFor()
  await page.getByText('You are offline. This is what was here last.').waitFor()
  const shown = await page
    .getByRole('img', { name: 'Last light' })
    .evaluate((image) => (image as HTMLImageElement).naturalWidth)
  expect(shown).toBeGreaterThan(0)

  await page.goto('/explore')
  await page.getByRole('link', { name: /First snow/ }).waitFor()
  await page.waitForFunction(() =>
    [...document.images].some(({ alt, naturalWidth }) => alt === 'First snow' && naturalWidth > 0),
  )
  await page.goto('/')

  // An error says what is true, and stands beside the note, not over it.
  await postBy(page, 'ana').getByRole('button', { name: 'Like', exact: true }).click()
  const said = await page.getByText('You are offline. Try again when you are connected.').boundingBox()
  const note = await page.getByText('You are offline. This is what was here last.').boundingBox()
  expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(note?.y ?? 0)
})

/** Runs in the page: the worker has put away what it will show without a network. It does so after the page has its answer. */
async function listsAndPictureAreKept(): Promise<boolean> {
  const cache = await caches.open('tintype-offline')
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname)
  return ['/api/v1/feed/home', '/api/v1/feed/explore', '/media/'].every((start) =>
    paths.some((path) => path.startsWith(start)),
  )
}
