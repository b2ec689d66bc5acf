import type { Photo, Video } from './schemas.ts'

type Shown = Pick<Photo, 'type' | 'url'> | Pick<Video, 'type' | 'poster'>

/** The address of the largest still picture of it. Apart from the schemas, which the browser does without. */
export const stillUrl = (media: Shown): string => (media.type === 'photo' ? media.url : media.poster)

/** The address of the smallest one, as every browser and mail program shows it. */
export function smallestUrl(media: Shown & Pick<Photo, 'variants'>): string {
  const [first] = media.variants
    .filter((variant) => variant.content_type === 'image/webp')
    .toSorted((a, b) => a.width - b.width)
  return first?.url ?? stillUrl(media)
}
