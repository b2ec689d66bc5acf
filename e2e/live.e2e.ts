import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { comment } from './pages/post.ts'
import { openStage } from './stage.ts'

let path: string
const stage = openStage(async (system) => {
  const [ana] = await system.people('ana', 'ben')
  const post = await ana.share({ caption: 'Low tide' })
  path = `/p/${post.post_id}`
  await system.settle()
})

const postOn = (page: Page) => page.getByRole('article').first()

/** The post open at its own address, with its socket ready and its topic joined. */
async function open(page: Page) {
  const joined = new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).startsWith('{"type":"post.counted"')) resolve()
      })
    })
  })
  await page.goto(path)
  await joined
}

it('a like and a comment appear on the open post of somebody else, without anything being pressed', async () => {
  const ana = await stage.visit({ as: { username: 'ana' } })
  await open(ana)
  const ben = await stage.visit({ as: { username: 'ben' }, size: 'phone' })
  await open(ben)
  await postOn(ben).getByRole('button', { name: 'Like', exact: true }).click()
  await stage.settle()
  await ana.getByText('1 like', { exact: true }).waitFor()
  await comment(postOn(ben), 'Where is the sea?')
  await stage.settle()
  await ana.getByText('Where is the sea?').waitFor()
  await comment(postOn(ana), 'It comes back at six.')
  await stage.settle()
  await ben.getByText('It comes back at six.').waitFor()
  expect(await ben.getByText('It comes back at six.').count()).toBe(1)
  expect(await ana.getByText('It comes back at six.').count()).toBe(1)
})
