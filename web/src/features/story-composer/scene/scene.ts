import type { NewSticker } from '@tintype/contract'
import type { FontName } from './fonts.ts'
import type { GroundName } from './paints.ts'

/**
 * Where something stands in the frame: its middle in shares of the frame's width and height, turned clockwise in degrees. `size` is
 * the width of a sticker or the height of a letter in shares of the frame's width; of the picture, how far it is enlarged, 1
 * being whole.
 */
export interface Place {
  x: number
  y: number
  size: number
  rotation: number
}

type WithoutPlace<T> = T extends unknown ? Omit<T, 'x' | 'y' | 'width' | 'rotation'> : never
/** What a sticker says or asks. */
export type StickerContent = WithoutPlace<NewSticker>
export type StickerKind = StickerContent['kind']

export interface TextContent {
  kind: 'text'
  text: string
  font: FontName
  /** `#rrggbb` */
  color: string
  align: 'left' | 'center' | 'right'
  /** On a pill of its colour instead of in it. */
  pill: boolean
}
interface EmojiContent {
  kind: 'emoji'
  emoji: string
}
export type ThingContent = TextContent | EmojiContent | { kind: 'sticker'; sticker: StickerContent }
/** Something that lies on the picture and can be moved. Texts and emoji become part of it, stickers do not. */
export type Thing = ThingContent & { id: string; place: Place }
export type ThingKind = ThingContent['kind']

export interface Stroke {
  color: string
  /** In shares of the frame's width. */
  width: number
  erases: boolean
  /** x, y, x, y … in shares of the frame's width and height. */
  points: readonly number[]
}

/** What of a film is shown, in seconds of it; `null`: to its end, which is not known. */
export interface SceneFilm {
  start: number
  end: number | null
  mute: boolean
}

export interface ScenePicture {
  fileId: string
  /** It moves. */
  film?: SceneFilm
  place: Place
  /** What is seen beside it where it does not fill the frame. */
  surround: 'blur' | 'color'
}

/** All that is seen of a story. */
export interface Scene {
  ground: GroundName
  picture: ScenePicture | null
  strokes: readonly Stroke[]
  things: readonly Thing[]
  /** Null until the member writes one: then it is what the texts say. */
  altText: string | null
}

export const emptyScene: Scene = {
  ground: 'safelight',
  picture: null,
  strokes: [],
  things: [],
  altText: null,
}

export const stickersOf = ({ things }: Scene): (Place & { sticker: StickerContent })[] =>
  things.flatMap((thing) => (thing.kind === 'sticker' ? [{ ...thing.place, sticker: thing.sticker }] : []))

export const putThing = (scene: Scene, thing: Thing): Scene => {
  const known = scene.things.some(({ id }) => id === thing.id)
  return {
    ...scene,
    things: known ? scene.things.map((one) => (one.id === thing.id ? thing : one)) : [...scene.things, thing],
  }
}

export const placeThing = (scene: Scene, id: string, place: Place): Scene => ({
  ...scene,
  things: scene.things.map((thing) => (thing.id === id ? { ...thing, place } : thing)),
})

export const removeThing = (scene: Scene, id: string): Scene => ({
  ...scene,
  things: scene.things.filter((thing) => thing.id !== id),
})

/** Nothing in it that anybody would miss. */
export const isEmpty = ({ picture, strokes, things }: Scene): boolean =>
  picture === null && strokes.length === 0 && things.length === 0
