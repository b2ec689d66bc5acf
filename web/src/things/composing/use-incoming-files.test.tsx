import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { photo } from '../../features/composer/composer-under-test.tsx'
import { useIncomingFiles } from './use-incoming-files.ts'

function Zone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { dragging, handlers } = useIncomingFiles(onFiles)
  return (
    <div data-testid="zone" {...handlers}>
      <p>{dragging ? 'over' : 'away'}</p>
    </div>
  )
}

function open() {
  const onFiles = vi.fn()
  render(<Zone onFiles={onFiles} />)
  return { onFiles, zone: screen.getByTestId('zone') }
}
const carrying = (files: File[], types = ['Files']) => ({ dataTransfer: { types, files } })

describe('files that come in by themselves', () => {
  it('are dropped, and the zone shows it meanwhile, also over its children', () => {
    const { onFiles, zone } = open()
    const files = [photo('a.jpg')]
    fireEvent.dragEnter(zone, carrying(files))
    fireEvent.dragEnter(screen.getByText('over'), carrying(files))
    fireEvent.dragLeave(zone, carrying(files))
    expect(screen.getByText('over')).toBeDefined()
    fireEvent.drop(zone, carrying(files))
    expect(screen.getByText('away')).toBeDefined()
    expect(onFiles).toHaveBeenCalledWith(files)
  })

  it('are none where text is dragged', () => {
    const { onFiles, zone } = open()
    fireEvent.dragEnter(zone, carrying([], ['text/plain']))
    fireEvent.drop(zone, carrying([], ['text/plain']))
    expect(screen.getByText('away')).toBeDefined()
    expect(onFiles).not.toHaveBeenCalled()
  })

  it('are pasted anywhere, while pasted text stays text', () => {
    const { onFiles } = open()
    const files = [photo('a.png')]
    fireEvent.paste(document, { clipboardData: { files } })
    expect(onFiles).toHaveBeenCalledWith(files)
    const isLeft = fireEvent.paste(document, { clipboardData: { files: [] } })
    expect(isLeft).toBe(true)
    expect(onFiles).toHaveBeenCalledOnce()
  })
})
