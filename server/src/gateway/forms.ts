import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

/**
 * The parts of a multipart form, one after the other; each must be read before the next one comes. What is wrong with the form
 * itself (no boundary, a part that is none, an end that is missing) is the caller's mistake and no failure of ours.
 */
export async function* formParts(request: FastifyRequest): AsyncGenerator<Multipart> {
  try {
    for await (const part of request.parts()) {
      // Whoever stores the file meets the same error on its stream, unless it is there already.
      if (part.type === 'file') part.file.once('error', blameCaller)
      if (part.type === 'file' && part.file.errored) throw part.file.errored
      yield part
    }
  } catch (error) {
    throw blameCaller(error)
  }
}

/** The parser's errors have neither code nor status. */
function blameCaller(error: unknown): unknown {
  return error instanceof Error && !('statusCode' in error)
    ? Object.assign(error, { statusCode: 400 })
    : error
}
