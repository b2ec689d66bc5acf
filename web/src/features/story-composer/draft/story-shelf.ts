import type { UploadTicket } from '@tintype/contract'
import { createStore, del, delMany, entries, set } from 'idb-keyval'
import { startHistory } from '../../../kit/history.ts'
import type { Scene } from '../scene/scene.ts'
import { firstSettings, type SourceFile, type StoryDraft, type StorySettings } from './draft.ts'

/** A story that was shared: it goes on by itself, with the same bytes under the same key, so that one comes of it. */
export interface Sharing {
  key: string
  /** The picture; of a film the film itself, as it was chosen. */
  rendered: Blob
  ticket: UploadTicket | null
  /** What lies over a film. */
  plate?: { blob: Blob; ticket: UploadTicket | null }
}

/** A draft as it is kept over a reload, its picture with it: no history. */
export interface StoryRecord {
  version: 1
  id: string
  /** The member it belongs to; others on this device never see it. */
  ownerId: string
  /** Milliseconds since 1970. */
  savedAt: number
  scene: Scene
  settings: StorySettings
  file: SourceFile | null
  sharing: Sharing | null
}

/** Older drafts are forgotten: a story is of the day. */
const KEPT_FOR = 3 * 24 * 3600 * 1000

export const recordOf = (
  { id, scene, settings, files }: StoryDraft,
  rest: Pick<StoryRecord, 'ownerId' | 'savedAt' | 'sharing'>,
): StoryRecord => ({
  version: 1,
  id,
  ...rest,
  scene: scene.present,
  settings,
  file: files.get(scene.present.picture?.fileId ?? '') ?? null,
})

export function draftOf({ id, scene, settings, file }: StoryRecord): StoryDraft {
  const picture = file && scene.picture
  return {
    id,
    begun: true,
    scene: startHistory({ ...scene, picture }),
    files: new Map(file && picture ? [[picture.fileId, file]] : []),
    selected: null,
    settings: { ...firstSettings, ...settings },
  }
}

/**
 * Drafts in IndexedDB, so that a reload or a closed tab loses nothing. Where the browser keeps nothing (private windows, a full
 * disk) every call quietly does nothing: a draft is a comfort, not a promise.
 */
export class StoryShelf {
  readonly #store = createStore('tintype-story-composer', 'drafts')

  async save(record: StoryRecord): Promise<void> {
    await quietly(() => set(record.id, record, this.#store))
  }

  /** The member's, newest first. Those of others, and those too old, are not among them. */
  async list(ownerId: string, now: number): Promise<StoryRecord[]> {
    const all = (await quietly(() => entries<string, StoryRecord>(this.#store))) ?? []
    const stale = all.filter(([, { savedAt }]) => now - savedAt > KEPT_FOR).map(([id]) => id)
    if (stale.length > 0) await quietly(() => delMany(stale, this.#store))
    return all
      .flatMap(([id, record]) => (stale.includes(id) ? [] : record))
      .filter((record) => record.ownerId === ownerId && record.version === 1)
      .toSorted((a, b) => b.savedAt - a.savedAt)
  }

  async forget(id: string): Promise<void> {
    await quietly(() => del(id, this.#store))
  }

  /** Of one member, or of every member of this device: the next one at this screen may be somebody else. */
  async forgetAll(ownerId?: string): Promise<void> {
    const all = (await quietly(() => entries<string, StoryRecord>(this.#store))) ?? []
    const theirs = all.filter(([, record]) => ownerId === undefined || record.ownerId === ownerId)
    await quietly(() =>
      delMany(
        theirs.map(([id]) => id),
        this.#store,
      ),
    )
  }
}

async function quietly<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task()
  } catch {
    return undefined
  }
}
