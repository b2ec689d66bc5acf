import type { StickerKind } from '../scene/scene.ts'

/** What is open beside the frame. `id`: the thing that is edited; without it a new one is made. */
export type Panel =
  | { name: 'text'; id?: string }
  | { name: 'draw' }
  | { name: 'emoji' }
  | { name: 'stickers' }
  | { name: 'sticker'; kind: StickerKind; id?: string }
  | { name: 'ground' }
  | { name: 'share' }
