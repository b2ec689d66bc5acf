import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { askBy } from '../../data/transport.ts'
import { renderRoute } from '../../testing/render-route.tsx'
import { meNamed } from '../../testing/things.ts'

/** The server, as far as it is asked: what is dangerous wants a proof, which is the word `silver` or a code. */
let asked: string[]
let isProven: boolean
beforeEach(() => {
  asked = []
  isProven = false
  const restore = askBy(async (input, init) => {
    const path = String(input).replace('/api/v1', '')
    const call = `${init?.method} ${path}`
    const ok = (data: unknown) => Response.json({ success: true, data })
    const refused = (code: string, status: number) =>
      Response.json({ success: false, error: { code, message: `${code}.`, request_id: 'r' } }, { status })
    if (call === 'GET /users/me/factors')
      return ok({ totp_since: '2026-01-02T00:00:00.000Z', recovery_codes_left: 9, passkeys: [] })
    if (init?.method === 'GET') return refused('not_found', 404)
    asked.push(call)
    if (call === 'POST /users/me/proof') {
      isProven = /silver|123456/.test(String(init?.body))
      return isProven ? ok({}) : refused('password_wrong', 403)
    }
    return isProven ? ok({}) : refused('step_up_required', 403)
  })
  return () => {
    restore()
  }
})

const change = async () => {
  const view = await renderRoute('/settings/password', { me: meNamed('ben') })
  await view.user.type(await screen.findByLabelText('New password'), 'a better one, with plates{Enter}')
  return { ...view, dialog: await screen.findByRole('dialog', { name: 'Is it you?' }) }
}

it('a call that wants a proof asks the member, and is sent again once it has one', async () => {
  const { user, dialog } = await change()
  const field = within(dialog).getByLabelText('Your password')
  await user.type(field, 'copper{Enter}')
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
  await user.click(await within(dialog).findByRole('button', { name: 'Use a code of the app instead' }))
  await user.type(within(dialog).getByLabelText('Code of your authenticator app'), '123456{Enter}')
  expect(await screen.findByText(/Password changed/)).toBeDefined()
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(asked).toEqual([
    'PUT /users/me/password',
    'POST /users/me/proof',
    'POST /users/me/proof',
    'PUT /users/me/password',
  ])
})

it('says why nothing happened where the member closes it', async () => {
  const { user, dialog } = await change()
  await user.click(within(dialog).getByRole('button', { name: 'Close' }))
  expect(await screen.findByText('step_up_required.')).toBeDefined()
  expect(asked).toEqual(['PUT /users/me/password'])
})
