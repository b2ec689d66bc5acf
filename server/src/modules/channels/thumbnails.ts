import { buffer } from 'node:stream/consumers'
import { type Media, TintypeError } from '@tintype/contract'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { MediaFiles } from '../media/api.ts'

/** Small enough for a mail, in the one form that every mail program shows. */
export const thumbnails =
  (media: Pick<MediaFiles, 'readyMedia'>, objectStore: Pick<ObjectStore, 'get'>) =>
  async ({ media_id }: Media): Promise<Buffer | undefined> => {
    const found = (await media.readyMedia([media_id])).get(media_id)
    const rendition = found && found.kind !== 'voice' ? found.renditions.at(-1) : undefined
    if (!rendition) return undefined
    try {
      const { body } = await objectStore.get(rendition.key)
      const { default: sharp } = await import('sharp')
      return await sharp(await buffer(body))
        .resize(144, 144, { fit: 'cover' })
        .jpeg({ quality: 75 })
        .toBuffer()
    } catch (error) {
      if (error instanceof TintypeError) return undefined
      throw error
    }
  }
