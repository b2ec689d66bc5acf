import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Preview } from '../../../things/composing/decode.ts'
import { composerUnderTest, photo, seen } from '../composer-under-test.tsx'
import { CropPanel } from './CropPanel.tsx'

async function open(names: string[], preview: Preview) {
  const composer = composerUnderTest({ preview })
  await composer.session.addFiles(names.map(photo))
  const view = await composer.show(<CropPanel />)
  return { ...composer, ...view }
}

describe('the crop panel', () => {
  it('shapes and zooms, and takes it back', async () => {
    const { user, shots } = await open(['a'], seen)
    await user.click(await screen.findByRole('radio', { name: '4:5' }))
    fireEvent.change(screen.getByRole('slider', { name: 'Zoom' }), { target: { value: 2 } })
    expect(shots()[0]?.framing).toMatchObject({ shape: '4:5', zoom: 2 })
    await user.click(screen.getByRole('button', { name: 'Reset crop' }))
    expect(shots()[0]?.framing).toMatchObject({ shape: 'original', zoom: 1 })
    expect(screen.queryByRole('button', { name: 'Reset crop' })).toBeNull()
  })

  it('turns, flips and straightens, each as one step', async () => {
    const { user, shots, session } = await open(['a'], seen)
    await user.click(await screen.findByRole('button', { name: 'Turn right' }))
    await user.click(screen.getByRole('button', { name: 'Flip' }))
    for (const value of [2, 4.5])
      fireEvent.change(screen.getByRole('slider', { name: 'Straighten' }), { target: { value } })
    expect(shots()[0]?.framing).toMatchObject({ turn: 90, flip: true, straighten: 4.5 })
    expect(screen.getByRole('slider', { name: 'Straighten' }).getAttribute('aria-valuetext')).toBe('+4.5°')
    session.dispatch({ type: 'undone' })
    expect(shots()[0]?.framing).toMatchObject({ turn: 90, flip: true, straighten: 0 })
    session.dispatch({ type: 'undone' })
    expect(shots()[0]?.framing.flip).toBe(false)
  })

  it('gives one shape to all pictures', async () => {
    const { user, shots } = await open(['a', 'b'], seen)
    await user.click(await screen.findByRole('radio', { name: '1:1' }))
    await user.click(screen.getByRole('button', { name: 'Use this shape for all pictures' }))
    expect(shots().map(({ framing }) => framing.shape)).toEqual(['1:1', '1:1'])
  })

  it('offers no zoom where nothing can be seen', async () => {
    await open(['a'], { state: 'unseen', size: { width: 4000, height: 3000 } })
    await screen.findByRole('radio', { name: '1:1' })
    expect(screen.queryByRole('slider')).toBeNull()
  })

  it('offers no crop where the size is not known', async () => {
    await open(['a'], { state: 'unseen', size: undefined })
    expect(await screen.findByText(/stays whole/)).toBeDefined()
    expect(screen.queryByRole('radio')).toBeNull()
  })
})
