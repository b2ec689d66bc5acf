import type { FastifyInstance, FastifyRequest } from 'fastify'

type Reply = Awaited<ReturnType<FastifyInstance['inject']>>

interface Asking {
  /** Without what says who the reader is. */
  asVisitor?: boolean
  signal?: AbortSignal
}

/** Asks the API from within, from where a request came and, unless as a visitor, as whoever made it: rules and limits are the API's. */
export function askWithin(
  app: FastifyInstance,
  request: FastifyRequest,
  url: string,
  { asVisitor = false, signal }: Asking,
): Promise<Reply> {
  const { cookie, host, 'x-forwarded-for': by, 'x-forwarded-proto': scheme } = request.headers
  const headers = {
    ...(cookie && !asVisitor ? { cookie } : {}),
    ...(host ? { host } : {}),
    ...(by ? { 'x-forwarded-for': by } : {}),
    ...(scheme ? { 'x-forwarded-proto': scheme } : {}),
  }
  const remoteAddress = request.raw.socket.remoteAddress ?? '127.0.0.1'
  return app.inject({ url, headers, remoteAddress, ...(signal && { signal }) })
}

/** Where readers know this server; without a trailing slash. */
export const originOf = (request: FastifyRequest, publicUrl: string): string =>
  publicUrl || `${request.protocol}://${request.headers.host ?? 'localhost'}`
