import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { type NewPasskey, type PasskeyProof, TintypeError } from '@tintype/contract'
import type { PasskeyRow } from './passkey-store.ts'

/** For whom keys are made: a name of the DNS, and the pages that may use them. */
export interface RelyingParty {
  id: string
  /** Empty: any port of `localhost`, as on a laptop. */
  origin: string
}

export const relyingPartyOf = (publicUrl: string): RelyingParty =>
  publicUrl ? { id: new URL(publicUrl).hostname, origin: publicUrl } : { id: 'localhost', origin: '' }

/** EdDSA, ES256, RS256: every authenticator has one of them. */
export const ALGORITHMS = [-8, -7, -257]

/** Loaded for the first who uses a passkey: it reads certificates too, and takes 20 MB. */
const library = () => import('@simplewebauthn/server')

type IsOurs = (challenge: string) => boolean

/** Throws `passkey_invalid` for what is not a new key of this place, made for a challenge that `isOurs`. */
export async function verifyNew(given: NewPasskey, party: RelyingParty, isOurs: IsOurs) {
  const { origin, challenge } = clientDataOf(given.response.clientDataJSON)
  const { verifyRegistrationResponse } = await library()
  const { verified, registrationInfo } = await orInvalid(
    verifyRegistrationResponse({
      response: { clientExtensionResults: {}, ...given } as RegistrationResponseJSON,
      expectedChallenge: isOurs,
      expectedOrigin: originFor(party, origin),
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  )
  if (!verified) throw new TintypeError('passkey_invalid')
  const { credential } = registrationInfo
  const key: Pick<PasskeyRow, 'credential_id' | 'public_key' | 'counter' | 'transports'> = {
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
  }
  return { challenge, key }
}

/** The same of a key that is known; answers how often it says that it was used. */
export async function verifyUse(given: PasskeyProof, known: PasskeyRow, party: RelyingParty, isOurs: IsOurs) {
  const { origin, challenge } = clientDataOf(given.response.clientDataJSON)
  const { verifyAuthenticationResponse } = await library()
  const { verified, authenticationInfo } = await orInvalid(
    verifyAuthenticationResponse({
      response: { clientExtensionResults: {}, ...given } as AuthenticationResponseJSON,
      expectedChallenge: isOurs,
      expectedOrigin: originFor(party, origin),
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: known.credential_id,
        publicKey: new Uint8Array(known.public_key),
        counter: known.counter,
      },
    }),
  )
  if (!verified) throw new TintypeError('passkey_invalid')
  return { challenge, counter: authenticationInfo.newCounter }
}

/** The library throws for whatever is not as it should be. */
const orInvalid = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    throw new TintypeError('passkey_invalid', { cause })
  })

function clientDataOf(encoded: string): { origin: string; challenge: string } {
  try {
    const { origin, challenge } = JSON.parse(Buffer.from(encoded, 'base64url').toString())
    return { origin: String(origin), challenge: String(challenge) }
  } catch (cause) {
    throw new TintypeError('passkey_invalid', { cause })
  }
}

function originFor(party: RelyingParty, said: string): string {
  if (party.origin) return party.origin
  const isLocal = URL.canParse(said) && new URL(said).hostname === 'localhost'
  return isLocal ? said : 'http://localhost'
}
