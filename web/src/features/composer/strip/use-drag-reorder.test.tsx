import { act, fireEvent, render, screen } from '@testing-library/react'
import { useRef } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDragReorder } from './use-drag-reorder.ts'

const PITCH = 60

function Strip({ onMove }: { onMove: (from: number, to: number) => void }) {
  const list = useRef<HTMLOListElement>(null)
  const drag = useDragReorder(list, 3, onMove)
  return (
    <ol ref={list}>
      {['a', 'b', 'c'].map((name, index) => (
        <li key={name} data-shift={drag.shiftOf(index)} ref={(item) => layOut(item, index)}>
          <button type="button" onPointerDown={(event) => drag.start(event, index)}>
            {name}
          </button>
        </li>
      ))}
    </ol>
  )
}

/** jsdom lays nothing out. */
function layOut(item: HTMLElement | null, index: number) {
  if (!item) return
  item.getBoundingClientRect = () => new DOMRect(index * PITCH, 0, 52, 52)
  Object.defineProperty(item, 'offsetLeft', { value: index * PITCH, configurable: true })
}

function open() {
  const onMove = vi.fn()
  render(<Strip onMove={onMove} />)
  const button = (name: string) => {
    const found = screen.getByRole('button', { name })
    found.setPointerCapture = () => {}
    return found
  }
  const shifts = () => screen.getAllByRole('listitem').map((item) => Number(item.dataset.shift))
  return { onMove, button, shifts }
}
const at = (clientX: number, pointerType = 'mouse') => ({ pointerId: 1, button: 0, clientX, pointerType })

describe('dragging along the strip', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('moves a picture by mouse, the others making room', () => {
    const { onMove, button, shifts } = open()
    fireEvent.pointerDown(button('a'), at(20))
    fireEvent.pointerMove(window, at(24))
    expect(shifts()).toEqual([0, 0, 0])
    fireEvent.pointerMove(window, at(100))
    expect(shifts()).toEqual([80, -PITCH, 0])
    fireEvent.pointerUp(window, at(100))
    expect(onMove).toHaveBeenCalledExactlyOnceWith(0, 1)
    expect(shifts()).toEqual([0, 0, 0])
  })

  it('lets a finger scroll, unless it rested first', () => {
    const { onMove, button } = open()
    fireEvent.pointerDown(button('a'), at(20, 'touch'))
    fireEvent.pointerMove(window, at(150, 'touch'))
    fireEvent.pointerUp(window, at(150, 'touch'))
    expect(onMove).not.toHaveBeenCalled()

    fireEvent.pointerDown(button('a'), at(20, 'touch'))
    act(() => void vi.advanceTimersByTime(300))
    fireEvent.pointerMove(window, at(170, 'touch'))
    fireEvent.pointerUp(window, at(170, 'touch'))
    expect(onMove).toHaveBeenCalledExactlyOnceWith(0, 2)
  })

  it('changes nothing when it is broken off', () => {
    const { onMove, button, shifts } = open()
    fireEvent.pointerDown(button('c'), at(140))
    fireEvent.pointerMove(window, at(0))
    fireEvent.pointerCancel(window, at(0))
    expect(onMove).not.toHaveBeenCalled()
    expect(shifts()).toEqual([0, 0, 0])
  })
})
