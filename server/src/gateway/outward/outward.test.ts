import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { xml2js } from 'xml-js'

let system: TestSystem
let ana: Person
let post: { post_id: string }
const caption = 'Low tide <b>&\u0007 ]]> “so”\nand a second line'
beforeAll(async () => {
  system = await startSystem()
  ;[ana] = await system.people('ana')
  await ana.api.members.update({ body: { full_name: 'Ana & Co' } })
  post = await ana.share({ caption: `${caption} #shore`, alt_texts: ['Boats "in" the harbour'] })
  await system.settle()
})
afterAll(() => system[Symbol.asyncDispose]())

const get = async (path: string, headers: Record<string, string> = {}) => {
  const reply = await fetch(system.baseUrl + path, { headers })
  return { status: reply.status, headers: reply.headers, body: await reply.text() }
}
const oembed = (path: string, more = '') =>
  get(`/api/oembed?url=${encodeURIComponent(system.baseUrl + path)}${more}`)

describe('a feed of a profile, and of a hashtag', () => {
  test.each(['/feed/users/ana.atom', '/feed/tags/shore.atom'])(
    'is Atom that every reader can read: %s',
    async (path) => {
      const { status, headers, body } = await get(path)
      expect([status, headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8'])
      const read = xml2js(body, { compact: true }) as Record<string, Record<string, never>>
      const entry = read.feed?.entry as unknown as Record<string, Record<string, string>>
      expect(entry.id?._text).toBe(`${system.baseUrl}/p/${post.post_id}`)
      expect(entry.title?._cdata ?? entry.title?._text).toContain('Low tide <b>&')
      expect(entry.content?._cdata ?? entry.content?._text).toMatch(
        /<img src="http[^"]+" alt="Boats &quot;in&quot; the harbour" width="\d+"/,
      )
    },
  )

  test('is JSON Feed as well, and told only where something is new', async () => {
    const { headers, body } = await get('/feed/users/ana.json')
    expect(JSON.parse(body)).toMatchObject({
      version: expect.stringContaining('jsonfeed.org'),
      title: 'Ana & Co (@ana)',
      home_page_url: `${system.baseUrl}/ana`,
      items: [{ url: `${system.baseUrl}/p/${post.post_id}` }],
    })
    const known = { 'if-none-match': headers.get('etag') as string }
    expect((await get('/feed/users/ana.json', known)).status).toBe(304)
    await ana.share({ caption: 'Newer' })
    await system.settle()
    expect((await get('/feed/users/ana.json', known)).status).toBe(200)
  })
})

describe('a post in somebody else’s page', () => {
  test('stands in a frame, runs nothing, and says whose it is', async () => {
    const { status, headers, body } = await get(`/embed/${post.post_id}`)
    expect([status, headers.get('x-frame-options')]).toEqual([200, null])
    const policy = headers.get('content-security-policy')
    expect(policy).toContain('frame-ancestors *')
    expect(policy).toContain("default-src 'none'")
    expect(body).toContain('Ana &amp; Co (@ana)')
    expect(body).toContain('Low tide &lt;b&gt;&amp;')
    expect(body).not.toMatch(/<script|<b>/)
  })

  test('is found by oEmbed, as large as there is room', async () => {
    const found = JSON.parse((await oembed(`/p/${post.post_id}`)).body)
    expect(found).toMatchObject({ version: '1.0', type: 'rich', width: 480, provider_name: 'Tintype' })
    expect(found.html).toContain(`src="${system.baseUrl}/embed/${post.post_id}"`)
    const small = JSON.parse((await oembed(`/p/${post.post_id}`, '&maxwidth=300')).body)
    expect(small.width).toBe(300)
    const low = JSON.parse((await oembed(`/p/${post.post_id}`, '&maxheight=400')).body)
    expect(low.height).toBeLessThanOrEqual(400)
    expect((await oembed(`/p/${post.post_id}`, '&format=xml')).status).toBe(501)
    expect(
      (await get(`/api/oembed?url=${encodeURIComponent(`http://elsewhere.example/p/${post.post_id}`)}`))
        .status,
    ).toBe(404)
    expect((await get('/api/oembed?url=nonsense')).status).toBe(404)
  })
})

test('a map shows what visitors are shown', async () => {
  const { body } = await get('/sitemap.xml')
  expect(body).toContain(`<loc>${system.baseUrl}/p/${post.post_id}</loc><lastmod>`)
  expect(body).toContain(`<loc>${system.baseUrl}/ana</loc>`)
  expect((await get('/robots.txt')).status).toBe(404)
})

test('what may not be seen is answered like what does not exist, to its owner as well', async () => {
  const [shy] = await system.people('shy')
  const own = await shy.share({ caption: 'mine #shore' })
  await system.settle()
  const addresses = (name: string, id: string) => [
    `/feed/users/${name}.atom`,
    `/feed/users/${name}.json`,
    `/embed/${id}`,
  ]
  const plain = ({ status, body }: { status: number; body: string }) =>
    `${status} ${body.replace(/"request_id":"[^"]*"/, '')}`
  const nobody = await Promise.all(
    [...addresses('nobody', '00000000-0000-7000-8000-000000000000')].map((path) => get(path)),
  )
  expect(nobody.map(({ status }) => status)).toEqual([404, 404, 404])
  await shy.goPrivate()
  const cookie = { cookie: `tintype_access=${shy.session.access_token}` }
  for (const headers of [{}, cookie]) {
    const found = await Promise.all(addresses('shy', own.post_id).map((path) => get(path, headers)))
    expect(found.map(plain)).toEqual(nobody.map(plain))
  }
  expect((await oembed(`/p/${own.post_id}`)).status).toBe(404)
  for (const path of ['/feed/tags/shore.json', '/sitemap.xml'])
    expect((await get(path)).body).not.toContain(own.post_id)
  await expect(get('/feed/users/ana')).resolves.toMatchObject({ status: 404 })
})
