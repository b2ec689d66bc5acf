import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react'
import styles from './DevelopedCanvas.module.css'
import type { Exposure } from './exposure.ts'
import { getRenderer } from './renderer.ts'

interface DevelopedCanvasProps {
  exposure: Exposure
  /** Width by height of what is drawn; the canvas is as large as its box lets it at this ratio. */
  ratio: number
  /** Left out where a name stands beside it. */
  label?: string
}

/** A picture turned, cropped and developed, drawn anew whenever it or its place changes, at the screen's own density. */
export function DevelopedCanvas({ exposure, ratio, label }: DevelopedCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = usePixelSize(canvas)
  const { bitmap, placement, filter } = exposure
  const [a, b, c, d, e, f] = placement
  // Before the first paint: an observer alone answers a frame later, and the plate would flash empty.
  useLayoutEffect(() => {
    const target = canvas.current
    if (!target || width === 0) return
    if (target.width !== width) target.width = width
    if (target.height !== height) target.height = height
    getRenderer().draw(target, { bitmap, placement: [a, b, c, d, e, f], filter })
  }, [bitmap, a, b, c, d, e, f, filter, width, height])
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      style={{ '--ratio': ratio } as CSSProperties}
      role={label ? 'img' : 'presentation'}
      aria-label={label}
    />
  )
}

/** Beyond so many device pixels the eye sees no more, or the processor alone cannot follow a slider. */
const DENSEST = { webgl: 2, canvas: 1.25 }

function usePixelSize(canvas: { current: HTMLCanvasElement | null }) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const target = canvas.current
    if (!target) return
    const measure = () => {
      const density = Math.min(DENSEST[getRenderer().kind], devicePixelRatio)
      const width = Math.round(target.clientWidth * density)
      const height = Math.round(target.clientHeight * density)
      setSize((known) => (known.width === width && known.height === height ? known : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => observer.disconnect()
  }, [canvas])
  return size
}
