import { type Post, TintypeError, type UploadTicket } from '@tintype/contract'
import type { Cell } from '../../../kit/cell.ts'
import { codeOf, type FailureCode } from '../../../upload/failure.ts'
import type { Network } from '../../../upload/network.ts'
import { publish } from '../../../upload/publish.ts'
import { type FileToSend, TransferFailed, type Uploads } from '../../../upload/uploads.ts'
import { changeDraft, type Draft } from '../draft/draft.ts'
import { isPost, type Made, makingOf, type PostClient, unmake } from './making.ts'
import { advancePublication, newPublication, type Publication, type PublicationFact } from './publication.ts'

export interface PublisherServices {
  client: PostClient
  uploads: Uploads
  network: Network
  publications: Cell<readonly Publication[]>
  /** The post stands on the server, first in the making, then published. */
  onPost: (post: Post) => void
  /** Told whenever what is kept of a draft has to change: its key while it is on its way, null when it is out. */
  keep: (draft: Draft, sharing: { key: string } | null) => void
  forget: (draftId: string) => void
}

interface Running {
  draft: Draft
  key: string
  control: AbortController
}

export const filesOf = ({ shots, sources }: Draft): FileToSend[] =>
  shots.present.flatMap(({ id }) => {
    const source = sources.get(id)
    return source ? [{ id, blob: source.file, contentType: source.type }] : []
  })

/** Takes drafts that were shared to their posts, in the background; the dialog is closed by then. */
export class Publisher {
  readonly #services: PublisherServices
  readonly #running = new Map<string, Running>()

  constructor(services: PublisherServices) {
    this.#services = services
  }

  /** `key`: the idempotency key, new for each time the member presses Share, the same over reloads and retries. */
  share(draft: Draft, key: string, thumbnail: ImageBitmap | null): void {
    const files = filesOf(draft)
    const publication = newPublication(
      draft.id,
      files.map(({ id }) => id),
      thumbnail,
    )
    this.#services.publications.update((all) => [...all.filter(({ id }) => id !== draft.id), publication])
    this.#run(draft, key)
  }

  /** Goes on with a post that was on its way when the page was left. */
  resume(
    draft: Draft,
    key: string,
    tickets: ReadonlyMap<string, UploadTicket>,
    thumbnail: ImageBitmap | null,
  ) {
    for (const file of filesOf(draft)) {
      const ticket = tickets.get(file.id)
      if (ticket) this.#services.uploads.resume(file, ticket)
    }
    this.share(draft, key, thumbnail)
  }

  retry(id: string): void {
    const running = this.#running.get(id)
    if (running) this.#run(running.draft, running.key)
  }

  /** Takes a post that has failed, or is not out yet, back into the composer, at the picture that was at fault. */
  takeBack(id: string): Draft | undefined {
    const running = this.#running.get(id)
    const failedFile = this.#services.publications.get().find((one) => one.id === id)?.failedFile
    this.#end(id)
    if (!running) return undefined
    this.#services.keep(running.draft, null)
    return failedFile ? changeDraft(running.draft, { type: 'selected', id: failedFile }) : running.draft
  }

  /** Gives a post up for good. */
  discard(id: string): void {
    const running = this.#running.get(id)
    this.#end(id)
    this.#services.forget(id)
    if (running) this.#services.uploads.cancel([...running.draft.sources.keys()])
  }

  /** The member is gone: nothing goes on, and what was on its way waits on the shelf for them to come back. */
  stop(): void {
    for (const [id, { control, draft }] of this.#running) {
      control.abort(new DOMException('stopped', 'AbortError'))
      this.#services.uploads.forget([...draft.sources.keys()])
      this.dismiss(id)
    }
    this.#running.clear()
  }

  /** Takes a published post off the chip. */
  dismiss(id: string): void {
    this.#services.publications.update((all) => all.filter((publication) => publication.id !== id))
  }

  #run(draft: Draft, key: string): void {
    const running = { draft, key, control: new AbortController() }
    this.#running.set(draft.id, running)
    this.#tell(draft.id, { type: 'began' })
    this.#services.keep(draft, { key })
    this.#services.uploads.begin(filesOf(draft))
    void this.#publish(running)
  }

  async #publish({ draft, key, control }: Running): Promise<void> {
    const { client, uploads, network, onPost } = this.#services
    let made: Made | undefined
    const toPublish = {
      ...makingOf(client, draft),
      fileIds: filesOf(draft).map(({ id }) => id),
      idempotencyKey: key,
    }
    try {
      const done = await publish(toPublish, {
        uploads,
        network,
        signal: control.signal,
        onPause: (pause) => this.#tell(draft.id, { type: 'paused', pause }),
        onStage: (stage, now) => {
          const post = now && isPost(now) ? now : undefined
          this.#tell(draft.id, { type: 'staged', stage, post })
          if (post) onPost(post)
          made = now
        },
      })
      if (isPost(done)) onPost(done)
      this.#tell(
        draft.id,
        isPost(done) ? { type: 'published', post: done } : { type: 'scheduled', at: done.publish_at },
      )
      this.#finish(draft)
    } catch (error) {
      if (control.signal.aborted) return
      if (made) this.#withdraw(made, draft)
      this.#tell(draft.id, { type: 'failed', ...this.#reasonOf(error) })
    }
  }

  #finish(draft: Draft): void {
    const { uploads, forget } = this.#services
    const used = new Set(draft.shots.present.map(({ id }) => id))
    const ids = [...draft.sources.keys()]
    uploads.forget(ids.filter((id) => used.has(id)))
    uploads.cancel(ids.filter((id) => !used.has(id)))
    this.#running.delete(draft.id)
    forget(draft.id)
  }

  /**
   * The server made a post and then could not make pictures of the files. Its uploads are spent: the failed post goes, and the
   * next try is a new post from new uploads.
   */
  #withdraw(made: Made, draft: Draft): void {
    const { client, uploads } = this.#services
    unmake(client, made).catch(() => {})
    uploads.forget(filesOf(draft).map(({ id }) => id))
    const running = this.#running.get(draft.id)
    if (running) running.key = `${running.key}-again`
  }

  #reasonOf(error: unknown): { code: FailureCode; fileId?: string | undefined } {
    const transfers = this.#services.uploads.transfers.get()
    if (error instanceof TransferFailed) {
      const fileId = error.ids.find((id) => transfers.get(id)?.failure)
      return { code: transfers.get(fileId ?? '')?.failure ?? 'internal', fileId }
    }
    const uploadId = error instanceof TintypeError ? error.details?.upload_id : undefined
    const [fileId] =
      [...transfers].find(([, transfer]) => uploadId !== undefined && transfer.uploadId === uploadId) ?? []
    return { code: codeOf(error), fileId }
  }

  #end(id: string): void {
    this.#running.get(id)?.control.abort(new DOMException('taken back', 'AbortError'))
    this.#running.delete(id)
    this.dismiss(id)
  }

  #tell(id: string, fact: PublicationFact): void {
    this.#services.publications.update((all) =>
      all.map((publication) => (publication.id === id ? advancePublication(publication, fact) : publication)),
    )
  }
}
