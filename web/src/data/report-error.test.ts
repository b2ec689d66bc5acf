import { TintypeError } from '@tintype/contract'
import { afterEach, expect, it, vi } from 'vitest'
import { errorText } from './report-error.ts'

const unreached = new TintypeError('unavailable', { cause: new TypeError('Failed to fetch') })
const isOnline = (online: boolean) => vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(online)
afterEach(() => vi.restoreAllMocks())

it('says that one is offline, not that the server is busy', () => {
  isOnline(false)
  expect(errorText(unreached)).toBe('You are offline. Try again when you are connected.')
})

it('does not blame the server for a network that leads nowhere', () => {
  isOnline(true)
  expect(errorText(unreached)).toBe('Tintype could not be reached. Are you connected?')
})

it('passes on what the server itself says', () => {
  isOnline(true)
  expect(errorText(new TintypeError('unavailable'))).toMatch(/busy or restarting/)
})
