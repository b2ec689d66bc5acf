import type { Client, UploadId, UploadTicket } from '@tintype/contract'
import type { Lanes } from './lanes.ts'
import type { Network } from './network.ts'
import { lengthOf, missingParts, type Part, partsOf } from './parts.ts'
import type { Put } from './put.ts'
import { type RetryTerms, withRetries } from './retry.ts'
import type { TransferFact } from './transfer.ts'

export interface Transport {
  client: { media: Pick<Client['media'], 'requestUploads' | 'uploadStatus' | 'cancelUpload'> }
  put: Put
  network: Network
  /** Shared by all files, so that ten of them do not starve each other and the rest of the page. */
  lanes: Lanes
}

interface Sending {
  ticket: UploadTicket
  blob: Blob
  signal: AbortSignal
  tell: (fact: TransferFact) => void
}

/**
 * Brings the bytes of an announced file to the store, each part on its own, and goes on after interruptions with the parts
 * that the server has not got. Rejects with a stale code (see `isStale`) where the upload must be announced anew.
 */
export async function sendFile(transport: Transport, sending: Sending, resuming = false): Promise<void> {
  const { ticket, blob } = sending
  const all = partsOf(ticket, blob.size)
  const parts = resuming ? await askMissing(transport, ticket.upload_id, all, sending) : all
  const progress = sumProgress(lengthOf(all) - lengthOf(parts), sending)
  const stop = new AbortController()
  const signal = AbortSignal.any([sending.signal, stop.signal])
  try {
    await Promise.all(parts.map((part) => sendPart(transport, { ...sending, signal }, part, progress)))
  } catch (error) {
    stop.abort(error)
    throw error
  }
}

async function sendPart(
  transport: Transport,
  sending: Sending,
  part: Part,
  progress: Progress,
): Promise<void> {
  const { ticket, blob, signal } = sending
  const terms = termsOf(transport, sending)
  await transport.lanes.run(
    () =>
      withRetries(async (attempt) => {
        progress(part, 0)
        // The last try may have arrived whole, and only its answer got lost.
        if (attempt > 1 && (await hasArrived(transport, ticket.upload_id, part, signal))) return
        await transport.put(part.url, blob.slice(part.start, part.end), {
          // What is signed for a whole file does not hold for its parts.
          headers: ticket.multipart ? {} : ticket.headers,
          onProgress: (bytes) => progress(part, bytes),
          signal,
        })
      }, terms),
    signal,
  )
  progress(part, part.end - part.start)
}

const termsOf = ({ network }: Transport, { signal, tell }: Sending): RetryTerms => ({
  network,
  signal,
  onPause: (pause) => tell({ type: 'paused', pause }),
})

async function hasArrived(transport: Transport, id: UploadId, part: Part, signal: AbortSignal) {
  const status = await transport.client.media.uploadStatus({ params: { upload_id: id }, signal })
  return status.state === 'complete' || status.received_parts.includes(part.number)
}

async function askMissing(transport: Transport, id: UploadId, parts: Part[], sending: Sending) {
  const { client } = transport
  const status = await withRetries(
    () => client.media.uploadStatus({ params: { upload_id: id }, signal: sending.signal }),
    termsOf(transport, sending),
  )
  return status.state === 'complete' || status.state === 'used'
    ? []
    : missingParts(parts, status.received_parts)
}

type Progress = (part: Part, bytes: number) => void

/** Adds the progress of parts that travel side by side. */
function sumProgress(before: number, { tell }: Sending): Progress {
  const sent = new Map<number, number>()
  return (part, bytes) => {
    sent.set(part.number, Math.min(bytes, part.end - part.start))
    let total = before
    for (const bytesOfPart of sent.values()) total += bytesOfPart
    tell({ type: 'sent', bytes: total })
  }
}
