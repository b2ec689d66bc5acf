import {
  type Body,
  type Client,
  type Routes,
  type Story,
  TintypeError,
  type UploadId,
  type UploadTicket,
} from '@tintype/contract'
import type { StoryOnItsWay } from '../../../data/stories-on-their-way.ts'
import type { Cell } from '../../../kit/cell.ts'
import { codeOf, type FailureCode } from '../../../upload/failure.ts'
import type { Network } from '../../../upload/network.ts'
import { type Making, publish } from '../../../upload/publish.ts'
import { fractionOf } from '../../../upload/transfer.ts'
import { TransferFailed, type Uploads } from '../../../upload/uploads.ts'
import type { StoryDraft } from '../draft/draft.ts'
import type { Sharing } from '../draft/story-shelf.ts'
import { type SceneFilm, stickersOf } from '../scene/scene.ts'
import { spokenText } from '../scene/words.ts'

type NewStory = Body<Routes['stories']['create']>
type StoryText = Omit<NewStory, 'upload_id' | 'frame'>
type StoryClient = { stories: Pick<Client['stories'], 'create' | 'get' | 'delete'> }

/** The story as the server takes it, but for the upload id. */
export function storyTextOf({ scene, settings }: StoryDraft): StoryText {
  const { present } = scene
  const { audience, replies, circles } = settings
  const altText = (present.altText ?? spokenText(present)).trim()
  return {
    audience,
    replies,
    ...(audience === 'followers' && circles.length > 0 && { circles }),
    ...(altText && { alt_text: altText }),
    ...videoOf(present.picture?.film),
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

function videoOf(film: SceneFilm | undefined): Pick<NewStory, 'video'> {
  if (!film) return {}
  const { start, end, mute } = film
  const ms = (seconds: number) => Math.round(seconds * 1000)
  return {
    video: {
      ...(start > 0 && { start_ms: ms(start) }),
      ...(end !== null && { end_ms: ms(end) }),
      ...(mute && { mute }),
    },
  }
}

/** Where the film stands, under what was drawn on it. */
function frameOf({ scene }: StoryDraft, plate_id: UploadId | undefined): Pick<NewStory, 'frame'> {
  const place = scene.present.picture?.place
  if (!plate_id || !place) return {}
  const { x, y, size, rotation } = place
  const turned = Math.min(180, Math.max(-180, round(rotation)))
  return { frame: { upload_id: plate_id, x: round(x), y: round(y), zoom: round(size), rotation: turned } }
}

const storyMaking = ({ stories }: StoryClient, draft: StoryDraft): Making<Story> => ({
  make: async ([upload_id, plate_id], key, signal) => {
    if (!upload_id) throw new TintypeError('upload_not_found')
    const body = { ...storyTextOf(draft), upload_id, ...frameOf(draft, plate_id) }
    return stories.create({ body, headers: { 'idempotency-key': key }, signal })
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
    const files = filesOf(running)
    for (const { ticket, ...file } of files) if (ticket) uploads.resume(file, ticket)
    uploads.begin(files.filter(({ ticket }) => !ticket))
    void this.#publish(running)
  }

  /** The member is gone: nothing goes on, and what was on its way waits on the shelf. */
  stop(): void {
    for (const [id, { control }] of this.#running) {
      control.abort(new DOMException('stopped', 'AbortError'))
      this.#end(id)
    }
  }

  async #publish(running: Running): Promise<void> {
    const { draft, sharing, control } = running
    const { client, uploads, network, onPublished, onFailed } = this.#services
    const toPublish = {
      ...storyMaking(client, draft),
      fileIds: filesOf(running).map(({ id }) => id),
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
      const code = this.#reasonOf(error)
      this.#end(draft.id)
      onFailed(draft, code)
    }
  }

  #reasonOf(error: unknown): FailureCode {
    if (!(error instanceof TransferFailed)) return codeOf(error)
    const transfers = this.#services.uploads.transfers.get()
    return error.ids.flatMap((id) => transfers.get(id)?.failure ?? [])[0] ?? 'internal'
  }

  #end(id: string): void {
    this.#running.delete(id)
    this.#services.uploads.forget([id, plateIdOf(id)])
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
      const next = withTickets(running.sharing, id, uploads.tickets())
      if (next === running.sharing) continue
      running.sharing = next
      keep(running.draft, next)
    }
  }
}

const plateIdOf = (draftId: string) => `${draftId}-plate`

/** The picture or film, and what lies over it. */
function filesOf({ draft, sharing }: Pick<Running, 'draft' | 'sharing'>) {
  const { rendered, ticket, plate } = sharing
  const contentType = plate ? filmTypeOf(draft) : 'image/jpeg'
  const own = { id: draft.id, blob: rendered, contentType, ticket }
  const over = plate && { id: plateIdOf(draft.id), contentType: 'image/png', ...plate }
  return over ? [own, over] : [own]
}

const filmTypeOf = ({ scene, files }: StoryDraft): string =>
  files.get(scene.present.picture?.fileId ?? '')?.type ?? 'video/mp4'

/** The same where nothing is new. */
function withTickets(sharing: Sharing, id: string, tickets: ReadonlyMap<string, UploadTicket>): Sharing {
  const [own, over] = [tickets.get(id), tickets.get(plateIdOf(id))]
  const isNew = (ticket: UploadTicket | undefined, known: UploadTicket | null | undefined) =>
    ticket !== undefined && ticket.upload_id !== known?.upload_id
  const { plate } = sharing
  if (!isNew(own, sharing.ticket) && !(plate && isNew(over, plate.ticket))) return sharing
  return {
    ...sharing,
    ticket: own ?? sharing.ticket,
    ...(plate && { plate: { ...plate, ticket: over ?? plate.ticket } }),
  }
}
