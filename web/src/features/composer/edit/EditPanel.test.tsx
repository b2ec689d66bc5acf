import { fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { composerUnderTest, photo, seen } from '../composer-under-test.tsx'
import { plainLook } from '../draft/look.ts'
import { EditPanel } from './EditPanel.tsx'

vi.mock('../preview/renderer.ts', () => ({ getRenderer: () => ({ kind: 'canvas', draw: () => {} }) }))
afterEach(() => vi.restoreAllMocks())

async function open(options: Parameters<typeof composerUnderTest>[0], ...names: string[]) {
  const composer = composerUnderTest(options)
  await composer.session.addFiles(names.map(photo))
  const view = await composer.show(<EditPanel />)
  const slide = (name: string, value: number) =>
    fireEvent.change(screen.getByRole('slider', { name }), { target: { value } })
  const lookOf = (index: number) => composer.shots()[index]?.look
  return { ...composer, ...view, slide, lookOf }
}

describe('the edit panel', () => {
  it('offers every filter, and a strength once one is chosen', async () => {
    const { user, slide, lookOf } = await open({}, 'a')
    expect(screen.getAllByRole('radio').length).toBeGreaterThan(14)
    expect(screen.queryByRole('slider', { name: 'Strength' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Noir' }))
    slide('Strength', 0.4)
    expect(lookOf(0)).toMatchObject({ filter: 'noir', strength: 0.4 })
    await user.click(screen.getByRole('radio', { name: 'Sepia' }))
    expect(lookOf(0)).toMatchObject({ filter: 'sepia', strength: 1 })
  })

  it('adjusts, names the values, and takes them back', async () => {
    const { user, slide, lookOf } = await open({}, 'a')
    await user.click(screen.getByRole('radio', { name: 'Adjust' }))
    slide('Warmth', 30)
    slide('Contrast', -20)
    expect(lookOf(0)?.adjust).toEqual({ ...plainLook.adjust, contrast: -0.2, warmth: 0.3 })
    expect(screen.getByRole('slider', { name: 'Warmth' }).getAttribute('aria-valuetext')).toBe('+30')
    await user.dblClick(screen.getByRole('slider', { name: 'Warmth' }))
    expect(lookOf(0)?.adjust.warmth).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    expect(lookOf(0)?.adjust.contrast).toBe(0)
  })

  it('offers every adjustment in its own range', async () => {
    const { user, slide, lookOf } = await open({}, 'a')
    await user.click(screen.getByRole('radio', { name: 'Adjust' }))
    expect(screen.getAllByRole('slider')).toHaveLength(10)
    slide('Grain', -50)
    slide('Shadows', -50)
    expect(lookOf(0)?.adjust).toMatchObject({ grain: 0, shadows: -0.5 })
  })

  it('sets what suits the picture, as one step', async () => {
    const dark = { data: Uint8ClampedArray.from({ length: 96 * 96 * 4 }, (_, i) => (i >> 8) % 90) }
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ getImageData: () => dark } as never)
    const { user, lookOf, session } = await open({ preview: seen }, 'a')
    await user.click(screen.getByRole('radio', { name: 'Adjust' }))
    await user.click(await screen.findByRole('button', { name: 'Auto' }))
    expect(lookOf(0)?.adjust.brightness).toBeGreaterThan(0.1)
    session.dispatch({ type: 'undone' })
    expect(lookOf(0)).toEqual(plainLook)
  })

  it('offers that only where the picture can be seen', async () => {
    const { user } = await open({}, 'a')
    await user.click(screen.getByRole('radio', { name: 'Adjust' }))
    expect(screen.queryByRole('button', { name: 'Auto' })).toBeNull()
  })

  it('takes a drag of a slider as one step', async () => {
    const { user, slide, lookOf, session } = await open({}, 'a')
    await user.click(screen.getByRole('radio', { name: 'Adjust' }))
    for (const value of [5, 12, 20]) slide('Brightness', value)
    fireEvent.pointerUp(screen.getByRole('slider', { name: 'Brightness' }))
    slide('Brightness', 25)
    session.dispatch({ type: 'undone' })
    expect(lookOf(0)?.adjust.brightness).toBe(0.2)
    session.dispatch({ type: 'undone' })
    expect(lookOf(0)?.adjust.brightness).toBe(0)
  })

  it('gives one look to all pictures', async () => {
    const { user, lookOf } = await open({}, 'a', 'b')
    expect(screen.queryByRole('button', { name: 'Use this look for all pictures' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Fern' }))
    await user.click(screen.getByRole('button', { name: 'Use this look for all pictures' }))
    expect(lookOf(1)?.filter).toBe('fern')
    expect(screen.getByText('All pictures have this look now')).toBeDefined()
  })
})
