import { type Import, type ImportTicket, TintypeError } from '@tintype/contract'
import { api } from '../../../data/client.ts'

const TRIES = 4
const PAUSE_MS = 1000

/** How an archive is sent: what is asked first, and what has arrived since. Kept by whoever shows it, so that it can go on. */
export interface Sending {
  file: Blob
  ticket: ImportTicket
  arrived: Set<number>
}

export async function beginSending(file: Blob): Promise<Sending> {
  return { file, ticket: await api.imports.create({ body: { size: file.size } }), arrived: new Set() }
}

/** Sends what has not arrived yet, one part after the other, and has the whole looked through. Rejects with `unavailable`. */
export async function sendRest(
  { file, ticket, arrived }: Sending,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Import> {
  const { part_size, parts } = ticket
  for (const { part_number, url } of parts) {
    if (!arrived.has(part_number)) {
      const part = file.slice((part_number - 1) * part_size, part_number * part_size)
      await sendPart(url, part, signal)
      arrived.add(part_number)
    }
    onProgress(Math.min(arrived.size * part_size, file.size))
  }
  return api.imports.check({ params: { import_id: ticket.import.import_id } })
}

async function sendPart(url: string, body: Blob, signal: AbortSignal): Promise<void> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted()
    const reply = await fetch(url, { method: 'PUT', body, signal }).catch(() => undefined)
    if (reply?.ok) return
    if (tried === TRIES) throw new TintypeError('unavailable')
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tried))
  }
}
