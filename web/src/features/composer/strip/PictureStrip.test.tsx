import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { composerUnderTest, photo } from '../composer-under-test.tsx'
import { PictureStrip } from './PictureStrip.tsx'

async function open(...names: string[]) {
  const composer = composerUnderTest()
  await composer.session.addFiles(names.map(photo))
  const view = await composer.show(<PictureStrip />)
  const list = await screen.findByRole('list', { name: 'Pictures of this post' })
  const order = () =>
    within(list)
      .getAllByRole('button', { name: /^Picture/ })
      .map((button) => button.getAttribute('aria-label')?.split(': ')[1])
      .join(' ')
  const pictureAt = (n: number) => within(list).getByRole('button', { name: new RegExp(`^Picture ${n} `) })
  return { ...composer, ...view, order, pictureAt }
}

describe('the strip of pictures', () => {
  it('is walked and put in order by keys, and says so', async () => {
    const { user, order, pictureAt } = await open('a', 'b', 'c')
    pictureAt(1).focus()
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(pictureAt(2))
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
    expect(order()).toBe('a c b')
    expect(document.activeElement).toBe(pictureAt(3))
    expect(screen.getByText('Picture is now number 3 of 3')).toBeDefined()
    await user.keyboard('{Home}')
    expect(document.activeElement).toBe(pictureAt(1))
  })

  it('takes out and brings back', async () => {
    const { user, order, pictureAt, session } = await open('a', 'b')
    pictureAt(1).focus()
    await user.keyboard('{Delete}')
    expect(order()).toBe('b')
    session.dispatch({ type: 'undone' })
    await waitFor(() => expect(order()).toBe('a b'))
  })

  it('does by buttons what dragging does', async () => {
    const { user, order } = await open('a', 'b', 'c')
    await user.click(screen.getByRole('button', { name: 'Move picture 1 later' }))
    expect(order()).toBe('b a c')
    await user.click(screen.getByRole('button', { name: 'Move picture 2 earlier' }))
    expect(order()).toBe('a b c')
    expect(screen.getByRole('button', { name: 'Move picture 1 earlier' })).toHaveProperty('disabled', true)
    await user.click(screen.getByRole('button', { name: 'Remove picture 1' }))
    expect(order()).toBe('b c')
  })

  it('offers no more room than there is', async () => {
    const { session } = await open('a')
    expect(screen.getByRole('button', { name: 'Add pictures' })).toBeDefined()
    await session.addFiles(Array.from({ length: 9 }, (_, n) => photo(`${n}`)))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Add pictures' })).toBeNull())
  })
})
