import { TintypeError, type UploadId } from '@tintype/contract'
import { codeOf, knownCode } from './failure.ts'
import type { Network } from './network.ts'
import { type Pause, withRetries } from './retry.ts'
import type { Uploads } from './uploads.ts'

/** What is made of pictures: a post, a story. */
export interface Publishable {
  status: 'processing' | 'published' | 'waiting' | 'failed' | 'archived' | 'removed'
  failure: { code: string; message: string } | null
}

/** How the server is asked for one; each request may be sent again. */
export interface Making<T extends Publishable> {
  make: (uploadIds: UploadId[], idempotencyKey: string, signal: AbortSignal) => Promise<T>
  look: (made: T, signal: AbortSignal) => Promise<T>
}

export interface PublishTerms<T extends Publishable> {
  uploads: Pick<Uploads, 'arrived' | 'restart'>
  network: Network
  signal: AbortSignal
  onStage: (stage: 'sending' | 'confirming' | 'processing', made?: T) => void
  onPause?: (pause: Pause | null) => void
}

export interface ToPublish<T extends Publishable> extends Making<T> {
  /** Files in their order, by the page's own names. */
  fileIds: readonly string[]
  /** One per thing, kept through every retry and reload: the server makes one of it, however often it is asked. */
  idempotencyKey: string
}

/** The server says the uploads cannot be used as they are, though they once arrived. */
const lostUploads = new Set([
  'upload_expired',
  'upload_not_found',
  'upload_incomplete',
  'media_size_mismatch',
])

/**
 * Waits for the files, makes the thing, and waits until it is published. Rejects with TransferFailed, with the server's refusal,
 * or with the failure of the thing where a picture could not be processed.
 */
export async function publish<T extends Publishable>(
  toPublish: ToPublish<T>,
  terms: PublishTerms<T>,
): Promise<T> {
  const { onStage } = terms
  onStage('sending')
  const made = await confirm(toPublish, terms)
  onStage('processing', made)
  return untilPublished(made, toPublish, terms)
}

async function confirm<T extends Publishable>(toPublish: ToPublish<T>, terms: PublishTerms<T>): Promise<T> {
  const { uploads, signal, onStage } = terms
  const { fileIds, idempotencyKey } = toPublish
  const make = async (key: string) => {
    const uploadIds = await uploads.arrived(fileIds, signal)
    onStage('confirming')
    return withRetries(() => toPublish.make(uploadIds, key, signal), terms)
  }
  try {
    return await make(idempotencyKey)
  } catch (error) {
    if (!lostUploads.has(codeOf(error))) throw error
  }
  // Once is bad luck (a laptop asleep over the expiry); twice is something people should hear of.
  onStage('sending')
  uploads.restart(fileIds)
  return make(`${idempotencyKey}-2`)
}

const FIRST_LOOK = 250
const LONGEST_LOOK = 4000

async function untilPublished<T extends Publishable>(
  made: T,
  { look }: Making<T>,
  terms: PublishTerms<T>,
): Promise<T> {
  const { network, signal } = terms
  let now = made
  for (let delay = FIRST_LOOK; now.status === 'processing'; delay = Math.min(LONGEST_LOOK, delay * 1.4)) {
    await network.pause(delay, signal)
    const before = now
    now = await withRetries(() => look(before, signal), terms)
  }
  if (now.status === 'failed') throw failureOf(now)
  return now
}

/** Its own failure as the error it stands for. */
function failureOf({ failure }: Publishable): TintypeError {
  return new TintypeError(knownCode(failure?.code), { message: failure?.message })
}
