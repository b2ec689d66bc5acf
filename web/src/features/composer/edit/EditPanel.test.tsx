import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { composerUnderTest, photo } from '../composer-under-test.tsx'
import { EditPanel } from './EditPanel.tsx'

async function open(...names: string[]) {
  const composer = composerUnderTest()
  composer.session.addFiles(names.map(photo))
  const view = await composer.show(<EditPanel />)
  const slide = (name: string, value: number) =>
    fireEvent.change(screen.getByRole('slider', { name }), { target: { value } })
  const lookOf = (index: number) => composer.shots()[index]?.look
  return { ...composer, ...view, slide, lookOf }
}

describe('the edit panel', () => {
  it('offers every filter, and a strength once one is chosen', async () => {
    const { user, slide, lookOf } = await open('a')
    expect(screen.getAllByRole('radio').length).toBeGreaterThan(14)
    expect(screen.queryByRole('slider', { name: 'Strength' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Noir' }))
    slide('Strength', 0.4)
    expect(lookOf(0)).toMatchObject({ filter: 'noir', strength: 0.4 })
    await user.click(screen.getByRole('radio', { name: 'Sepia' }))
    expect(lookOf(0)).toMatchObject({ filter: 'sepia', strength: 1 })
  })

  it('adjusts, names the values, and takes them back', async () => {
    const { user, slide, lookOf } = await open('a')
    await user.click(screen.getByRole('radio', { name: 'Adjust' }))
    slide('Warmth', 30)
    slide('Contrast', -20)
    expect(lookOf(0)?.adjust).toEqual({ brightness: 0, contrast: -0.2, saturation: 0, warmth: 0.3 })
    expect(screen.getByRole('slider', { name: 'Warmth' }).getAttribute('aria-valuetext')).toBe('+30')
    await user.dblClick(screen.getByRole('slider', { name: 'Warmth' }))
    expect(lookOf(0)?.adjust.warmth).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Reset' }))
    expect(lookOf(0)?.adjust.contrast).toBe(0)
  })

  it('takes a drag of a slider as one step', async () => {
    const { user, slide, lookOf, session } = await open('a')
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
    const { user, lookOf } = await open('a', 'b')
    expect(screen.queryByRole('button', { name: 'Use this look for all pictures' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Fern' }))
    await user.click(screen.getByRole('button', { name: 'Use this look for all pictures' }))
    expect(lookOf(1)?.filter).toBe('fern')
    expect(screen.getByText('All pictures have this look now')).toBeDefined()
  })
})
