import { outputsOf } from '@tintype/server/modules/media/imaging/plan'
import sharp from 'sharp'

/** Milliseconds. */
export interface RawOutcome {
  ms: number
  cpuMs: number
}

/** What is left when everything but the work on the pixels is taken away: one decode, three sizes in WebP, and nothing kept. */
process.once('message', async ({ paths, atOnce }: { paths: string[]; atOnce: number }) => {
  const started = performance.now()
  const left = [...paths]
  const worker = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await renditions(path)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  process.send?.(performance.now() - started)
})
process.send?.('ready')

async function renditions(path: string): Promise<void> {
  const { autoOrient: source } = await sharp(path).metadata()
  const sizes = outputsOf(source, 'post', 'first')
  const largest = { ...sizes[0], fit: 'fill' } as const
  const { data, info } = await sharp(path)
    .rotate()
    .resize(largest)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  await Promise.all(
    sizes.map((size) => {
      const image = sharp(data, { raw: { width, height, channels } })
      return image
        .resize(size.width, size.height, { fit: 'fill' })
        .webp({ quality: 80, effort: 2 })
        .toBuffer()
    }),
  )
}
