import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react'
import type { Preview } from '../../../things/composing/decode.ts'
import { classes } from '../../../ui/classes.ts'
import type { Shot } from '../draft/draft.ts'
import { PictureThumb } from '../preview/PictureThumb.tsx'
import styles from './PictureStrip.module.css'

interface StripItemProps {
  shot: Shot
  preview: Preview | undefined
  label: string
  selected: boolean
  /** Pixels to the side, while a drag goes on. */
  shift: number
  dragged: boolean
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
  onSelect: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

export function StripItem(props: StripItemProps) {
  const { shot, preview, label, selected, shift, dragged, onPointerDown, onSelect, onKeyDown } = props
  return (
    <li
      className={classes(styles.item, dragged && styles.dragged)}
      style={{ '--shift': `${shift}px` } as CSSProperties}
    >
      <button
        type="button"
        className={styles.pick}
        aria-label={label}
        aria-current={selected}
        tabIndex={selected ? 0 : -1}
        onPointerDown={onPointerDown}
        onClick={onSelect}
        onKeyDown={onKeyDown}
      >
        <PictureThumb shot={shot} preview={preview} />
      </button>
    </li>
  )
}
