import type { AppRequest } from '@tintype/contract'

const names = ['response_type', 'scope', 'state', 'code_challenge', 'code_challenge_method'] as const

/** What an app asks, as the server has packed it: an address would not keep every letter of it. Of what is no such thing, nothing. */
export function requestIn(packed: string): AppRequest {
  const given = new URLSearchParams(unpacked(packed))
  const request: AppRequest = {
    client_id: given.get('client_id') ?? '',
    redirect_uri: given.get('redirect_uri') ?? '',
  }
  for (const name of names) {
    const value = given.get(name)
    if (value !== null) request[name] = value
  }
  return request
}

function unpacked(packed: string): string {
  try {
    const bytes = atob(packed.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
  } catch {
    return ''
  }
}
