import type { Readable } from 'node:stream'
import type { MultipartFile } from '@fastify/multipart'
import { type Body, type Routes, routes, TintypeError, type UploadId, type UserId } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import { formParts } from '../../gateway/forms.ts'
import { checksOf } from '../../gateway/validation.ts'

/** Takes a file in; rejects with the coded error of whatever is wrong with it. Must consume the stream in any case. */
export type FormFile = (ownerId: UserId, file: { body: Readable; contentType: string }) => Promise<UploadId>

const { body: checkConfirm } = checksOf(routes.posts.confirm)

/**
 * Reads `POST /posts` (multipart/form-data): files `file`, fields `caption`, `alt_text` (one per file, in order),
 * `filter`, `circles` (ids, comma-separated), `location` (JSON, or just the place's name), `reel` (JSON), `comments_enabled`, `comments_from`, `likes_hidden`,
 * `downloads_allowed` and `sensitive`. Files go to the object store as they arrive.
 */
export async function readPostForm(
  request: FastifyRequest,
  ownerId: UserId,
  receive: FormFile,
): Promise<Body<Routes['posts']['confirm']>> {
  const uploadIds: UploadId[] = []
  const altTexts: string[] = []
  const fields: Record<string, unknown> = {}
  for await (const part of formParts(request)) {
    if (part.type === 'file') uploadIds.push(await receiveFile(part, ownerId, receive))
    else if (part.fieldname === 'alt_text') altTexts.push(textOf(part.value))
    else if (Object.hasOwn(fields, part.fieldname)) throw mistake(part.fieldname, 'May be given once only.')
    else fields[part.fieldname] = fieldValue(part.fieldname, textOf(part.value))
  }
  const body = { ...fields, upload_ids: uploadIds, alt_texts: altTexts }
  return checkConfirm?.(body) as Body<Routes['posts']['confirm']>
}

/** PostgreSQL has no text with NUL in it; JSON bodies with one are refused before they come here. */
const textOf = (value: unknown): string => String(value).replaceAll('\0', '')

async function receiveFile(part: MultipartFile, ownerId: UserId, receive: FormFile): Promise<UploadId> {
  const uploadId = await receive(ownerId, { body: part.file, contentType: part.mimetype })
  if (part.file.truncated) throw new TintypeError('media_too_large')
  return uploadId
}

const mistake = (field: string, what: string, cause?: unknown) =>
  new TintypeError('validation_failed', { details: { fields: { [field]: what } }, cause })

const switches: ReadonlySet<string> = new Set([
  'comments_enabled',
  'likes_hidden',
  'downloads_allowed',
  'sensitive',
])

function fieldValue(name: string, text: string): unknown {
  if (name === 'circles') return text.split(',').map((id) => id.trim())
  if (switches.has(name)) return text === 'true' || (text === 'false' ? false : text)
  if ((name === 'location' || name === 'reel') && text.trimStart().startsWith('{')) {
    try {
      return JSON.parse(text)
    } catch (cause) {
      throw mistake(name, 'This is not JSON.', cause)
    }
  }
  return name === 'location' ? { name: text } : text
}
