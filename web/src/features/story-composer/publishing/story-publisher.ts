import { type Body, type Client, type Routes, type Story, TintypeError } from '@tintype/contract'
import type { StoryOnItsWay } from '../../../data/stories-on-their-way.ts'
import type { Cell } from '../../../kit/cell.ts'
import { codeOf, type FailureCode } from '../../../upload/failure.ts'
import type { Network } from '../../../upload/network.ts'
import { type Making, publish } from '../../../upload/publish.ts'
import { fractionOf } from '../../../upload/transfer.ts'
import { TransferFailed, type Uploads } from '../../../upload/uploads.ts'
import type { StoryDraft } from '../draft/draft.ts'
import type { Sharing } from '../draft/story-shelf.ts'
import { stickersOf } from '../scene/scene.ts'
import { spokenText } from '../scene/words.ts'

type StoryText = Omit<Body<Routes['stories']['create']>, 'upload_id'>
type StoryClient = { stories: Pick<Client['stories'], 'create' | 'get' | 'delete'> }

/** The story as the server takes it, but for the upload id. */
export function storyTextOf({ scene, settings }: StoryDraft): StoryText {
  const { present } = scene
  const altText = (present.altText ?? spokenText(present)).trim()
  return {
    ...settings,
    ...(altText && { alt_text: altText }),
    stickers: stickersOf(present).map(({ x, y, size, rotation, sticker }) => ({
      ...sticker,
      x: round(x),
      y: round(y),
      width: round(size),
      rotation: round(rotation),
    })),
  }
}
const round = (value: number) => Math.round(value * 1e4) / 1e4

const storyMaking = ({ stories }: StoryClient, text: StoryText): Making<Story> => ({
  make: async ([upload_id], key, signal) => {
    if (!upload_id) throw new TintypeError('upload_not_found')
    return stories.create({ body: { ...text, upload_id }, headers: { 'idempotency-key': key }, signal })
  },
  look: ({ story_id }, signal) => stories.get({ params: { story_id }, signal }),
})

export interface StoryPublisherServices {
  client: StoryClient
  uploads: Uploads
  network: Network
  onTheirWay: Cell<readonly StoryOnItsWay[]>
  /** What is kept of it changed; null when it is a draft again. */
  keep: (draft: StoryDraft, sharing: Sharing | null) => void
  onPublished: (draftId: string) => void
  onFailed: (draft: StoryDraft, code: FailureCode) => void
}

interface Running {
  draft: StoryDraft
  sharing: Sharing
  control: AbortController
}

/** Takes stories that were shared to the server, in the background. One that fails becomes a draft again. */
export class StoryPublisher {
  readonly #services: StoryPublisherServices
  readonly #running = new Map<string, Running>()

  constructor(services: StoryPublisherServices) {
    this.#services = services
    services.uploads.transfers.subscribe(this.#handleTransfers)
  }

  /** The key is new for each time the member presses Share, the same over retries and reloads. */
  share(draft: StoryDraft, sharing: Sharing): void {
    const { uploads, onTheirWay, keep } = this.#services
    const running = { draft, sharing, control: new AbortController() }
    this.#running.set(draft.id, running)
    onTheirWay.update((all) => [...all, { id: draft.id, stage: 'sending', progress: 0, pause: null }])
    keep(draft, sharing)
    const file = { id: draft.id, blob: sharing.rendered, contentType: 'image/jpeg' }
    if (sharing.ticket) uploads.resume(file, sharing.ticket)
    else uploads.begin([file])
    void this.#publish(running)
  }

  /** The member is gone: nothing goes on, and what was on its way waits on the shelf. */
  stop(): void {
    for (const [id, { control }] of this.#running) {
      control.abort(new DOMException('stopped', 'AbortError'))
      this.#end(id)
    }
  }

  async #publish({ draft, sharing, control }: Running): Promise<void> {
    const { client, uploads, network, onPublished, onFailed } = this.#services
    const toPublish = {
      ...storyMaking(client, storyTextOf(draft)),
      fileIds: [draft.id],
      idempotencyKey: sharing.key,
    }
    let made: Story | undefined
    try {
      await publish(toPublish, {
        uploads,
        network,
        signal: control.signal,
        onPause: (pause) => this.#tell(draft.id, { pause }),
        onStage: (stage, story) => {
          made = story
          this.#tell(draft.id, { stage, pause: null })
        },
      })
      this.#end(draft.id)
      onPublished(draft.id)
    } catch (error) {
      if (control.signal.aborted) return
      // The server has one that will never be seen; the next try is a new story from a new upload.
      if (made) client.stories.delete({ params: { story_id: made.story_id } }).catch(() => {})
      const code = this.#reasonOf(error, draft.id)
      this.#end(draft.id)
      onFailed(draft, code)
    }
  }

  #reasonOf(error: unknown, id: string): FailureCode {
    if (!(error instanceof TransferFailed)) return codeOf(error)
    return this.#services.uploads.transfers.get().get(id)?.failure ?? 'internal'
  }

  #end(id: string): void {
    this.#running.delete(id)
    this.#services.uploads.forget([id])
    this.#services.onTheirWay.update((all) => all.filter((one) => one.id !== id))
  }

  #tell(id: string, change: Partial<StoryOnItsWay>): void {
    this.#services.onTheirWay.update((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)))
  }

  /** Progress shows, and the ticket is kept, so that a reload goes on with the same upload. */
  #handleTransfers = (): void => {
    const { uploads, keep } = this.#services
    for (const [id, running] of this.#running) {
      const transfer = uploads.transfers.get().get(id)
      if (transfer) this.#tell(id, { progress: fractionOf(transfer) })
      const ticket = uploads.tickets().get(id)
      if (!ticket || ticket.upload_id === running.sharing.ticket?.upload_id) continue
      running.sharing = { ...running.sharing, ticket }
      keep(running.draft, running.sharing)
    }
  }
}
