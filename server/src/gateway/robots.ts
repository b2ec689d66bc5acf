import { API_PREFIX, type Instance } from '@tintype/contract'
import type { FastifyInstance } from 'fastify'
import { originOf } from './ask-within.ts'

/** Nothing of these is for everybody, or for reading. */
const OWN = [
  '/api/',
  '/docs',
  '/l/',
  '/objects/',
  '/metrics',
  '/notifications',
  '/requests',
  '/saved',
  '/search',
  '/settings',
  '/setup',
]

const lines = (paths: readonly string[], ...more: string[]) =>
  `${['User-agent: *', ...paths.map((path) => `Disallow: ${path}`), ...more].join('\n')}\n`

/** What search engines may read: what everybody may, unless the place takes nobody in. */
export function registerRobots(app: FastifyInstance, publicUrl: string): void {
  app.get('/robots.txt', async (request, reply) => {
    const { data } = (await app.inject(`${API_PREFIX}/instance`)).json<{ data?: Instance }>()
    const open = data?.is_set_up && data.registration !== 'closed'
    return reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(open ? lines(OWN, `Sitemap: ${originOf(request, publicUrl)}/sitemap.xml`) : lines(['/']))
  })
}
