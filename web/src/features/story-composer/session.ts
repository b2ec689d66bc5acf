import { errors, limits } from '@tintype/contract'
import { type Cell, createCell } from '../../kit/cell.ts'
import { amend } from '../../kit/history.ts'
import type { Decoded, Preview } from '../../things/composing/decode.ts'
import { type FileType, takeInAll } from '../../things/composing/intake.ts'
import { randomKey } from '../../upload/random-key.ts'
import {
  changeScene,
  isWorthKeeping,
  newDraft,
  redoDraft,
  restDraft,
  type SourceFile,
  type StoryDraft,
  type StorySettings,
  undoDraft,
} from './draft/draft.ts'
import { draftOf, recordOf, type Sharing, type StoryRecord, type StoryShelf } from './draft/story-shelf.ts'
import { t } from './messages.ts'
import type { StoryPublisher } from './publishing/story-publisher.ts'
import { firstPlace, settle } from './scene/place.ts'
import {
  type Place,
  placeThing,
  putThing,
  removeThing,
  type Scene,
  type Thing,
  type ThingContent,
} from './scene/scene.ts'

export interface StorySessionServices {
  publisher: Pick<StoryPublisher, 'share'>
  shelf: Pick<StoryShelf, 'save' | 'list' | 'forget'>
  /** Makes a picture visible; never rejects but when given up. */
  decode: (source: SourceFile, signal: AbortSignal) => Promise<Preview>
  render: (scene: Scene, decoded: Decoded | undefined) => Promise<Blob>
  /** What lies over a film. */
  renderPlate: (scene: Scene, decoded: Decoded) => Promise<Blob>
  ownerId: string
  now: () => number
}

const SAVE_AFTER = 400

/** One story in the making, and what happens to it outside of the dialog; knows no React. */
export class StorySession {
  readonly draft: Cell<StoryDraft> = createCell(newDraft(randomKey()))
  readonly previews = createCell<ReadonlyMap<string, Preview>>(new Map())
  /** Why the last file did not come in, for people. */
  readonly refused = createCell<string | null>(null)
  /** An earlier draft that could be gone on with. */
  readonly earlier = createCell<StoryRecord | null>(null)
  readonly #services: StorySessionServices
  readonly #resumed = new Set<string>()
  #decoding = new AbortController()
  #saving: ReturnType<typeof setTimeout> | undefined

  constructor(services: StorySessionServices) {
    this.#services = services
  }

  get scene(): Scene {
    return this.draft.get().scene.present
  }

  change = (change: (scene: Scene) => Scene, stroke: string | null = null): void =>
    this.#set(changeScene(this.draft.get(), change, stroke))
  rest = (): void => this.#set(restDraft(this.draft.get()))
  undo = (): void => this.#set(undoDraft(this.draft.get()))
  redo = (): void => this.#set(redoDraft(this.draft.get()))
  select = (selected: string | null): void => this.draft.update((draft) => ({ ...draft, selected }))
  choose = (settings: Partial<StorySettings>): void =>
    this.#set({ ...this.draft.get(), settings: { ...this.draft.get().settings, ...settings } })

  /** Without a picture, to write on. */
  beginPlain = (): void => this.draft.update((draft) => ({ ...draft, begun: true }))

  /** Puts a new thing into the frame, or what it has become in the place of what it was. */
  put = (content: ThingContent, place: Place, id = randomKey()): void => {
    this.change((scene) => putThing(scene, { ...content, id, place } as Thing))
    this.select(id)
  }
  /** `ratio`: height over width of its box. */
  place = (thing: Thing, place: Place, ratio: number, stroke: string): void =>
    this.change((scene) => placeThing(scene, thing.id, settle(thing.kind, place, ratio)), stroke)
  /** As soon as it is known how high it is; no step of its own. */
  settle = (id: string, ratio: number): void => {
    const draft = this.draft.get()
    const scene = amend(draft.scene, (now) => ({
      ...now,
      things: now.things.map((thing) =>
        thing.id === id ? { ...thing, place: settle(thing.kind, thing.place, ratio) } : thing,
      ),
    }))
    this.draft.set({ ...draft, scene })
  }
  remove = (id: string): void => this.change((scene) => removeThing(scene, id))

  /** The first one that is a picture or a film takes the place of the one before. `seconds`: how long a recording is, which does not say so. */
  addFiles = async (files: readonly File[], seconds?: number): Promise<void> => {
    const { id } = this.draft.get()
    const { accepted, refused } = await takeInAll(files.slice(0, 1), () => 1, againstMoving)
    // Given up or shared meanwhile.
    if (this.draft.get().id !== id) return
    this.refused.set(refused[0]?.reason ?? null)
    const [source] = accepted
    if (source) await this.#addPicture({ file: source.file, type: source.type }, seconds)
  }

