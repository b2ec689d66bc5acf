import { useEffect, useRef } from 'react'

/** A bitmap as it is, without a detour over a file. Decoration. */
export function BitmapImage({ bitmap, className }: { bitmap: ImageBitmap; className: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0)
  }, [bitmap])
  return <canvas ref={canvas} className={className} width={bitmap.width} height={bitmap.height} />
}
