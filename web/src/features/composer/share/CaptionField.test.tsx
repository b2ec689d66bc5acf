import { screen } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { ingestPosts } from '../../../data/entities/ingest.ts'
import { fakeApi } from '../../../testing/fake-api.ts'
import { apiPost, tagHits, userHits } from '../../../testing/things.ts'
import { composerUnderTest } from '../composer-under-test.tsx'
import { CaptionField } from './CaptionField.tsx'

function Field() {
  const [value, setValue] = useState('')
  return <CaptionField value={value} onChange={setValue} />
}

async function open() {
  fakeApi({
    'search.autocomplete': (input) =>
      input?.query?.type === 'users' ? userHits('ana', 'anders') : tagHits('mountains', 'mounts'),
    'feed.user': () => ({ items: [], next_cursor: null }),
  })
  const view = await composerUnderTest().show(<Field />)
  const area = screen.getByRole('textbox', { name: 'Caption' })
  await view.user.click(area)
  return { ...view, area }
}

describe('the caption', () => {
  it('completes a name by keys', async () => {
    const { user, area } = await open()
    await user.keyboard('With @an')
    const options = await screen.findAllByRole('option')
    expect(options.map((option) => option.getAttribute('aria-selected'))).toEqual(['true', 'false'])
    await user.keyboard('{ArrowDown}{Enter}')
    expect(area).toHaveProperty('value', 'With @anders ')
    expect(screen.queryByRole('option')).toBeNull()
    await user.keyboard('at sea')
    expect(area).toHaveProperty('value', 'With @anders at sea')
  })

  it('completes a name by a click, and keeps the focus in the text', async () => {
    const { user, area } = await open()
    await user.keyboard('@an')
    await user.click((await screen.findAllByRole('option'))[0] as HTMLElement)
    expect(area).toHaveProperty('value', '@ana ')
    expect(document.activeElement).toBe(area)
  })

  it('offers tags that others have used', async () => {
    const { user, area } = await open()
    await user.keyboard('#mou')
    const options = await screen.findAllByRole('option')
    expect(options.map((option) => option.textContent)).toEqual(['mountains', 'mounts'])
    await user.keyboard('{Enter}')
    expect(area).toHaveProperty('value', '#mountains ')
  })

  it('offers tags that posts on this page carry', async () => {
    const { user, area } = await open()
    const facets = [{ type: 'hashtag' as const, start: 0, end: 4, tag: 'seaside' }]
    ingestPosts([apiPost('p1', 'ben', { facets })])
    await user.keyboard('#sea')
    expect((await screen.findByRole('option')).textContent).toBe('seaside')
    await user.keyboard('{Tab}')
    expect(area).toHaveProperty('value', '#seaside ')
  })

  it('puts the suggestions away on Esc, and leaves Enter to the text', async () => {
    const { user, area } = await open()
    await user.keyboard('@an')
    await screen.findAllByRole('option')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('option')).toBeNull()
    await user.keyboard('{Enter}')
    expect(area).toHaveProperty('value', '@an\n')
  })

  it('says when little room is left', async () => {
    const { user, area } = await open()
    await user.click(area)
    await user.paste('x'.repeat(2150))
    expect(screen.getByText('50 characters left')).toBeDefined()
    expect(screen.getByText('2,150 / 2,200')).toBeDefined()
  })
})
