import { type KeyboardEvent, type PointerEvent, useRef, type WheelEvent } from 'react'
import { t } from '../../kit/messages.ts'
import styles from './AvatarCropDialog.module.css'
import { type Placement, type Size, squareOf } from './avatar-crop.ts'

interface CropWindowProps {
  src: string
  size: Size
  placement: Placement
  onPlace: (placement: Placement) => void
}

/** Edge in px of the window on the screen; the style sheet has the same. */
const WINDOW = 300
const STEP = 0.02

const moves: Record<string, [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** Dragged by pointer, moved by arrow keys, enlarged by wheel or plus and minus. */
export function CropWindow({ src, size, placement, onPlace }: CropWindowProps) {
  const last = useRef<{ x: number; y: number } | null>(null)
  const { left, top, side } = squareOf(placement, size)
  const scale = WINDOW / side
  const zoomBy = (factor: number) => onPlace({ ...placement, zoom: placement.zoom * factor })
  const handleDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    last.current = { x: event.clientX, y: event.clientY }
  }
  const handleMove = (event: PointerEvent) => {
    const from = last.current
    if (!from) return
    last.current = { x: event.clientX, y: event.clientY }
    onPlace({
      ...placement,
      x: placement.x - (event.clientX - from.x) / scale / size.width,
      y: placement.y - (event.clientY - from.y) / scale / size.height,
    })
  }
  const handleKey = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move) onPlace({ ...placement, x: placement.x + move[0], y: placement.y + move[1] })
    else if (event.key === '+' || event.key === '=') zoomBy(1.1)
    else if (event.key === '-') zoomBy(1 / 1.1)
    else return
    event.preventDefault()
  }
  const handleWheel = (event: WheelEvent) => zoomBy(event.deltaY < 0 ? 1.06 : 1 / 1.06)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture that is moved has no element of its own
    <div
      className={styles.window}
      role="group"
      aria-label={t('editProfile.cropArea')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move it
      tabIndex={0}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={() => {
        last.current = null
      }}
      onKeyDown={handleKey}
      onWheel={handleWheel}
    >
      <img
        src={src}
        alt=""
        draggable={false}
        style={{
          width: size.width * scale,
          height: size.height * scale,
          left: -left * scale,
          top: -top * scale,
        }}
      />
    </div>
  )
}
