import { TintypeError } from '@tintype/contract'
import { t } from '../kit/messages.ts'
import { toast } from '../ui/toast.ts'

/** It never came to the server: the network failed, which is not the server's doing. */
const isUnreached = (error: unknown): boolean =>
  error instanceof TintypeError &&
  error.code === 'unavailable' &&
  (!navigator.onLine || error.cause instanceof TypeError)

/** What to tell a member about an error: the server's own sentence, or the general one. */
export function errorText(error: unknown): string {
  if (isUnreached(error)) return navigator.onLine ? t('state.unreached') : t('state.offlineAct')
  if (error instanceof TintypeError) return error.message
  return t('crash.text')
}

/** For an intent that failed after it was shown: says so in passing. */
export function reportError(error: unknown): void {
  // The end of a session tells for itself.
  if (error instanceof TintypeError && error.status === 401) return
  toast(errorText(error))
}

/** For something that was to end: what ended elsewhere is gone as well. */
export function reportUnlessGone(error: unknown): void {
  if (!(error instanceof TintypeError && error.code === 'not_found')) reportError(error)
}
