import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { wholePicture } from '../../../editor/crop/crop.ts'
import type { Decoded } from '../../../things/composing/decode.ts'
import type { Selected } from '../composer-context.ts'
import { useSelected } from '../composer-context.ts'
import { composerUnderTest, photo } from '../composer-under-test.tsx'
import { CropStage } from './CropStage.tsx'

vi.mock('../preview/renderer.ts', () => ({ getRenderer: () => ({ kind: 'canvas', draw: () => {} }) }))

const decoded: Decoded = { bitmap: {} as ImageBitmap, size: { width: 4000, height: 3000 } }

function Part() {
  const selected = useSelected()
  return selected ? <CropStage selected={selected as Selected} decoded={decoded} /> : null
}

async function open() {
  const { session, show } = composerUnderTest()
  await session.addFiles([photo('a.jpg')])
  const view = await show(<Part />)
  const stage = await screen.findByRole('application', { name: 'Crop of picture 1' })
  stage.getBoundingClientRect = () => new DOMRect(0, 0, 400, 300)
  stage.setPointerCapture = () => {}
  const framing = () => {
    const [shot] = session.draft.get().shots.present
    if (!shot) throw new Error('no picture')
    return shot.framing
  }
  return { ...view, session, stage, framing }
}

describe('the crop', () => {
  it('is zoomed and moved by keys', async () => {
    const { user, stage, framing } = await open()
    stage.focus()
    await user.keyboard('++++')
    expect(framing().zoom).toBeCloseTo(1.1 ** 4)
    await user.keyboard('{ArrowRight}')
    expect(framing().centerX).toBeGreaterThan(0.5)
    await user.keyboard('0')
    expect(framing()).toMatchObject({ zoom: 1, centerX: 0.5 })
  })

  it('is dragged, as one step of undo', async () => {
    const { stage, framing, session } = await open()
    const framed = { ...wholePicture, zoom: 2 }
    const id = session.draft.get().selected ?? ''
    session.dispatch({ type: 'framed', id, framing: framed })
    await screen.findByRole('application')
    fireEvent.pointerDown(stage, { pointerId: 1, button: 0, clientX: 200, clientY: 150 })
    for (const clientX of [180, 160, 140])
      fireEvent.pointerMove(stage, { pointerId: 1, clientX, clientY: 150 })
    fireEvent.pointerUp(stage, { pointerId: 1 })
    expect(framing().centerX).toBeCloseTo(0.5 + (60 / 400) * 0.5)
    session.dispatch({ type: 'undone' })
    expect(framing().centerX).toBe(0.5)
  })

  it('is pinched around the fingers', async () => {
    const { stage, framing } = await open()
    fireEvent.pointerDown(stage, { pointerId: 1, button: 0, clientX: 150, clientY: 150 })
    fireEvent.pointerDown(stage, { pointerId: 2, button: 0, clientX: 250, clientY: 150 })
    fireEvent.pointerMove(stage, { pointerId: 1, clientX: 100, clientY: 150 })
    fireEvent.pointerMove(stage, { pointerId: 2, clientX: 300, clientY: 150 })
    expect(framing().zoom).toBeCloseTo(2, 1)
    fireEvent.pointerUp(stage, { pointerId: 1 })
    fireEvent.pointerUp(stage, { pointerId: 2 })
  })

  it('is zoomed to the pointer by the wheel', async () => {
    const { stage, framing } = await open()
    fireEvent.wheel(stage, { deltaY: -400, clientX: 0, clientY: 0 })
    expect(framing().zoom).toBeGreaterThan(1.5)
    expect(framing().centerX).toBeLessThan(0.5)
    expect(framing().centerY).toBeLessThan(0.5)
  })
})