  /** Renders the story, hands it over to the background and starts afresh. */
  async share(): Promise<void> {
    const draft = restDraft(this.draft.get())
    const { scene } = this
    const preview = this.previews.get().get(scene.picture?.fileId ?? '')
    const decoded = preview?.state === 'seen' ? preview.decoded : undefined
    const files = await this.#filesOf(draft, decoded)
    clearTimeout(this.#saving)
    this.#services.publisher.share(draft, { key: randomKey(), ticket: null, ...files })
    this.#startAfresh(newDraft(randomKey(), draft.settings))
  }

  async #filesOf({ scene, files }: StoryDraft, decoded: Decoded | undefined) {
    const { render, renderPlate } = this.#services
    const { present } = scene
    const source = present.picture?.film && files.get(present.picture.fileId)
    if (!source || !decoded) return { rendered: await render(present, decoded) }
    return { rendered: source.file, plate: { blob: await renderPlate(present, decoded), ticket: null } }
  }

  discard(): void {
    const { id, settings } = this.draft.get()
    clearTimeout(this.#saving)
    void this.#services.shelf.forget(id)
    this.#startAfresh(newDraft(randomKey(), settings))
  }

  /** Puts a story that failed back on the table; an unfinished one there goes to the shelf. */
  takeBack(draft: StoryDraft): void {
    void this.saveNow()
    this.#startAfresh(draft)
  }

  async lookForEarlier(): Promise<void> {
    if (this.draft.get().begun) return
    const { shelf, ownerId, now } = this.#services
    const records = await shelf.list(ownerId, now())
    if (this.draft.get().begun) return
    this.earlier.set(records.find(({ sharing }) => sharing === null) ?? null)
  }

  continueEarlier(): void {
    const record = this.earlier.get()
    if (record) this.#startAfresh(draftOf(record))
  }

  forgetEarlier(): void {
    const record = this.earlier.get()
    this.earlier.set(null)
    if (record) void this.#services.shelf.forget(record.id)
  }

  /** Stories that were on their way when the page was left go on. */
  async resumeShared(): Promise<void> {
    const { shelf, publisher, ownerId, now } = this.#services
    for (const record of await shelf.list(ownerId, now())) {
      if (!record.sharing || this.#resumed.has(record.id)) continue
      this.#resumed.add(record.id)
      publisher.share(draftOf(record), record.sharing)
    }
  }

  /** The member is gone: what was saved stays, nothing more happens. */
  stop(): void {
    clearTimeout(this.#saving)
    this.#decoding.abort(new DOMException('stopped', 'AbortError'))
    this.#decoding = new AbortController()
  }

  saveNow(): Promise<void> {
    clearTimeout(this.#saving)
    return this.keep(this.draft.get(), null)
  }

  async keep(draft: StoryDraft, sharing: Sharing | null): Promise<void> {
    const { shelf, ownerId, now } = this.#services
    if (!isWorthKeeping(draft)) return shelf.forget(draft.id)
    await shelf.save(recordOf(draft, { ownerId, savedAt: now(), sharing }))
  }

  #set(next: StoryDraft): void {
    if (next === this.draft.get()) return
    this.draft.set(next)
    clearTimeout(this.#saving)
    this.#saving = setTimeout(() => void this.saveNow(), SAVE_AFTER)
  }

  async #addPicture(source: SourceFile, seconds?: number): Promise<void> {
    const { id } = this.draft.get()
    const fileId = randomKey()
    const preview = await this.#show(fileId, source)
    if (!preview || this.draft.get().id !== id) return
    const isFilm = !source.type.startsWith('image/')
    if (preview.state === 'unseen')
      return this.refused.set(t(isFilm ? 'refused.unseenFilm' : 'refused.unseen'))
    const place = firstPlace(preview.decoded.size)
    this.draft.update((draft) => ({
      ...draft,
      begun: true,
      files: new Map(draft.files).set(fileId, source),
    }))
    const film = isFilm && { film: { start: 0, end: endOf(seconds ?? preview.seconds), mute: false } }
    this.change((scene) => ({ ...scene, picture: { fileId, place, surround: 'blur', ...film } }))
  }

  #startAfresh(draft: StoryDraft): void {
    this.stop()
    for (const preview of this.previews.get().values())
      if (preview.state === 'seen') preview.decoded.bitmap.close()
    this.previews.set(new Map())
    this.refused.set(null)
    this.earlier.set(null)
    this.draft.set(draft)
    for (const [fileId, source] of draft.files) void this.#show(fileId, source)
  }

  async #show(fileId: string, source: SourceFile): Promise<Preview | undefined> {
    const { signal } = this.#decoding
    try {
      const preview = await this.#services.decode(source, signal)
      if (signal.aborted) return undefined
      this.previews.update((previews) => new Map(previews).set(fileId, preview))
      return preview
    } catch {
      // Put away while it was being decoded.
      return undefined
    }
  }
}

const endOf = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : Math.min(seconds, limits.storyVideoSeconds)

/** A picture that moves is no film of which one would say where it begins and ends. */
const againstMoving = ({ kind, type }: FileType): string | undefined =>
  kind === 'video' && type.startsWith('image/') ? errors.media_animated.message : undefined
