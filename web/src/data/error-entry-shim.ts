import { coreErrors } from '@tintype/contract/core/errors'

/**
 * Stands in for the contract's `error-entry.ts` in the browser bundle: a reply brings the message of its error
 * along, so that the table of every domain need not come with the first picture.
 */
export const errorEntry = (code: string): { status: number; message: string } =>
  code in coreErrors ? coreErrors[code as keyof typeof coreErrors] : coreErrors.internal
