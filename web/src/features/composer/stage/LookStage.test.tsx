import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { useSelected } from '../composer-context.ts'
import { composerUnderTest, photo, seen } from '../composer-under-test.tsx'
import { plainLook } from '../draft/look.ts'
import { LookStage } from './LookStage.tsx'

vi.mock('../preview/renderer.ts', () => ({ getRenderer: () => ({ kind: 'canvas', draw: () => {} }) }))

function Part() {
  const selected = useSelected()
  return selected && seen.state === 'seen' ? <LookStage selected={selected} decoded={seen.decoded} /> : null
}

async function open() {
  const composer = composerUnderTest({ preview: seen })
  await composer.session.addFiles([photo('a')])
  const view = await composer.show(<Part />)
  return { ...composer, ...view, id: composer.shots()[0]?.id ?? '' }
}

describe('the developed picture', () => {
  it('shows the original while it is held, by hand or by key', async () => {
    const { session, id, user } = await open()
    const stage = await screen.findByRole('figure', { name: 'Preview of picture 1' })
    fireEvent.pointerDown(stage)
    expect(screen.getByText('Original')).toBeDefined()
    fireEvent.pointerUp(stage)
    expect(screen.queryByText('Original')).toBeNull()

    session.dispatch({ type: 'looked', id, look: { ...plainLook, filter: 'dusk' } })
    const eye = await screen.findByRole('button', { name: 'Hold to see the original' })
    eye.focus()
    await user.keyboard('{ >}')
    expect(eye.getAttribute('aria-pressed')).toBe('true')
    await user.keyboard('{/ }')
    expect(eye.getAttribute('aria-pressed')).toBe('false')
  })

  it('has no eye where there is nothing to compare', async () => {
    await open()
    await screen.findByRole('figure')
    expect(screen.queryByRole('button')).toBeNull()
  })
})
