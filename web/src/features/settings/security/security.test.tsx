import { screen, waitFor, within } from '@testing-library/react'
import { type Factors, TintypeError } from '@tintype/contract'
import { expect, it } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { renderRoute } from '../../../testing/render-route.tsx'
import { meNamed } from '../../../testing/things.ts'

const open = () => renderRoute('/settings/security', { me: meNamed('ben') })
const codes = ['abcde-fghjk', 'mnpqr-stuvw']

it('an authenticator app is set up by a picture or by hand, proven by a code, and turned off again', async () => {
  let factors: Factors = { totp_since: null, recovery_codes_left: 0, passkeys: [] }
  const api = fakeApi({
    'factors.get': async () => factors,
    'factors.beginTotp': async () => ({ secret: 'ABCDEFGH', uri: 'otpauth://totp/x?secret=ABCDEFGH' }),
    'factors.confirmTotp': async ({ body }) => {
      if (body.code !== '123456') throw new TintypeError('code_wrong')
      factors = { totp_since: '2026-01-02T00:00:00.000Z', recovery_codes_left: 10, passkeys: [] }
      return { recovery_codes: codes }
    },
    'factors.removeTotp': async () => {
      factors = { totp_since: null, recovery_codes_left: 0, passkeys: [] }
      return {}
    },
  })
  const { user } = await open()
  await user.click(await screen.findByRole('button', { name: 'Set up an authenticator app' }))
  expect(await screen.findByRole('img', { name: /QR code/ })).toBeDefined()
  expect(screen.getByText('ABCD EFGH')).toBeDefined()
  const field = screen.getByLabelText('Code that the app shows')
  await user.type(field, '000000{Enter}')
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'))
  await user.clear(field)
  await user.type(field, '123456{Enter}')
  const list = await screen.findByRole('list', { name: 'Recovery codes' })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(codes)
  await user.click(screen.getByRole('button', { name: 'I have kept them' }))
  expect(await screen.findByText('10 recovery codes are left.')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Turn off' }))
  const question = await screen.findByRole('alertdialog')
  expect(api.factors.removeTotp).not.toHaveBeenCalled()
  await user.click(within(question).getByRole('button', { name: 'Turn off' }))
  expect(await screen.findByRole('button', { name: 'Set up an authenticator app' })).toBeDefined()
})
