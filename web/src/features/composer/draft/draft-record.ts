import type { UploadTicket } from '@tintype/contract'
import { wholePicture } from '../../../editor/crop/crop.ts'
import { startHistory } from '../../../kit/history.ts'
import { type Draft, type Shot, type Source, type Step, wholeFilm } from './draft.ts'
import { plainLook } from './look.ts'

/** A draft as it is kept over a reload: no history, the files beside it. */
export interface DraftRecord {
  version: 1
  id: string
  /** The member it belongs to; others on this device never see it. */
  ownerId: string
  /** Milliseconds since 1970. */
  savedAt: number
  step: Step
  sources: readonly Omit<Source, 'file'>[]
  shots: readonly Shot[]
  selected: string | null
  caption: string
  place: Draft['place']
  altTexts: Draft['altTexts']
  people?: Draft['people']
  authors?: Draft['authors']
  circles?: Draft['circles']
  commentsFrom?: Draft['commentsFrom']
  likesHidden?: Draft['likesHidden']
  downloadsAllowed?: Draft['downloadsAllowed']
  sensitive?: Draft['sensitive']
  publishAt?: Draft['publishAt']
  asReel?: Draft['asReel']
  sharesSound?: Draft['sharesSound']
  sound?: Draft['sound']
  /** Uploads that have begun, by picture. */
  tickets: readonly (readonly [id: string, ticket: UploadTicket])[]
  /** Set once it has been shared: it goes on by itself, under the same key, so that one post comes of it. */
  sharing: { key: string } | null
}

export function recordOf(
  draft: Draft,
  rest: Pick<DraftRecord, 'ownerId' | 'savedAt' | 'sharing'> & { tickets: ReadonlyMap<string, UploadTicket> },
): DraftRecord {
  const { id, step, shots, selected, caption, place, altTexts } = draft
  const kept = new Set(shots.present.map((shot) => shot.id))
  return {
    version: 1,
    id,
    ownerId: rest.ownerId,
    savedAt: rest.savedAt,
    sharing: rest.sharing,
    step,
    // Pictures that were taken out are not kept: undo does not reach over a reload.
    sources: [...draft.sources.values()]
      .filter((source) => kept.has(source.id))
      .map(({ file: _, ...source }) => source),
    shots: shots.present,
    selected,
    caption,
    place,
    altTexts,
    people: draft.people,
    authors: draft.authors,
    circles: draft.circles,
    commentsFrom: draft.commentsFrom,
    likesHidden: draft.likesHidden,
    downloadsAllowed: draft.downloadsAllowed,
    sensitive: draft.sensitive,
    publishAt: draft.publishAt,
    asReel: draft.asReel,
    sharesSound: draft.sharesSound,
    sound: draft.sound,
    tickets: [...rest.tickets].filter(([source]) => kept.has(source)),
  }
}

/** Pictures whose file was lost (storage was cleared in part) are left out. Undefined where none is left. */
export function draftOf(record: DraftRecord, files: ReadonlyMap<string, Blob>): Draft | undefined {
  const sources = record.sources.flatMap((source) => {
    const file = files.get(source.id)
    return file ? [{ ...source, kind: source.kind ?? 'photo', file }] : []
  })
  const shots = record.shots.filter(({ id }) => files.has(id)).map(withAllEdits)
  if (shots.length === 0) return undefined
  return {
    id: record.id,
    step: record.step,
    sources: new Map(sources.map((source) => [source.id, source])),
    shots: startHistory(shots),
    selected: shots.some(({ id }) => id === record.selected) ? record.selected : (shots[0]?.id ?? null),
    caption: record.caption,
    place: record.place,
    altTexts: record.altTexts,
    people: record.people ?? {},
    authors: record.authors ?? [],
    circles: record.circles ?? [],
    commentsFrom: record.commentsFrom ?? null,
    likesHidden: record.likesHidden ?? null,
    downloadsAllowed: record.downloadsAllowed ?? null,
    sensitive: record.sensitive ?? false,
    publishAt: record.publishAt ?? null,
    asReel: record.asReel ?? null,
    sharesSound: record.sharesSound ?? false,
    sound: record.sound ?? null,
  }
}

/** A draft that was kept before there was so much to edit. */
const withAllEdits = ({ id, framing, look, cut }: Shot): Shot => ({
  id,
  framing: { ...wholePicture, ...framing },
  look: { ...look, adjust: { ...plainLook.adjust, ...look.adjust } },
  cut: { ...wholeFilm, ...cut },
})
