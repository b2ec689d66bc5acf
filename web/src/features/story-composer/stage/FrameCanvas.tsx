import { useEffect, useRef } from 'react'
import styles from './Frame.module.css'

interface FrameCanvasProps {
  /** Of the frame on the screen. */
  width: number
  draw: (context: CanvasRenderingContext2D, frame: { width: number; height: number }) => void
}

/** A layer of the frame, as sharp as the screen; drawn anew when `draw` is another function. */
export function FrameCanvas({ width, draw }: FrameCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  const pixels = Math.round(width * Math.min(devicePixelRatio || 1, 2))
  const height = Math.round((pixels * 16) / 9)
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    if (!context || pixels === 0) return
    context.clearRect(0, 0, pixels, height)
    draw(context, { width: pixels, height })
  }, [draw, pixels, height])
  return <canvas ref={ref} width={pixels} height={height} className={styles.canvas} />
}
