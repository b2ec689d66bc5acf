import { TintypeError } from '@tintype/contract'
import { t } from '../messages.ts'
import { toast } from '../ui/toast.ts'

/** What to tell a member about an error: the server's own sentence, or the general one. */
export function errorText(error: unknown): string {
  if (error instanceof TintypeError) return error.message
  return t('crash.text')
}

/** For an intent that failed after it was shown: says so in passing. */
export function reportError(error: unknown): void {
  // The end of a session tells for itself.
  if (error instanceof TintypeError && error.status === 401) return
  toast(errorText(error))
}
