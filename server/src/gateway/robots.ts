import { API_PREFIX, type Instance } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'

/** Nothing of these is for everybody, or for reading. */
const OWN = [
  '/api/',
  '/docs',
  '/objects/',
  '/metrics',
  '/notifications',
  '/requests',
  '/saved',
  '/search',
  '/settings',
  '/setup',
]

const lines = (paths: readonly string[]) =>
  `${['User-agent: *', ...paths.map((path) => `Disallow: ${path}`)].join('\n')}\n`

/** What search engines may read: what everybody may, unless the place takes nobody in. */
export function registerRobots(app: FastifyInstance): void {
  app.get('/robots.txt', async (_request, reply) => {
    const { data } = (await app.inject(`${API_PREFIX}/instance`)).json<{ data?: Instance }>()
    const open = data?.is_set_up && data.registration !== 'closed'
    return reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(lines(open ? OWN : ['/']))
  })
}
