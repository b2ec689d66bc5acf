import { API_PREFIX } from '@tintype/contract'
import Fastify, { type FastifyInstance } from 'fastify'
import { openApiDocument } from './openapi.ts'
import { docsPolicy } from './security-headers.ts'

const DOCUMENT = `${API_PREFIX}/openapi.json`

/** The OpenAPI document, and readable docs of it at `/docs`, served from here alone. */
export function registerDocs(app: FastifyInstance, options: { version: string; serverUrl: string }): void {
  let document: string | undefined
  app.get(DOCUMENT, async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(options))
    return reply.header('content-type', 'application/json; charset=utf-8').send(document)
  })

  let viewer: Promise<FastifyInstance> | undefined
  const serve = async (url: string) => {
    viewer ??= scalar()
    return (await viewer).inject({ url })
  }
  app.get('/docs', (_request, reply) => reply.redirect('/docs/'))
  app.get('/docs/*', async (request, reply) => {
    const { statusCode, headers, rawPayload } = await serve(request.url)
    if (statusCode !== 200) return reply.callNotFound()
    return reply
      .headers(docsPolicy)
      .header('content-type', headers['content-type'])
      .header('cache-control', 'public, max-age=3600')
      .send(rawPayload)
  })
}

/** Scalar is a script of 4 MB inside a module; it is loaded when somebody first opens the docs, into an app that only it uses. */
async function scalar(): Promise<FastifyInstance> {
  const { default: apiReference } = await import('@scalar/fastify-api-reference')
  const inner = Fastify()
  await inner.register(apiReference, {
    routePrefix: '/docs',
    configuration: {
      url: DOCUMENT,
      title: 'Tintype API',
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      // These lead to services of others.
      showDeveloperTools: 'never',
    },
  })
  await inner.ready()
  return inner
}
