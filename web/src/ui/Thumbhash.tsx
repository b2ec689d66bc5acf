import { useLayoutEffect, useRef } from 'react'
import { thumbHashToRGBA } from 'thumbhash'
import { firstPaint } from './first-paint.ts'
import { inBudget } from './in-budget.ts'
import styles from './MediaBox.module.css'

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

/**
 * Paints the 32 px blur before the browser paints, save on a page that the server drew, and where there are very many; on a canvas, so no
 * `data:` address meets the CSP.
 */
export function Thumbhash({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => inBudget(() => paint(canvas.current, hash), firstPaint.active), [hash])
  return <canvas ref={canvas} width={1} height={1} className={styles.hash} />
}

function paint(canvas: HTMLCanvasElement | null, hash: string): void {
  const context = canvas?.getContext('2d')
  if (!context || !hash) return
  try {
    const { w, h, rgba } = thumbHashToRGBA(bytesOf(hash))
    context.canvas.width = w
    context.canvas.height = h
    context.putImageData(new ImageData(new Uint8ClampedArray(rgba), w, h), 0, 0)
  } catch {
    // A hash that cannot be read leaves the dominant colour.
  }
}
