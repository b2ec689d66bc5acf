import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering, appWith, bearer } from './app.suite.ts'
import { formParts } from './forms.ts'

type Gateway = Awaited<ReturnType<typeof appWith>>
let gateway: Gateway
let whole = 0
beforeAll(async () => {
  gateway = await appWith({
    bindings: answering('posts.create', async ({ request }) => {
      for await (const part of formParts(request)) if (part.type === 'file') await part.toBuffer()
      whole++
      return {} as never
    }),
  })
})
afterAll(() => gateway.app.close())

async function send(payload: Buffer | string, contentType: string) {
  const reply = await gateway.app.inject({
    method: 'POST',
    url: '/api/v1/posts',
    headers: { ...bearer('member'), 'content-type': contentType },
    payload,
  })
  return { status: reply.statusCode, error: reply.json().error }
}

const BOUNDARY = 'xYzZy'
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`
const part = (head: string, body: string) => `--${BOUNDARY}\r\n${head}\r\n\r\n${body}\r\n`
const field = (name: string, text: string) => part(`Content-Disposition: form-data; name="${name}"`, text)
const file = (body: string) =>
  part('Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg', body)
const END = `--${BOUNDARY}--\r\n`
const good = field('caption', 'Hello') + file('x'.repeat(3000)) + END

test('a whole form is taken', async () => {
  const before = whole
  expect((await send(good, TYPE)).status).toBe(201)
  expect(whole).toBe(before + 1)
})

test.each<[string, string, string, number]>([
  ['no boundary', good, 'multipart/form-data', 400],
  ['an empty boundary', good, 'multipart/form-data; boundary=', 400],
  ['a boundary of 300 characters', good, `multipart/form-data; boundary=${'b'.repeat(300)}`, 400],
  ['a body that is cut within a file', good.slice(0, 1000), TYPE, 400],
  ['a body that is cut within a field', good.slice(0, 60), TYPE, 400],
  ['a body without its end', good.slice(0, -END.length), TYPE, 400],
  ['a header without end', `--${BOUNDARY}\r\nContent-Disposition: ${'a'.repeat(100_000)}`, TYPE, 400],
  ['JSON that says it is a form', '{"caption":"Hello"}', TYPE, 400],
  ['a name of the language', field('__proto__', '{}') + END, TYPE, 400],
  ['fifty fields', field('caption', 'a').repeat(50) + END, TYPE, 413],
  ['twenty files', file('a').repeat(20) + END, TYPE, 413],
  ['no form at all', good, 'text/html', 415],
  ['JSON', '{}', 'application/json', 415],
])('%s is the mistake of whoever sent it', async (_, body, type, status) => {
  const before = whole
  const { status: answered, error } = await send(body, type)
  expect([answered, error.request_id]).toEqual([status, expect.any(String)])
  expect(whole).toBe(before)
})

test('no form, however broken, is a failure of ours', { timeout: 120_000 }, async () => {
  const breaks = fc.oneof(
    fc.record({
      at: fc.nat(good.length),
      drop: fc.nat(40),
      put: fc.string({ unit: 'binary', maxLength: 30 }),
    }),
    fc.record({ at: fc.nat(good.length), drop: fc.constant(good.length), put: fc.constant('') }),
  )
  const types = fc.oneof(
    { arbitrary: fc.constant(TYPE), weight: 8 },
    fc
      .string({ unit: 'grapheme-ascii', maxLength: 300 })
      .map((text) => `multipart/form-data; boundary=${text}`),
    fc.string({ unit: 'grapheme-ascii', maxLength: 60 }).map((text) => `${TYPE}; charset=${text}`),
    fc.string({ unit: 'grapheme-ascii', maxLength: 60 }).map((text) => `multipart/${text}`),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(breaks, { maxLength: 3 }), types, async (changes, type) => {
      let body = good
      for (const { at, drop, put } of changes) body = body.slice(0, at) + put + body.slice(at + drop)
      const { status, error } = await send(Buffer.from(body), type)
      expect(status, error?.code).toBeLessThan(500)
    }),
    { numRuns: 300 },
  )
  expect(gateway.logs.filter((line) => line.includes('request failed'))).toEqual([])
})
