import { TintypeError } from '@tintype/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ServeName } from '../config.ts'
import type { RouteBinding } from './binding.ts'
import { fastifyPath } from './routes.ts'

type Plugin = (app: FastifyInstance) => void | Promise<void>

/** By its method alone, so that a balancer can tell as well. */
const kindOf = (method: string): ServeName => (/^(GET|HEAD|OPTIONS)$/.test(method) ? 'read' : 'write')

/** What of these is answered by a process that serves this; the others are somebody else's. */
export function divide(bindings: readonly RouteBinding[], serve: readonly ServeName[]) {
  const isServed = ({ spec }: RouteBinding) => serve.includes(kindOf(spec.method))
  return { here: bindings.filter(isServed), elsewhere: bindings.filter((binding) => !isServed(binding)) }
}

/** The same of what is not of the contract. */
export const onlyServing = (serve: readonly ServeName[], plugin: Plugin): Plugin =>
  async function serving(scope) {
    scope.addHook('onRequest', (request, reply, done) => {
      if (serve.includes(kindOf(request.method))) done()
      else misdirected(request, reply, done)
    })
    await plugin(scope)
  }

/** What other processes answer is told from what does not exist: it is the balancer that was wrong, not the caller. */
export function registerElsewhere(app: FastifyInstance, bindings: readonly RouteBinding[]): void {
  for (const { operation, spec } of bindings)
    app.route({
      method: spec.method,
      url: fastifyPath(spec),
      config: { operation },
      onRequest: misdirected,
      handler: () => {},
    })
}

function misdirected(_request: FastifyRequest, _reply: FastifyReply, done: (error: Error) => void): void {
  done(new TintypeError('misdirected'))
}
