import { limits, mayBePhoto, type PhotoEdit, TintypeError, type UploadKind } from '@tintype/contract'
import type { ByteSource } from './imaging/byte-source.ts'
import { isTooSmall, keptSize } from './imaging/plan.ts'
import { checkPhoto, sniff } from './imaging/sniff.ts'
import type { Sniffed } from './imaging/sniffed.ts'
import type { Renderer } from './renderer.ts'

/** All that is particular to one kind of file, from its announcement to what is shown of it. */
export interface FileKind {
  /** Whether a file that is called this may be one. The bytes decide later. */
  mayBe(contentType: string): boolean
  maxBytes: number
  /**
   * What the bytes of an object are, mostly without decoding them. Rejects with a `media_…` code; `media_type_mismatch` where they are
   * nothing of this kind.
   */
  sniff(source: ByteSource, key: string): Promise<Sniffed>
  /** Throws the coded reason why it is not taken. */
  check(found: Sniffed): void
  /** The same for what is to be made of it. */
  checkEdit(found: Sniffed, edit: PhotoEdit): void
  /** Makes what is shown. */
  renderer: Pick<Renderer, 'render' | 'renew'>
}
export type FileKinds = Readonly<Record<UploadKind, FileKind>>

/** The files we take. What is made of them is made on this renderer's processes. */
export const fileKinds = (renderer: Renderer): FileKinds => ({ photo: photoKind(renderer) })

const photoKind = (renderer: Renderer): FileKind => ({
  mayBe: mayBePhoto,
  maxBytes: limits.photoBytes,
  async sniff(source, key) {
    const found = await sniff(source)
    // A JPEG without its end marker may have every pixel all the same.
    if (found.type !== 'image/jpeg' || found.complete) return found
    return { ...found, complete: await renderer.hasEveryPixel({ key, type: found.type }) }
  },
  check: checkPhoto,
  checkEdit: checkCrop,
  renderer,
})

/** A crop that is a sliver however the picture is turned upright; what only its orientation decides is told in processing. */
function checkCrop({ width, height }: Sniffed, edit: PhotoEdit): void {
  if (!edit.crop) return
  const ways = [
    { width, height },
    { width: height, height: width },
  ]
  if (ways.every((size) => isTooSmall(keptSize(size, edit)))) throw new TintypeError('media_too_small')
}

/** The kind that a file of this name most likely is; undefined where we take none that is called so. */
export const likelyKind = (kinds: FileKinds, contentType: string): UploadKind | undefined =>
  (Object.keys(kinds) as UploadKind[]).find((kind) => kinds[kind].mayBe(contentType))
