import type { FilmClip } from '@tintype/contract'
import { type Cell, createCell } from '../../kit/cell.ts'
import type { ChosenSound } from '../../shell/composer-slot.ts'
import type { Preview } from '../../things/composing/decode.ts'
import { type Refused, takeInAll } from '../../things/composing/intake.ts'
import { randomKey } from '../../upload/random-key.ts'
import type { Uploads } from '../../upload/uploads.ts'
import { changeDraft, type Draft, type DraftAction, newDraft, roomIn, type Source } from './draft/draft.ts'
import { type DraftRecord, recordOf } from './draft/draft-record.ts'
import type { DraftShelf } from './draft/draft-shelf.ts'
import { filesOf, type Publisher } from './publishing/publisher.ts'

export interface SessionServices {
  uploads: Uploads
  publisher: Pick<Publisher, 'share' | 'resume' | 'takeBack'>
  shelf: Pick<DraftShelf, 'save' | 'list' | 'load' | 'forget'>
  /** Makes a picture visible; never rejects but when given up. */
  decode: (source: Source, signal: AbortSignal) => Promise<Preview>
  /** A small picture of the draft's first one, for the chip. */
  thumbnail: (draft: Draft, previews: ReadonlyMap<string, Preview>) => Promise<ImageBitmap | null>
  ownerId: string
  now: () => number
}

const SAVE_AFTER = 400

/** One post in the making: its draft, its visible pictures, and what happens to both outside of the dialog. */
export class ComposerSession {
  readonly draft: Cell<Draft> = createCell(newDraft(randomKey()))
  readonly previews = createCell<ReadonlyMap<string, Preview>>(new Map())
  readonly refused = createCell<readonly Refused[]>([])
  /** An earlier draft that could be gone on with. */
  readonly earlier = createCell<DraftRecord | null>(null)
  readonly #services: SessionServices
  readonly #resumed = new Set<string>()
  #decoding = new AbortController()
  #saving: ReturnType<typeof setTimeout> | undefined

  constructor(services: SessionServices) {
    this.#services = services
  }

  dispatch = (action: DraftAction): void => {
    const before = this.draft.get()
    const after = changeDraft(before, action)
    if (after === before) return
    this.draft.set(after)
    if (action.type === 'stepped') this.refused.set([])
    if (after.step !== before.step || after.sources !== before.sources) this.#beginUploads()
    this.#saveSoon()
  }

  /** Looks into each file before it takes it in: what cannot be posted is refused now, not when all is done. */
  addFiles = (files: readonly File[]): Promise<void> => this.#add(files)

  /** What was recorded here is to be a reel of these clips; null: of all of it. */
  takeRecording = async (file: File, clips: readonly FilmClip[] | null): Promise<void> => {
    await this.#add([file], clips ? { clips } : {})
    this.dispatch({ type: 'wrote', text: { asReel: true } })
  }

