import { screen, waitFor } from '@testing-library/react'
import { type AskedByApp, type AskingApp, TintypeError } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi, later } from '../../testing/fake-api.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'
import { leave } from '../../things/apps/leave.ts'
import { requestIn } from './request.ts'

const ben = meNamed('ben')
const printer: AskingApp = {
  app_id: 'app-1' as never,
  name: 'Printer',
  website: 'https://printer.example/about',
  made_by: 'ana',
  scopes: ['read', 'messages'],
}
const asked: AskedByApp = { app: printer, returns_to: 'printer.example', refused_to: null }
const query = {
  client_id: 'app-1',
  redirect_uri: 'https://printer.example/cb?tenant=ä&x=1',
  response_type: 'code',
  scope: 'read messages',
  // Letters that an address would not keep: a number too large, and one that reads like another.
  state: '12345678901234567890',
  code_challenge: '1e5',
}
const packed = Buffer.from(new URLSearchParams(query).toString()).toString('base64url')
const open = () => renderRoute(`/oauth/consent?q=${packed}`, { me: ben })
let left: string[]

beforeEach(() => {
  left = []
  vi.spyOn(leave, 'to').mockImplementation((address) => void left.push(address))
})

describe('an app that asks', () => {
  it('is shown with what it wants and as whom, and answered as it asked, to the letter', async () => {
    const api = fakeApi({
      'apps.asked': async () => asked,
      'apps.answer': async () => ({ redirect_to: 'https://printer.example/cb?code=tto_1' }),
    })
    const { user } = await open()
    await screen.findByRole('heading', { name: 'Let Printer use your account?' })
    expect(screen.getByText(/Made by @ana, and not by The Photo Club/)).toBeDefined()
    expect(screen.getByRole('link', { name: 'printer.example' })).toBeDefined()
    expect(screen.getByText('ben')).toBeDefined()
    const list = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(list).toEqual([
      expect.stringContaining('See what you see'),
      expect.stringContaining('your messages'),
    ])
    expect(screen.getByText('You go back to printer.example.')).toBeDefined()
    expect(api.apps.asked).toHaveBeenCalledWith({ query })
    await user.click(screen.getByRole('button', { name: 'Allow' }))
    await waitFor(() => expect(left).toEqual(['https://printer.example/cb?code=tto_1']))
    expect(api.apps.answer).toHaveBeenCalledWith({ body: { ...query, allow: true } })
    // A scheme of an app's own leaves this page open.
    expect(await screen.findByText('You can go back to Printer')).toBeDefined()
  })

  it('is answered once, however often one presses; a failure says so and can be tried again', async () => {
    const first = later<{ redirect_to: string }>()
    let calls = 0
    fakeApi({
      'apps.asked': async () => ({ ...asked, app: { ...printer, made_by: null }, returns_to: null }),
      'apps.answer': () =>
        ++calls === 1 ? first.promise : Promise.resolve({ redirect_to: 'org.printer:/cb' }),
    })
    const { user } = await open()
    const allow = await screen.findByRole('button', { name: 'Allow' })
    expect(screen.getByText(/nobody here answers for its name/)).toBeDefined()
    expect(screen.getByText('You go back to an app on this device.')).toBeDefined()
    await user.click(allow)
    await user.click(allow)
    const deny = screen.getByRole<HTMLButtonElement>('button', { name: 'Don’t allow' })
    expect(deny.disabled).toBe(true)
    first.reject(new TintypeError('unavailable'))
    await screen.findByRole('alert')
    expect([calls, left]).toEqual([1, []])
    await user.click(screen.getByRole('button', { name: 'Don’t allow' }))
    await waitFor(() => expect(left).toEqual(['org.printer:/cb']))
  })

  it('is told where it asks for what is not to be had, but takes nobody away by that', async () => {
    fakeApi({
      'apps.asked': async () => ({ ...asked, refused_to: 'https://printer.example/cb?error=invalid_scope' }),
    })
    const { user } = await open()
    const back = await screen.findByRole('button', { name: 'Go back to printer.example' })
    expect(screen.queryByRole('button', { name: 'Allow' })).toBeNull()
    expect(left).toEqual([])
    await user.click(back)
    expect(left).toEqual(['https://printer.example/cb?error=invalid_scope'])
  })

  it('that nobody knows is not gone back to', async () => {
    fakeApi({
      'apps.asked': async () => {
        throw new TintypeError('app_request_invalid')
      },
    })
    await renderRoute('/oauth/consent?q=%%%', { me: ben })
    expect(await screen.findByText('This cannot be answered')).toBeDefined()
    expect(left).toEqual([])
  })

  it('waits for a visitor to log in, who then comes back to it', async () => {
    const { router } = await renderRoute(`/oauth/consent?q=${packed}`)
    expect(router.state.location.pathname).toBe('/login')
    const { to } = router.state.location.search as { to?: string }
    expect(requestIn(new URL(to ?? '', 'http://x').searchParams.get('q') ?? '')).toEqual(query)
  })
})

describe('a device', () => {
  it('is connected by its code, typed in any way', async () => {
    const api = fakeApi({ 'apps.askedByDevice': async () => printer, 'apps.answerDevice': async () => ({}) })
    const { user } = await renderRoute('/oauth/activate', { me: ben })
    await user.type(await screen.findByLabelText('Code'), 'bdfg hjkl')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(await screen.findByText(/shows the code BDFG-HJKL/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Allow' }))
    expect(await screen.findByText('The device is connected')).toBeDefined()
    expect(api.apps.answerDevice).toHaveBeenCalledWith({ body: { user_code: 'BDFGHJKL', allow: true } })
  })

  it('whose code is not known is asked for another; one in the address is asked about as well', async () => {
    let asked = 0
    const api = fakeApi({
      'apps.askedByDevice': async () => {
        if (++asked > 1) return printer
        throw new TintypeError('device_code_unknown')
      },
      'apps.answerDevice': async () => ({}),
    })
    const { user } = await renderRoute('/oauth/activate?code=ZZZZ-ZZZZ', { me: ben })
    expect((await screen.findByRole('alert')).textContent).toMatch(/not known/)
    await user.type(screen.getByLabelText('Code'), 'BDFG')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(api.apps.askedByDevice).toHaveBeenCalledTimes(1)
    await user.type(screen.getByLabelText('Code'), '-HJKL')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    await user.click(await screen.findByRole('button', { name: 'Don’t allow' }))
    expect(await screen.findByText('The device was not connected')).toBeDefined()
  })
})
