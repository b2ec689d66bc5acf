import { ImagePlus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../kit/messages.ts'
import { openComposer } from '../../shell/composer-slot.ts'
import { useFileTaker } from '../../shell/file-taker.ts'
import styles from './DropTarget.module.css'

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
/** Also what the system knows no type for: the composer looks at the bytes, and says what stays out. */
const mayBePicture = ({ type }: File) =>
  type === '' || type.startsWith('image/') || type === 'application/octet-stream'

/** Files dropped anywhere, and pictures pasted, go to the screen that takes them, or open the composer; unless a dialog that takes them itself is open. */
export function DropTarget() {
  const [hovering, setHovering] = useState(false)
  const taker = useFileTaker()
  const take = useRef<(files: readonly File[]) => void>(openComposer)
  useEffect(() => {
    take.current = taker?.take ?? openComposer
  })
  useEffect(() => {
    const taken = () => document.querySelector('[role=dialog][data-state=open]') !== null
    const handleOver = (event: DragEvent) => {
      if (!carriesFiles(event) || taken()) return
      event.preventDefault()
      setHovering(true)
    }
    const handleLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHovering(false)
    }
    const handleDrop = (event: DragEvent) => {
      setHovering(false)
      if (!carriesFiles(event) || taken()) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) take.current(files)
    }
    const handlePaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])].filter(mayBePicture)
      if (files.length > 0 && !taken()) take.current(files)
    }
    document.addEventListener('dragover', handleOver)
    document.addEventListener('dragleave', handleLeave)
    document.addEventListener('drop', handleDrop)
    document.addEventListener('paste', handlePaste)
    return () => {
      document.removeEventListener('dragover', handleOver)
      document.removeEventListener('dragleave', handleLeave)
      document.removeEventListener('drop', handleDrop)
      document.removeEventListener('paste', handlePaste)
    }
  }, [])
  if (!hovering) return null
  return (
    <div className={styles.target} aria-hidden="true">
      <ImagePlus size={40} strokeWidth={1.5} />
      {taker?.label ?? t('drop.title')}
    </div>
  )
}
