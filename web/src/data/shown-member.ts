import { readStored, writeStored } from './storage.ts'

/** Whose the stored record of a member is. */
export function idIn(stored: string | null): string | undefined {
  try {
    return (JSON.parse(stored ?? '{}') as { user_id?: string }).user_id
  } catch {
    return undefined
  }
}

let shown = idIn(readStored('tintype.member'))

/**
 * Whom this page shows, until the server says who it is whom this device remembers. Every request names them: the cookies are the browser's,
 * and another page of it may have gone on as somebody else.
 */
export const shownMember = (): string | undefined => shown

export function showMember(id: string | undefined): void {
  shown = id
}

/** This device remembers nobody any more. */
export function forgetMember(): void {
  for (const name of ['tintype.session', 'tintype.renewed', 'tintype.member'] as const)
    writeStored(name, null)
}
