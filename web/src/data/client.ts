import addresses from 'virtual:route-addresses'
import { type ChallengeDetails, type Client, clientOf, MEMBER_HEADER, type Routes } from '@tintype/contract'
import { askForProof } from './proof.ts'
import { createRenewal } from './renewal.ts'
import { endSession } from './session-end.ts'
import { idIn, shownMember } from './shown-member.ts'
import { readStored, writeStored } from './storage.ts'
import { transport } from './transport.ts'

/**
 * Cookies carry the session; the first header asks for them, the second proves to the server that a request was
 * made by this page (another site cannot send it without being allowed to), the third says whom the page shows.
 */
const headers = (): Record<string, string> => {
  const member = shownMember()
  return {
    'x-tintype-session': 'cookie',
    'x-tintype-csrf': '1',
    ...(member ? { [MEMBER_HEADER]: member } : {}),
  }
}

/** `other_member`: this browser goes on as somebody else by now, and so does this page. */
const asShown: typeof fetch = async (input, init) => {
  const response = await transport(input, init)
  // Where it is known already, the page is on its way.
  if (response.status === 412 && idIn(readStored('tintype.member')) === shownMember()) {
    writeStored('tintype.member', null)
    location.reload()
  }
  return response
}

const later = async () => (await import('virtual:late-route-addresses')).default
const options = { headers, fetch: asShown, later }

const bare = clientOf<Routes>(addresses, options)

const renew = createRenewal({
  refresh: () => bare.accounts.refresh({ body: {} }),
  onEnded: () => endSession('expired'),
  locks: typeof navigator === 'undefined' ? undefined : navigator.locks,
})

/** Who logged out meanwhile has nothing to renew; what was still on its way simply fails. */
const renewWhileHere = async () => readStored('tintype.session') !== null && (await renew())

/** Every operation of the API, typed; renews the session when it has expired, or asks the member who they are, and sends the request again. */
export const api: Client = clientOf<Routes>(addresses, {
  ...options,
  renew: renewWhileHere,
  prove: askForProof,
  work: async (details) => (await import('./challenge.ts')).answerTo(details as ChallengeDetails),
})
