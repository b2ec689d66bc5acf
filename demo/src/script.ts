import type { FilterId, PhotoEdit, Place } from '@tintype/contract'
import { type PhotographName, photographs } from './photographs.ts'
import { type PlaceName, placeNamed } from './places.ts'

/** The words in which the community is written down: who there is, what they post, what others say to it. */
export interface Shot {
  photograph: PhotographName
  edit: PhotoEdit
  alt: string
}

/** Who says what, then the replies to it in order. */
export type Remark = readonly [
  who: string,
  text: string,
  ...replies: (readonly [who: string, text: string])[],
]

export interface Entry {
  shots: Shot[]
  caption: string
  place?: Place
  talk: readonly Remark[]
}

export interface Member {
  username: string
  name: string
  bio: string
  avatar: Shot
  isPrivate: boolean
  entries: Entry[]
}

export type Group = readonly Member[]

interface Framing {
  /** Width by height, as `4:5`; the whole picture unless given. */
  ratio?: `${number}:${number}`
  /** Where the frame sits, 0…1 from left and top of what is free to move; the middle unless given. */
  at?: readonly [x: number, y: number]
  /** Part of the largest possible frame that is kept, 1 unless given. */
  zoom?: number
  filter?: FilterId
  strength?: number
  adjust?: PhotoEdit['adjust']
  /** For a detail that shows something else than the whole. */
  alt?: string
}

export function shot(photograph: PhotographName, framing: Framing = {}): Shot {
  const { ratio, at, zoom, filter, strength, adjust } = framing
  const [width, height, alt] = photographs[photograph]
  const edit: PhotoEdit = { filter, strength, adjust }
  if (ratio || zoom) edit.crop = cropOf(width, height, ratio ?? `${width}:${height}`, at, zoom)
  return { photograph, edit, alt: framing.alt ?? alt }
}

function cropOf(
  width: number,
  height: number,
  ratio: string,
  [x, y] = [0.5, 0.5] as readonly [number, number],
  zoom = 1,
) {
  const [across = 1, down = 1] = ratio.split(':').map(Number)
  const wanted = across / down / (width / height)
  const part = { width: Math.min(1, wanted) * zoom, height: Math.min(1, 1 / wanted) * zoom }
  return { x: x * (1 - part.width), y: y * (1 - part.height), ...part }
}

type What = PhotographName | Shot | readonly (PhotographName | Shot)[]

export function post(
  what: What,
  caption: string,
  more: { place?: PlaceName; talk?: readonly Remark[] } = {},
): Entry {
  const list = Array.isArray(what) ? what : [what]
  const shots = (list as readonly (PhotographName | Shot)[]).map((item) =>
    typeof item === 'string' ? shot(item) : item,
  )
  return { shots, caption, place: more.place && placeNamed(more.place), talk: more.talk ?? [] }
}

export function member(
  username: string,
  name: string,
  bio: string,
  avatar: Shot,
  entries: Entry[],
  isPrivate = false,
): Member {
  return { username, name, bio, avatar, entries, isPrivate }
}

/** A square for an avatar: where it is centred and how much of the picture it shows. */
export function face(photograph: PhotographName, x: number, y: number, zoom = 1): Shot {
  return shot(photograph, { ratio: '1:1', at: [x, y], zoom })
}