  async #add(files: readonly File[], more: Pick<Source, 'clips'> = {}): Promise<void> {
    const { id } = this.draft.get()
    const { accepted, refused } = await takeInAll(files, () => roomIn(this.draft.get()))
    // Given up or shared meanwhile.
    if (this.draft.get().id !== id) return
    const sources = accepted.map(
      ({ file, kind, type }): Source => ({ id: randomKey(), file, name: file.name, kind, type, ...more }),
    )
    this.refused.set(refused)
    this.dispatch({ type: 'added', sources })
    for (const source of sources) void this.#show(source)
  }

  /** The post is to be a reel with another's sound. */
  takeSound = (sound: ChosenSound): void => {
    this.dispatch({ type: 'wrote', text: { sound } })
  }

  /** Hands the post over to the background and starts afresh. */
  async share(): Promise<void> {
    const draft = this.draft.get()
    const thumbnail = await this.#services.thumbnail(draft, this.previews.get())
    clearTimeout(this.#saving)
    this.#services.publisher.share(draft, randomKey(), thumbnail)
    this.#startAfresh(newDraft(randomKey()))
  }

  /** Gives the draft up: pictures, text, uploads and all. */
  discard(): void {
    const { id, sources } = this.draft.get()
    clearTimeout(this.#saving)
    this.#services.uploads.cancel([...sources.keys()])
    void this.#services.shelf.forget(id)
    this.#startAfresh(newDraft(randomKey()))
  }

  /** Puts a shared post that failed back on the table. An unfinished draft there goes to the shelf. */
  takeBack(publicationId: string): void {
    const draft = this.#services.publisher.takeBack(publicationId)
    if (!draft) return
    void this.saveNow()
    this.#startAfresh(draft)
  }

  /** Looks whether there is something to go on with, unless something is being made already. */
  async lookForEarlier(): Promise<void> {
    if (this.draft.get().sources.size > 0) return
    const { shelf, ownerId, now } = this.#services
    const records = await shelf.list(ownerId, now())
    this.earlier.set(records.find(({ sharing }) => sharing === null) ?? null)
  }

  async continueEarlier(): Promise<void> {
    const record = this.earlier.get()
    const draft = record && (await this.#services.shelf.load(record))
    this.earlier.set(null)
    if (!record || !draft) return
    this.#startAfresh(draft)
    const tickets = new Map(record.tickets)
    for (const file of filesOf(draft)) {
      const ticket = tickets.get(file.id)
      if (ticket) this.#services.uploads.resume(file, ticket)
    }
  }

  forgetEarlier(): void {
    const record = this.earlier.get()
    this.earlier.set(null)
    if (record) void this.#services.shelf.forget(record.id)
  }

  /** Posts that were on their way when the page was left go on; answers how many. */
  async resumeShared(): Promise<number> {
    const { shelf, publisher, ownerId, now } = this.#services
    const records = await shelf.list(ownerId, now())
    let resumed = 0
    for (const record of records) {
      const draft = record.sharing && !this.#resumed.has(record.id) && (await shelf.load(record))
      if (!record.sharing || !draft || this.#resumed.has(record.id)) continue
      this.#resumed.add(record.id)
      publisher.resume(draft, record.sharing.key, new Map(record.tickets), null)
      resumed++
    }
    return resumed
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

  /** Puts a draft on the shelf as it stands. */
  async keep(draft: Draft, sharing: DraftRecord['sharing']): Promise<void> {
    const { shelf, uploads, ownerId, now } = this.#services
    if (draft.shots.present.length === 0) return shelf.forget(draft.id)
    await shelf.save(recordOf(draft, { ownerId, savedAt: now(), sharing, tickets: uploads.tickets() }), draft)
  }

  #saveSoon(): void {
    clearTimeout(this.#saving)
    this.#saving = setTimeout(() => void this.saveNow(), SAVE_AFTER)
  }

  /**
   * Bytes travel while the member edits. Not before they have gone on from cropping: until then pictures come and go, and a
   * phone's plan may not be free.
   */
  #beginUploads(): void {
    const draft = this.draft.get()
    if (draft.step === 'edit' || draft.step === 'share') this.#services.uploads.begin(filesOf(draft))
  }

  #startAfresh(draft: Draft): void {
    this.#decoding.abort(new DOMException('put away', 'AbortError'))
    this.#decoding = new AbortController()
    for (const preview of this.previews.get().values())
      if (preview.state === 'seen') preview.decoded.bitmap.close()
    this.previews.set(new Map())
    this.refused.set([])
    this.draft.set(draft)
    for (const source of draft.sources.values()) void this.#show(source)
  }

  async #show(source: Source): Promise<void> {
    const { signal } = this.#decoding
    try {
      const preview = await this.#services.decode(source, signal)
      if (signal.aborted) return
      this.previews.update((previews) => new Map(previews).set(source.id, preview))
      const size = preview.state === 'seen' ? preview.decoded.size : preview.size
      const { seconds } = preview
      if (size || seconds) this.dispatch({ type: 'measured', id: source.id, size, seconds })
    } catch {
      // Put away while it was being decoded.
    }
  }
}
