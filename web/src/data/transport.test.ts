import { afterEach, expect, it, vi } from 'vitest'
import { fromReplies, transport } from './transport.ts'

const sent = vi.fn<typeof fetch>(async () => Response.json({ success: true, data: 'anew' }))
afterEach(() => sent.mockClear())

it.each([
  ['a follow', { method: 'POST' }, true],
  ['a comment', { method: 'POST', body: JSON.stringify({ text: 'Lovely' }) }, true],
  ['a long text', { method: 'PUT', body: 'x'.repeat(5000) }, false],
  ['a form', { method: 'POST', body: new FormData() }, false],
  ['a read', { method: 'GET' }, false],
  ['what says nothing', undefined, false],
])('%s outlives its page or does not', async (_, init, outlives) => {
  vi.stubGlobal('fetch', sent)
  await transport('/api/v1/x', init)
  expect(sent.mock.calls[0]?.[1]?.keepalive).toBe(outlives)
})

it('answers from what the page brought along once, then asks', async () => {
  const ask = fromReplies({ '/api/v1/x': [200, { success: true, data: 'brought' }] }, sent)
  const read = async (method: string) => (await (await ask('/api/v1/x', { method })).json()).data
  expect([await read('POST'), await read('GET'), await read('GET')]).toEqual(['anew', 'brought', 'anew'])
})
