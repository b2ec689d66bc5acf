import type { Readable } from 'node:stream'
import { TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { disposition, isShowable } from '../served.ts'
import type { FileObjectStore } from './object-store.ts'

type ObjectRequest = FastifyRequest<{ Params: { '*': string }; Querystring: Record<string, unknown> }>

/** The other end of the file store's presigned links: `PUT` and `GET /objects/{key}`, mounted beside the API. */
export const objectStoreRoutes =
  (store: FileObjectStore) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, body, done) => done(null, body))
    const options = { bodyLimit: Number.MAX_SAFE_INTEGER }
    app.put('/objects/*', options, (request, reply) => takeObject(store, request as ObjectRequest, reply))
    app.get('/objects/*', (request, reply) => sendObject(store, request as ObjectRequest, reply))
  }

async function takeObject(store: FileObjectStore, request: ObjectRequest, reply: FastifyReply) {
  const permit = store.checkLink('PUT', request.params['*'], request.query)
  if (permit.method !== 'PUT') throw new TintypeError('signature_invalid')
  // A part carries no type of its own, as with S3: the whole has the signed one.
  if (permit.part === undefined && request.headers['content-type'] !== permit.type)
    throw new TintypeError('signature_invalid', {
      message: 'The content type is not the one that was signed.',
    })
  const announced = request.headers['content-length']
  // Refused before a byte is read, where the client says beforehand that it will not fit.
  if (announced !== undefined && Number(announced) !== permit.size)
    throw new TintypeError('media_size_mismatch')
  const info = await store.receive(permit, (request.body as Readable | undefined) ?? request.raw)
  return reply.header('etag', `"${info.sha256}"`).send({ success: true, data: {} })
}

async function sendObject(store: FileObjectStore, request: ObjectRequest, reply: FastifyReply) {
  const permit = store.checkLink('GET', request.params['*'], request.query)
  const filename = permit.method === 'GET' ? permit.filename : undefined
  const { info, body } = await store.get(permit.key)
  const showable = isShowable(info.contentType)
  return reply
    .header('content-type', showable ? info.contentType : 'application/octet-stream')
    .header('content-length', info.size)
    .header('content-disposition', disposition(filename, showable))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store')
    .send(body)
}
