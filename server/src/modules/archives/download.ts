import { Readable } from 'node:stream'
import { type ExportId, TintypeError, type UserId } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { rangeOf } from '../../kit/byte-range.ts'
import { isUuid } from '../../kit/cursor.ts'
import type { ArchiveLinks, ArchiveQuery } from './archive-links.ts'
import type { ArchiveDeps } from './deps.ts'
import * as store from './export-store.ts'
import { pieceKey } from './making.ts'

type Asked = FastifyRequest<{ Params: { user_id: UserId; export_id: ExportId }; Querystring: ArchiveQuery }>
type Deps = Pick<ArchiveDeps, 'db' | 'objectStore' | 'members' | 'clock'> & { links: ArchiveLinks }

/** `GET /media/archives/{user_id}/{export_id}`: the archive, whole or in ranges. Whatever is wrong with a link is `not_found`. */
export const archiveDownload =
  (deps: Deps) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/media/archives/:user_id/:export_id', async (request, reply) => {
      const { params, query, headers } = request as Asked
      const row = await findReady(deps, params, query)
      const size = Number(row.size)
      const etag = `"${row.export_id}"`
      const range = rangeOf(headers.range, headers['if-range']?.toString(), etag, size)
      await asDownload(deps, row, reply)
      reply.header('etag', etag).header('accept-ranges', 'bytes')
      if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send()
      const { start, end } = range ?? { start: 0, end: size - 1 }
      if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`)
      const pieces = await store.pieceSizes(deps.db.query, row)
      const body = Readable.from(bytesOf(deps, row.export_id, pieces, { start, end }))
      return reply.header('content-length', end - start + 1).send(body)
    })
  }

async function findReady(
  { db, links, members, clock }: Deps,
  { user_id, export_id }: Asked['params'],
  query: ArchiveQuery,
): Promise<store.ExportRow> {
  if (!isUuid(user_id) || !isUuid(export_id) || !links.permits(user_id, export_id, query))
    throw new TintypeError('not_found')
  const row = await store.findExport(db.query, user_id, export_id)
  const isThere = row?.state === 'ready' && (row.expires_at?.getTime() ?? 0) > clock.now()
  if (!row || !isThere || !(await members.own(user_id))) throw new TintypeError('not_found')
  return row
}

async function asDownload(
  { members }: Deps,
  { user_id, created_at }: store.ExportRow,
  reply: FastifyReply,
): Promise<void> {
  const name = (await members.own(user_id))?.username ?? ''
  const filename = `tintype-${name.replaceAll(/[^\w.-]/g, '')}-${created_at.toISOString().slice(0, 10)}.zip`
  reply
    .header('cache-control', 'private, no-store')
    .header('content-type', 'application/zip')
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
}

/** Those bytes of the pieces, as if they were one file; `end` is among them. */
async function* bytesOf(
  { objectStore }: Deps,
  id: ExportId,
  pieces: readonly { number: number; size: number }[],
  { start, end }: { start: number; end: number },
): AsyncGenerator<Buffer> {
  let at = 0
  for (const piece of pieces) {
    const size = Number(piece.size)
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, size - 1)]
    at += size
    if (from > to) continue
    const { body } = await objectStore.get(pieceKey(id, piece.number), { start: from, end: to })
    yield* body
  }
}
