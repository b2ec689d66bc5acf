import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Message } from '@tintype/contract'
import { photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fetchPublic } from '../../../kit/fetch-public.ts'
import { friends, messages, send, talk } from '../scene.suite.ts'
import { readPage } from './read-page.ts'

type Answer = (request: IncomingMessage, reply: ServerResponse) => void
const pages: Record<string, Answer> = {}
let asked: IncomingMessage[] = []
const site = createServer((request, reply) => {
  asked.push(request)
  const answer = pages[request.url ?? '']
  if (answer) answer(request, reply)
  else reply.writeHead(404).end()
})
let base: string
let system: TestSystem
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  system = await startSystem({ env: { LINK_PRIVATE_HOSTS: 'true' } })
})
afterAll(async () => {
  await system[Symbol.asyncDispose]()
  site.closeAllConnections()
  site.close()
})
beforeEach(() => {
  asked = []
})

const html =
  (text: string, type = 'text/html'): Answer =>
  (_, reply) =>
    reply.writeHead(200, { 'content-type': type }).end(text)

let round = 0
async function scene() {
  round++
  const [ana, ben] = await system.people(`ana.${round}`, `ben.${round}`)
  await friends(ana, ben)
  const place = await talk(ana, ben)
  const linkFor = async (text: string): Promise<Message['link']> => {
    await send(ana, place, text)
    await system.settle()
    return (await messages(ben, place))[0]?.link
  }
  return { ana, ben, place, linkFor }
}

test('an address is shown with what it leads to; its site is asked once, by the server', async () => {
  const { ana, ben, place, linkFor } = await scene()
  const { bytes: picture } = await photo(3, { width: 400, height: 200 })
  pages['/pic.jpg'] = (_, reply) => reply.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
  pages['/door'] =
    html(`<head><title>ignored</title><meta property="og:title" content="A red door &amp; more">
    <meta property="og:description" content=" Wood,\npaint "><meta property="og:site_name" content="Doors">
    <meta property="og:image" content="/pic.jpg"></head><body>x</body>`)
  const link = await linkFor(`look: ${base}/door and ${base}/other`)
  expect(link).toMatchObject({
    url: `${base}/door`,
    title: 'A red door & more',
    text: 'Wood, paint',
    site: 'Doors',
    picture: expect.stringMatching(/^data:image\/webp;base64,/),
  })
  await messages(ana, place)
  expect(asked.map(({ url }) => url)).toEqual(['/door', '/pic.jpg'])
  const [{ headers }] = asked as [IncomingMessage]
  expect(Object.keys(headers).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ])
  // Another text has another preview, or none; one that is taken back has nothing.
  const [message] = (await messages(ana, place)) as [Message]
  const params = { conversation_id: place.conversation_id, message_id: message.message_id }
  await ana.api.messages.edit({ params, body: { text: `never mind, ${base}/nothing` } })
  await system.settle()
  expect((await messages(ben, place))[0]?.link).toBeUndefined()
  await ana.api.messages.edit({ params, body: { text: `${base}/door` } })
  await system.settle()
  expect((await messages(ben, place))[0]?.link?.site).toBe('Doors')
  await ana.api.messages.edit({ params, body: { text: `${base}/doorway` } })
  expect((await messages(ben, place))[0]?.link).toBeUndefined()
  await ana.api.messages.unsend({ params })
  expect((await messages(ben, place))[0]).toMatchObject({ unsent: true })
  expect((await messages(ben, place))[0]?.link).toBeUndefined()
})

