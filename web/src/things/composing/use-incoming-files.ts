import { type DragEvent, useEffect, useRef, useState } from 'react'

const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')

/** Files dropped on the dialog, or pasted while it is open. */
export function useIncomingFiles(onFiles: (files: File[]) => void) {
  const [dragging, setDragging] = useState(false)
  // Entering a child comes before leaving its parent, so the borders crossed are counted.
  const depth = useRef(0)
  useEffect(() => {
    const handlePaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      onFiles(files)
    }
    document.addEventListener('paste', handlePaste)
    return () => document.removeEventListener('paste', handlePaste)
  }, [onFiles])

  const enter = (event: DragEvent, by: 1 | -1) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    depth.current += by
    setDragging(depth.current > 0)
  }
  return {
    dragging,
    handlers: {
      onDragEnter: (event: DragEvent) => enter(event, 1),
      onDragLeave: (event: DragEvent) => enter(event, -1),
      onDragOver: (event: DragEvent) => {
        if (carriesFiles(event)) event.preventDefault()
      },
      onDrop: (event: DragEvent) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        // The page around the dialog takes drops as well.
        event.stopPropagation()
        depth.current = 0
        setDragging(false)
        onFiles([...event.dataTransfer.files])
      },
    },
  }
}
