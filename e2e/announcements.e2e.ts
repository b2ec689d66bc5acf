import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { barriersNow } from './axe.ts'
import { openAndWait } from './rest.ts'
import { openStage, type Size } from './stage.ts'

/** The first is the owner. */
const stage = openStage((system) => system.people('olga', 'ben'))

describe.each<Size>(['desktop', 'phone'])('on a %s', (size) => {
  it('the owner announces something, a member is told at once and reads it, and it is taken back', async () => {
    const words = `The picnic is on Sunday. ${randomUUID().slice(0, 8)}`
    const ben = await stage.visit({ as: { username: 'ben' }, size })
    await openAndWait(ben, '/')
    const olga = await stage.visit({ as: { username: 'olga' }, size })
    await openAndWait(olga, '/settings/community')
    await olga.getByRole('link', { name: 'Tell all members something' }).click()
    await olga.getByRole('textbox', { name: 'Tell all members' }).fill(words)
    await olga.getByRole('button', { name: 'Announce it' }).click()
    const list = olga.getByRole('list', { name: 'Announcements' })
    await list.getByText(words).waitFor()
    expect(await barriersNow(olga, 'while the owner announces')).toEqual([])

    await ben.getByRole('link', { name: /^Notifications.*unread/ }).waitFor()
    await openAndWait(ben, '/notifications')
    await ben.getByText(`From the community: ${words}`).waitFor()
    await ben.getByRole('link', { name: 'All announcements' }).first().click()
    await ben.getByRole('list', { name: 'Announcements' }).getByText(words).waitFor()
    expect(await barriersNow(ben, 'while a member reads')).toEqual([])

    await olga
      .getByRole('button', { name: /^Take back/ })
      .first()
      .click()
    await olga.getByRole('button', { name: 'Delete' }).click()
    await list.getByText(words).waitFor({ state: 'detached' })
    await stage.settle()
    await openAndWait(ben, '/notifications')
    expect(await ben.getByText(words).count()).toBe(0)
  })
})
