import { describe, expect, it } from 'vitest'
import { fillLogIn, PASSWORD, signUp } from './pages/account.ts'
import { compose } from './pages/composer.ts'
import { comment, postBy } from './pages/post.ts'
import { openStage, type Size } from './stage.ts'

describe.each<Size>(['desktop', 'phone'])('two members meet over a photograph, on a %s', (size) => {
  const stage = openStage((system) => system.people('olga'))
  let tries = 0
  let anas = 'ana'

  it('goes from sign-up to an answered comment', async () => {
    // Members of its own for each try.
    anas = `ana${++tries}`
    const bens = `ben${tries}`
    const ana = await stage.visit({ size, withWorker: true })
    await signUp(ana, { username: anas, name: 'Ana Prado' })
    await compose(ana, {
      photograph: 'deer',
      shape: '4:5',
      filter: 'Sepia',
      caption: 'Two of them, early. #wildlife',
      place: 'Yosemite Valley',
      description: 'Two deer in tall grass',
    })
    await postBy(ana, anas).getByRole('button', { name: 'Like' }).waitFor({ timeout: 20_000 })

    const ben = await stage.visit({ size, withWorker: true })
    await signUp(ben, { username: bens })
    await ben.goto(`/${anas}`)
    await ben
      .getByRole('button', { name: `Follow ${anas}` })
      .first()
      .click()
    await ben
      .getByRole('button', { name: `Following ${anas}, press to unfollow` })
      .first()
      .waitFor()
    // The button says it before the server does, and Playwright is not always told what a worker's page sends.
    const author = () => stage.system.visitor().api.members.profile({ params: { username: anas } })
    await expect.poll(async () => (await author()).followers_count).toBe(1)
    await stage.settle()
    await ben.goto('/')
    const seen = postBy(ben, anas)
    await seen.getByText('Two of them, early.').waitFor()
    const picture = seen.getByRole('img', { name: 'Two deer in tall grass' })
    await expect.poll(() => ratioOf(picture), { timeout: 15_000 }).toBeCloseTo(4 / 5, 1)
    await seen.getByRole('button', { name: 'Like', exact: true }).click()
    await seen.getByRole('button', { name: 'Unlike' }).waitFor()
    await comment(seen, 'Which one saw you first?')
    await seen.getByText('Which one saw you first?').waitFor()
    await stage.settle()

    await ana.goto('/notifications')
    await ana.getByText('liked your photo.').waitFor()
    await ana.getByText('commented: Which one saw you first?').waitFor()

    await ana.goto('/')
    await postBy(ana, anas).getByRole('button', { name: 'View 1 comment' }).click()
    await ana.getByRole('button', { name: `Reply to ${bens}` }).click()
    const field = ana.getByRole('textbox', { name: `Reply to ${bens}` })
    await expect.poll(() => field.inputValue()).toBe(`@${bens} `)
    await field.press('End')
    await field.pressSequentially('The left one. It told the other.')
    await field.press('Enter')
    await ana.getByText('The left one. It told the other.').waitFor()
    await stage.settle()

    await ben.goto('/notifications')
    await ben.getByText(`replied: @${bens} The left one`).waitFor()
  })

  it('lets nobody in with the wrong password, and says so', async () => {
    const page = await stage.visit({ size, withWorker: true })
    await page.goto('/login')
    await fillLogIn(page, anas, 'not the password')
    await page.getByText('The name or the password is not right.').waitFor()
    await fillLogIn(page, anas, PASSWORD)
    await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
  })
})

async function ratioOf(picture: { evaluate<R>(fn: (image: Element) => R): Promise<R> }): Promise<number> {
  return picture.evaluate((image) => {
    const { naturalWidth, naturalHeight } = image as HTMLImageElement
    return naturalWidth / naturalHeight
  })
}
