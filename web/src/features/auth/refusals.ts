import { TintypeError } from '@tintype/contract'
import { errorText } from '../../data/report-error.ts'
import { t } from '../../things/account/messages.ts'

/** A log-in that has to wait says for how long. */
export function refusalText(error: unknown): string {
  const seconds = error instanceof TintypeError && error.code === 'rate_limited' && error.details?.retry_after
  if (typeof seconds !== 'number') return errorText(error)
  return seconds < 120
    ? t('login.wait.seconds', { count: seconds })
    : t('login.wait.minutes', { count: Math.ceil(seconds / 60) })
}

/** How a log-in goes on that asks for a second step. */
export function secondStepOf(error: unknown): { challenge: string; byPasskey: boolean } | undefined {
  if (!(error instanceof TintypeError && error.code === 'second_factor_required')) return undefined
  const { challenge, methods } = error.details ?? {}
  return { challenge: String(challenge), byPasskey: Array.isArray(methods) && methods.includes('passkey') }
}
