import { TintypeError, type UploadId, type UploadTicket } from '@tintype/contract'
import { api } from './client.ts'

async function put(url: string, body: Blob, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body, headers }).catch((cause: unknown) => {
    throw new TintypeError('unavailable', { cause })
  })
  if (!response.ok) throw new TintypeError(response.status >= 500 ? 'unavailable' : 'signature_invalid')
}

async function send(ticket: UploadTicket, file: Blob): Promise<void> {
  if (!ticket.multipart) return put(ticket.url, file, ticket.headers)
  const { part_size, parts } = ticket.multipart
  for (const { part_number, url } of parts)
    await put(url, file.slice((part_number - 1) * part_size, part_number * part_size), {})
}

/** One small picture, straight to the object store; answers what `avatar_upload_id` takes. */
export async function uploadPicture(file: Blob): Promise<UploadId> {
  const { uploads } = await api.media.requestUploads({
    body: { files: [{ content_type: file.type, size: file.size }] },
  })
  const [ticket] = uploads
  if (!ticket) throw new TintypeError('internal')
  await send(ticket, file)
  return ticket.upload_id
}
