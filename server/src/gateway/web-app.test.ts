import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allBindings, appWith } from './app.suite.ts'
import type { Preview } from './preview.ts'

let webDir: string
const page = '<!doctype html><html><head><title>Tintype</title></head><body></body></html>'
beforeAll(async () => {
  webDir = await mkdtemp(join(tmpdir(), 'tintype-web-'))
  await mkdir(join(webDir, 'assets'))
  await writeFile(join(webDir, 'index.html'), page)
  await writeFile(join(webDir, 'sw.js'), 'self')
  await writeFile(join(webDir, 'assets/app-1a2b.js'), 'console.log(1)')
  await writeFile(join(webDir, 'assets/app-1a2b.js.br'), brotliCompressSync('console.log(1)'))
})
afterAll(() => rm(webDir, { recursive: true }))

const serve = (preview?: Preview, publicUrl = 'https://photos.example') =>
  appWith({
    bindings: allBindings(),
    config: { publicUrl, trustProxy: false, corsOrigins: [], rateLimitMultiplier: 0, webDir },
    preview,
  })

describe('files', () => {
  it('with a hash in their name are kept for ever, compressed where the browser can', async () => {
    const { app } = await serve()
    const url = '/assets/app-1a2b.js'
    const plain = await app.inject({ url })
    expect([plain.statusCode, plain.body]).toEqual([200, 'console.log(1)'])
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers['content-encoding']).toBe('br')
    expect(packed.headers['content-type']).toContain('javascript')
    expect(packed.headers.vary).toMatch(/accept-encoding/i)
  })

  it('without one are asked for each time', async () => {
    const { app } = await serve()
    expect((await app.inject({ url: '/sw.js' })).headers['cache-control']).toBe('no-cache')
  })

  it('that are workers may reach what the page may', async () => {
    const { app } = await serve()
    const policy = (await app.inject({ url: '/sw.js' })).headers['content-security-policy']
    expect(policy).toContain("connect-src 'self'")
  })

  it.each([
    '/assets/gone.js',
    '/favicon.ico',
    '/wp-login.php',
    '/assets/../../package.json',
    '/index.html.br',
  ])('that are not there are not the page: %s', async (url) => {
    const { app } = await serve()
    const reply = await app.inject({ url })
    expect([reply.statusCode, reply.json().error.code]).toEqual([404, 'not_found'])
  })
})

describe('the page', () => {
  it('stands at every other address, under a policy without inline script', async () => {
    const { app } = await serve()
    for (const url of ['/', '/ana', '/p/123', '/settings/sessions?tab=1', '/hashtag/caf%C3%A9']) {
      const reply = await app.inject({ url })
      expect([reply.statusCode, reply.body]).toEqual([200, page])
      expect(reply.headers['cache-control']).toBe('no-cache')
      expect(reply.headers['content-security-policy']).toContain("script-src 'self';")
    }
  })

  it('never stands in for the API', async () => {
    const { app } = await serve()
    expect((await app.inject({ url: '/api/v1/nothing' })).json().error.code).toBe('not_found')
    expect((await app.inject({ url: '/api/v1/posts/confirm', method: 'PUT' })).statusCode).toBe(405)
    expect((await app.inject({ url: '/api/v1/users/login' })).statusCode).toBe(405)
    expect((await app.inject({ method: 'POST', url: '/ana' })).statusCode).toBe(404)
  })

  it('is the new one after a new build', async () => {
    const { app } = await serve()
    await app.inject({ url: '/' })
    await writeFile(join(webDir, 'index.html'), page.replace('Tintype', 'Newer'))
    await utimes(join(webDir, 'index.html'), new Date(), new Date(Date.now() + 2000))
    expect((await app.inject({ url: '/' })).body).toContain('Newer')
    await writeFile(join(webDir, 'index.html'), page)
  })
})

describe('previews of links', () => {
  const preview: Preview = async (path) =>
    path === '/p/1'
      ? {
          address: '/p/1',
          type: 'article',
          title: 'Ana "the lens" <script>alert(1)</script>',
          description: "$& it's & more",
          image: '/media/1/1080.webp?k=a&e=2',
          image_width: 1080,
          image_height: 720,
        }
      : null

  it('tell of what is public, escaped', async () => {
    const { app } = await serve(preview)
    const { body } = await app.inject({ url: '/p/1?utm=x' })
    expect(body).toContain(
      '<meta property="og:title" content="Ana &quot;the lens&quot; &lt;script&gt;alert(1)&lt;/script&gt;">',
    )
    expect(body).toContain('<meta property="og:description" content="$&amp; it&#39;s &amp; more">')
    expect(body).toContain('content="https://photos.example/media/1/1080.webp?k=a&amp;e=2"')
    expect(body).toContain('<meta property="og:url" content="https://photos.example/p/1">')
    expect(body).toContain('summary_large_image')
    expect(body).not.toContain('<script>alert')
  })

  it('leave the plain page where there is nothing to tell, or the telling fails', async () => {
    const { app } = await serve(preview)
    expect((await app.inject({ url: '/p/2' })).body).toBe(page)
    const { app: broken } = await serve(() => Promise.reject(new Error('no database')))
    expect((await broken.inject({ url: '/p/1' })).body).toBe(page)
  })
})

it('without a built web app there is an API alone', async () => {
  const { app } = await appWith({ bindings: allBindings() })
  expect((await app.inject({ url: '/' })).statusCode).toBe(404)
})
