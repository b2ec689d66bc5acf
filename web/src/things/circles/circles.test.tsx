import { screen } from '@testing-library/react'
import type { Circle, CircleId } from '@tintype/contract'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { renderApp } from '../../testing/render-app.tsx'
import { CircleChoice } from './CircleChoice.tsx'
import CircleMark from './CircleMark.tsx'

const circles: Circle[] = ['Close', 'Work'].map((name) => ({
  circle_id: name.toLowerCase() as CircleId,
  name,
  members_count: 1,
}))
const ids = circles.map(({ circle_id }) => circle_id)

function Choosing() {
  const [chosen, setChosen] = useState<readonly CircleId[]>([])
  return (
    <>
      <CircleChoice all="All" chosen={chosen} onChange={setChosen} />
      <output aria-label="chosen">{chosen.join()}</output>
    </>
  )
}
const isPressed = (name: string) =>
  screen.getByRole('button', { name }).getAttribute('aria-pressed') === 'true'

it('is for all until a circle is chosen, and again when none is left', async () => {
  fakeApi({ 'circles.list': async () => circles })
  const { user } = await renderApp(<Choosing />)
  await user.click(await screen.findByRole('button', { name: 'Close' }))
  expect([isPressed('All'), isPressed('Close'), isPressed('Work')]).toEqual([false, true, false])
  await user.click(screen.getByRole('button', { name: 'Work' }))
  expect(screen.getByRole('status', { name: 'chosen' }).textContent).toBe('close,work')
  await user.click(screen.getByRole('button', { name: 'Close' }))
  await user.click(screen.getByRole('button', { name: 'Work' }))
  expect(isPressed('All')).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Work' }))
  await user.click(screen.getByRole('button', { name: 'All' }))
  expect(screen.getByRole('status', { name: 'chosen' }).textContent).toBe('')
})

it('is not offered to who has no circles', async () => {
  fakeApi({ 'circles.list': async () => [] })
  await renderApp(<Choosing />)
  expect(screen.queryByText('Who sees it')).toBeNull()
})

it('names its circles to their owner alone', async () => {
  fakeApi({ 'circles.list': async () => circles })
  await renderApp(<CircleMark own={ids} />)
  expect(await screen.findByText('Close, Work')).toBeDefined()
})

it('says to others that there is one, and to the owner when it is gone', async () => {
  fakeApi({ 'circles.list': async () => circles })
  await renderApp(
    <>
      <CircleMark own={undefined} />
      <CircleMark own={['deleted' as CircleId]} />
    </>,
  )
  expect(await screen.findByText('Only you')).toBeDefined()
  expect(screen.getByText('Shared with a circle')).toBeDefined()
})
