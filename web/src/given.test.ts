import { createMemoryHistory } from '@tanstack/react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAppRouter } from './app/router.tsx'
import { queryClient } from './data/query-client.ts'
import { fromReplies, type Replies, transport } from './data/transport.ts'
import { addressIn, GIVEN, type Given, ME, takeOver } from './given.ts'
import { endFirstPaint, firstPaint } from './ui/first-paint.ts'

const ready = vi.fn()
document.addEventListener('tintype:ready', ready)

/** A page that the server has drawn from these replies. */
function drawnFrom(replies: Replies): Given {
  const given = { address: '/', phone: true, sort: 'chronological', now: 1234, replies } as const
  const block = Object.assign(document.createElement('script'), { type: 'application/json', id: GIVEN })
  block.textContent = JSON.stringify(given)
  document.body.append(block)
  return given
}
const network = vi.fn(async () => Response.json('from the network'))
const get = async (address: string) => (await transport(address, { method: 'GET' })).json()

beforeEach(() => {
  localStorage.clear()
  ready.mockClear()
  network.mockClear()
  vi.stubGlobal('fetch', network)
})
afterEach(() => {
  endFirstPaint()
  firstPaint.end = () => undefined
  document.getElementById(GIVEN)?.remove()
})

describe('a page that the server has drawn', () => {
  it('is taken over as it was drawn, with the replies that it was drawn from', async () => {
    const given = drawnFrom({ '/api/v1/instance': [200, { data: 'the club' }], [ME]: [200, { data: 'ana' }] })
    expect(takeOver()).toEqual(given)
    expect(firstPaint).toMatchObject({ active: true, phone: true, sort: 'chronological', now: 1234 })
    expect(await get('/api/v1/instance')).toEqual({ data: 'the club' })
    expect(network).not.toHaveBeenCalled()
    // The cookies speak, even where the browser had forgotten.
    expect(localStorage.getItem('tintype.session')).toBe('1')
  })

  it('answers each question once: what is asked again is to be new', async () => {
    drawnFrom({ '/api/v1/instance': [200, { data: 'the club' }] })
    takeOver()
    await get('/api/v1/instance')
    expect(await get('/api/v1/instance')).toBe('from the network')
  })

  it('asks the network as ever once the screen is there, and says that it is', async () => {
    drawnFrom({ '/api/v1/instance': [200, { data: 'the club' }] })
    const usual = queryClient.getDefaultOptions()
    takeOver()
    expect(queryClient.getDefaultOptions().queries?.retryOnMount).toBe(false)
    endFirstPaint()
    expect(ready).toHaveBeenCalledOnce()
    expect(queryClient.getDefaultOptions()).toEqual(usual)
    expect(await get('/api/v1/instance')).toBe('from the network')
  })

  it('for nobody is not taken over where there was a session: whether it goes on is asked', () => {
    localStorage.setItem('tintype.session', '1')
    drawnFrom({ '/api/v1/instance': [200, { data: 'the club' }] })
    expect(takeOver()).toBeUndefined()
    expect(firstPaint.active).toBe(true)
  })
})

it('a page that brings nothing along begins by itself', () => {
  expect(takeOver()).toBeUndefined()
  const block = Object.assign(document.createElement('script'), { id: GIVEN })
  document.body.append(block)
  expect(takeOver()).toBeUndefined()
})

it('what is sent is never answered from the replies', async () => {
  const ask = fromReplies({ '/api/v1/posts': [200, 'kept'] }, network)
  expect(await (await ask('/api/v1/posts', { method: 'POST' })).json()).toBe('from the network')
  expect((await ask('/api/v1/posts', { method: 'GET' })).status).toBe(200)
})

it('an address is path and query, as the router has it', async () => {
  const router = createAppRouter(createMemoryHistory({ initialEntries: ['/search?q=ana'] }))
  expect(addressIn(router)).toBe('/search?q=ana')
})
