import { screen, waitFor } from '@testing-library/react'
import { TintypeError, type ViewingChoices } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'

const open = () => renderRoute('/settings/viewing', { me: meNamed('ben') })
const unset: ViewingChoices = { sensitive: 'standard', muted_words: [] }

it('keeps how much one sees of what is sensitive, and which words one does not', async () => {
  let kept = unset
  const api = fakeApi({
    'viewing.get': async () => kept,
    'viewing.change': async ({ body }) => {
      kept = { ...kept, ...body }
      return kept
    },
  })
  const { user } = await open()
  const less = await screen.findByRole<HTMLInputElement>('radio', { name: /Less/ })
  await user.click(less)
  await waitFor(() => expect(less.checked).toBe(true))
  await user.type(screen.getByLabelText('Muted words'), ' spider \n\nspoiler')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Your words are kept')).toBeDefined()
  expect(vi.mocked(api.viewing.change).mock.calls.map(([asked]) => asked.body)).toEqual([
    { sensitive: 'less' },
    { muted_words: ['spider', 'spoiler'] },
  ])
})

it('stays as it was where that could not be kept', async () => {
  fakeApi({
    'viewing.get': async () => unset,
    'viewing.change': () => Promise.reject(new TintypeError('unavailable')),
  })
  const { user } = await open()
  await user.click(await screen.findByRole('radio', { name: /More/ }))
  const standard = screen.getByRole<HTMLInputElement>('radio', { name: /Standard/ })
  await waitFor(() => expect(standard.checked).toBe(true))
})
