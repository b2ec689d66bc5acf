import { createHash } from 'node:crypto'
import { createClient, limits, type PostId, type UploadId } from '@tintype/contract'
import sharp from 'sharp'
import { Random } from '../dataset/random.ts'
import type { Server } from '../servers/tintype.ts'
import type { Viewer } from './viewers.ts'

/** A JPEG of shapes and grain, about as hard to code as a photograph; every seed gives another one. */
export async function photograph(seed: number, width: number, height: number): Promise<Buffer> {
  const random = new Random(`photograph/${seed}`)
  const shapes = Array.from({ length: 40 }, () => {
    const [x, y, r, hue] = [
      random.below(width),
      random.below(height),
      20 + random.below(width / 5),
      random.below(360),
    ]
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${hue} 50% ${20 + random.below(60)}%)" opacity="0.7"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="hsl(${random.below(360)} 30% 50%)"/>${shapes.join('')}</svg>`
  const grain = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 14 },
    },
  })
    .png({ compressionLevel: 1 })
    .toBuffer()
  return sharp(Buffer.from(svg), { limitInputPixels: false })
    .composite([{ input: grain, blend: 'soft-light' }])
    .removeAlpha()
    .jpeg({ quality: 88 })
    .toBuffer()
}

/** A member's calls, as the app makes them. */
export class Poster {
  readonly #base: string
  readonly #viewer: Viewer
  readonly api: ReturnType<typeof createClient>

  constructor(server: Server, viewer: Viewer) {
    this.#base = `http://${server.host}:${server.port}`
    this.#viewer = viewer
    this.api = createClient({
      baseUrl: this.#base,
      headers: () => ({ authorization: `Bearer ${this.#viewer.token}` }),
    })
  }

  /** Announces and sends each file. */
  async upload(files: readonly Buffer[], type = 'image/jpeg'): Promise<UploadId[]> {
    if (files.length <= limits.carousel) return this.#send(files, type)
    const first = await this.#send(files.slice(0, limits.carousel), type)
    return [...first, ...(await this.upload(files.slice(limits.carousel), type))]
  }

  async #send(files: readonly Buffer[], content_type: string): Promise<UploadId[]> {
    const announced = files.map((bytes) => ({
      content_type,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }))
    const { uploads } = await this.api.media.requestUploads({ body: { files: announced } })
    for (const [index, { url, method, headers }] of uploads.entries()) {
      const answer = await fetch(new URL(url, this.#base), {
        method,
        headers,
        body: new Uint8Array(files[index] ?? []),
      })
      if (!answer.ok) throw new Error(`an upload answered ${answer.status}: ${await answer.text()}`)
    }
    return uploads.map(({ upload_id }) => upload_id)
  }

  async post(upload_ids: UploadId[], caption = 'Bench'): Promise<PostId> {
    return (await this.api.posts.confirm({ body: { upload_ids, caption } })).post_id
  }

  async isPublished(post_id: PostId): Promise<boolean> {
    const { status, failure } = await this.api.posts.get({ params: { post_id } })
    if (status === 'failed') throw new Error(`a file failed: ${failure?.code}`)
    return status === 'published'
  }
}
