import { type Media, type Rendition, stillUrl } from '@tintype/contract'

export interface Sources {
  /** For browsers that read AVIF; empty where there is none. */
  avif: string
  webp: string
  src: string
}

const srcset = (renditions: readonly Rendition[]) =>
  renditions.map((one) => `${one.url} ${one.width}w`).join(', ')

/**
 * What `<picture>` needs. A browser takes the first source it can read, whatever widths it offers, so where AVIF
 * was made for some widths only, its source is filled up with WebP: no tile downloads the large one for want of a
 * small one.
 */
export function sourcesOf(media: Parameters<typeof stillUrl>[0] & Pick<Media, 'variants'>): Sources {
  const byWidth = new Map<number, { avif?: Rendition; webp?: Rendition }>()
  for (const rendition of media.variants) {
    const kind = rendition.content_type === 'image/avif' ? 'avif' : 'webp'
    byWidth.set(rendition.width, { ...byWidth.get(rendition.width), [kind]: rendition })
  }
  const widths = [...byWidth.entries()].sort(([a], [b]) => a - b).map(([, kinds]) => kinds)
  const webp = widths.flatMap((kinds) => kinds.webp ?? [])
  const mixed = widths.flatMap((kinds) => kinds.avif ?? kinds.webp ?? [])
  const hasAvif = mixed.some((one) => one.content_type === 'image/avif')
  return { avif: hasAvif ? srcset(mixed) : '', webp: srcset(webp), src: stillUrl(media) }
}

/** How wide a box is, in CSS lengths: on a phone, on other screens; and how high, where the picture's own ratio does not say. */
export interface Place {
  phone: string
  wide: string
  height?: string
}

/**
 * The `sizes` attribute: how wide the whole picture is drawn, of which a box that cuts it shows a part. A 4:1 that
 * fills a square is four times as wide as the square.
 */
export function sizesOf(place: Place, own: number, { ratio, fit }: Shown): string {
  const within = fit === 'cover' ? Math.max(1, own / ratio) : Math.min(1, own / ratio)
  const drawn = (width: string) => {
    if (place.height) return `min(${width}, ${place.height} * ${rounded(own)})`
    return within === 1 ? width : `calc((${width}) * ${rounded(within)})`
  }
  return `(max-width: 767px) ${drawn(place.phone)}, ${drawn(place.wide)}`
}

/** A box of this ratio that the picture fills, or that all of it fits into. */
interface Shown {
  ratio: number
  fit: 'cover' | 'contain'
}

const rounded = (value: number) => Math.round(value * 1000) / 1000

/** A post's box: its own ratio, between the tallest and the widest that a feed shows. */
export const clampRatio = (width: number, height: number): number =>
  height > 0 ? Math.min(1.91, Math.max(4 / 5, width / height)) : 1

/** On its own page a tall picture has more of the screen before it is made smaller. */
export const pageRatio = (width: number, height: number): number =>
  height > 0 ? Math.min(1.91, Math.max(2 / 3, width / height)) : 1
