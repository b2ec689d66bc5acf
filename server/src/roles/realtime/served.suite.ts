import type { AddressInfo } from 'node:net'
import { coreFrames, frames } from '@tintype/contract'
import Fastify, { type FastifyInstance } from 'fastify'
import { systemClock } from '../../kit/clock.ts'
import { createLogger } from '../../kit/logger.ts'
import { type RealtimeParts, realtimePlugin } from './plugin.ts'

export interface ServedGateway extends AsyncDisposable {
  app: FastifyInstance
  url: string
}

/** Frames of modules, which nobody here takes. */
const ofModules = Object.fromEntries(
  Object.keys(frames)
    .filter((type) => !(type in coreFrames))
    .map((type) => [type, async () => {}]),
)

/** Sockets alone on a port of their own, as a process of the role `realtime` serves them. */
export async function serveGateway(
  parts: Partial<RealtimeParts> & Pick<RealtimeParts, 'broadcast' | 'authenticate'>,
  app: FastifyInstance = Fastify(),
): Promise<ServedGateway> {
  const plugin = realtimePlugin({
    clock: systemClock,
    logger: createLogger({ level: 'silent', pretty: false }),
    publicUrl: '',
    perMember: 20,
    rateLimitMultiplier: 0,
    badges: [],
    sockets: [{ frames: ofModules }],
    onSessionsEnded: () => ({ [Symbol.dispose]: () => {} }),
    ...parts,
  })
  await app.register(async (scope) => plugin(scope))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    url: `ws://127.0.0.1:${port}/api/v1/realtime`,
    [Symbol.asyncDispose]: () => app.close(),
  }
}
