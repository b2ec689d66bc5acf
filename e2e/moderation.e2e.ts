import { scenery } from '@tintype/testkit'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { barriers } from './axe.ts'
import { openAndWait, quiet, turnTo } from './rest.ts'
import { openStage } from './stage.ts'

let postId = ''
let copyAgain = async () => {}
const stage = openStage(async (system) => {
  const [olga, , ana, ben] = await system.people('olga', 'mona', 'ana', 'ben')
  await olga.api.moderation.giveRole({ params: { username: 'mona' }, body: { role: 'moderator' } })
  const photos = [await scenery(1)]
  copyAgain = async () => {
    await ben.share({ photos })
    await system.settle()
  }
  const post = await ana.share({ caption: 'Buy my tickets', photos })
  postId = post.post_id
  await system.settle()
})

/** Nothing of a screen keeps anybody out. */
async function assertOpen(page: Page, name: string): Promise<void> {
  await quiet(page)
  expect(await barriers(page, name)).toEqual([])
}

it('a report on a phone is decided at a desk; its author is told, appeals, and has it back', async () => {
  const ben = await stage.visit({ as: { username: 'ben' }, size: 'phone' })
  await openAndWait(ben, `/p/${postId}`)
  await ben.getByRole('button', { name: 'Options for this post' }).first().click()
  await ben
    .getByRole('menuitem', { name: 'Report…' })
    .or(ben.getByRole('button', { name: 'Report…' }))
    .click()
  const dialog = ben.getByRole('dialog', { name: 'Report' })
  await dialog.getByLabel('Advertising or fraud').check()
  await assertOpen(ben, 'report')
  await dialog.getByRole('button', { name: 'Send report' }).click()
  await dialog.getByRole('button', { name: 'Block ana' }).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()

  const mona = await stage.visit({ as: { username: 'mona' } })
  await openAndWait(mona, '/moderation')
  await mona.getByRole('link', { name: 'Post by ana' }).click()
  await mona.getByRole('heading', { name: 'Decide' }).waitFor()
  await assertOpen(mona, 'case')
  await mona.getByLabel('To the member').fill('No selling here, please.')
  await mona.getByRole('button', { name: 'Do it' }).click()
  await mona.getByText('Removed: only its author sees it.').waitFor()
  await stage.settle()

  await copyAgain()
  await openAndWait(mona, '/moderation')
  await mona.getByRole('link', { name: 'Post by ben' }).click()
  await mona.getByRole('heading', { name: 'It looks like what was removed' }).waitFor()
  await assertOpen(mona, 'a copy')
  await mona.getByText('Recognised by itself').waitFor()

  const ana = await stage.visit({ as: { username: 'ana' } })
  await openAndWait(ana, '/notifications')
  await ana.getByRole('link', { name: 'See your account status' }).click()
  await ana.getByText('No selling here, please.').waitFor()
  await ana.getByRole('button', { name: 'Ask for another look' }).click()
  await ana.getByLabel('Why should the moderators look again?').fill('I give them away')
  await assertOpen(ana, 'status')
  await ana.getByRole('button', { name: 'Send' }).click()
  await ana.getByText('Waits for an answer').waitFor()

  const olga = await stage.visit({ as: { username: 'olga' }, size: 'phone' })
  await openAndWait(olga, '/moderation')
  for (const section of ['members', 'doors', 'security', 'rules', 'automatic', 'audit', 'numbers', 'queue']) {
    await turnTo(olga, `/moderation/${section}`)
    await assertOpen(olga, section)
  }
  await turnTo(olga, '/moderation/appeals')
  await olga.getByText('I give them away').waitFor()
  await assertOpen(olga, 'appeals')
  await olga.getByRole('button', { name: 'Grant: take it back' }).click()
  await olga.getByText('No appeal waits').waitFor()
  await stage.settle()
  await openAndWait(ben, `/p/${postId}`)
  await ben.getByRole('button', { name: 'Options for this post' }).first().waitFor()
})