test('where nothing can be shown, nothing is, and the message is there all the same', async () => {
  const { linkFor } = await scene()
  pages['/empty'] = html('<head></head>')
  pages['/file'] = html('<title>no page</title>', 'application/octet-stream')
  pages['/round'] = (_, reply) => reply.writeHead(302, { location: '/round' }).end()
  pages['/bad-picture'] = html('<title>Words</title><meta property="og:image" content="/file">')
  pages['/endless'] = (_, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html' })
    reply.write(`<title>Long</title>${'<p>more</p>'.repeat(100_000)}`)
  }
  for (const path of ['/absent', '/empty', '/file', '/round'])
    expect(await linkFor(base + path)).toBeUndefined()
  expect(asked.filter(({ url }) => url === '/round')).toHaveLength(4)
  expect(await linkFor(`${base}/bad-picture`)).toMatchObject({ title: 'Words', text: '', picture: null })
  expect(await linkFor(`${base}/endless`)).toMatchObject({ title: 'Long', site: '127.0.0.1' })
  asked = []
  expect(await linkFor(`${system.baseUrl}/p/x and no more`)).toBeUndefined()
  expect(await linkFor('no address: //')).toBeUndefined()
  expect(asked).toEqual([])
})

test('an owner can do without', async () => {
  await using other = await startSystem({ env: { LINK_PREVIEWS: 'false', LINK_PRIVATE_HOSTS: 'true' } })
  const [ana, ben] = await other.people('ana', 'ben')
  const place = await talk(ana, ben)
  await send(ana, place, `${base}/door`)
  await other.settle()
  expect(asked).toEqual([])
})

describe('an address that somebody else chose', () => {
  const options = { accept: '*/*', userAgent: 'x', mostBytes: 100, patienceMs: 2000, allowPrivate: false }
  test.each([
    ['this machine', () => base],
    ['this machine, written otherwise', () => base.replace('127.0.0.1', '2130706433')],
    ['this machine, in the newer way', () => base.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
    ['a name of it', () => base.replace('127.0.0.1', 'localhost')],
    ['a cloud’s metadata', () => 'http://169.254.169.254/latest'],
    ['another port', () => 'https://example.com:8443/'],
    ['credentials', () => 'https://ana:secret@example.com/'],
    ['another protocol', () => 'file:///etc/passwd'],
  ])('is not asked: %s', async (_, address) => {
    expect(await fetchPublic(address(), options)).toBeUndefined()
    expect(asked).toEqual([])
  })

  test('is given up when it is slow, and cut when it is long', async () => {
    pages['/slow'] = () => undefined
    pages['/long'] = html('y'.repeat(1000))
    const open = { ...options, allowPrivate: true }
    expect(await fetchPublic(`${base}/slow`, { ...open, patienceMs: 50 })).toBeUndefined()
    const { bytes, isWhole } = (await fetchPublic(`${base}/long`, open)) ?? {}
    expect([bytes?.length, isWhole]).toEqual([100, false])
  })
})

test.each([
  ['text/html; charset=windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
  ['text/html', Buffer.from('<meta charset="iso-8859-1"><title>caf\xe9</title>', 'latin1'), 'café'],
  ['text/html; charset=nonsense', Buffer.from('<title>plain</title>'), 'plain'],
])('a page in %s is read in its own letters', (type, body, title) => {
  const bytes = body.includes('title') ? body : Buffer.concat([Buffer.from('<title>'), body])
  expect(readPage({ url: new URL('https://www.a.example/x'), type, bytes })).toMatchObject({
    title,
    site: 'a.example',
  })
})

test.each([
  ['tags in tags', '<a>'.repeat(170_000)],
  ['tags that end others', '<b>'.repeat(80_000) + '<p>'.repeat(80_000)],
  ['ends of what did not begin', '<a>'.repeat(100_000) + '</b>'.repeat(50_000)],
  ['pictures in pictures', '<svg>'.repeat(100_000)],
])(
  'a page of %s without end is read no further than a head goes',
  (_, text) => {
    const url = new URL('https://a.example/x')
    const bytes = Buffer.from(`<title>Shown</title>${text}<meta property="og:title" content="Not">`)
    expect(readPage({ url, type: 'text/html', bytes })).toMatchObject({ title: 'Shown' })
  },
  2000,
)

test('a title of nothing but accents holds nobody up', () => {
  const title = `a${'\u0301'.repeat(120_000)}${'\u0323'.repeat(120_000)}`
  const bytes = Buffer.from(`<title>${title}</title>`)
  const page = readPage({ url: new URL('https://a.example/x'), type: 'text/html', bytes })
  expect(page?.title.length).toBeLessThan(140)
})
