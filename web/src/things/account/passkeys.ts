import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { type NewPasskey, type PasskeyProof, TintypeError } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { t } from './proof-messages.ts'

/** Browsers have them on safe pages alone (https, or this machine), at an address with a name. */
export const canUsePasskeys = (): boolean =>
  window.isSecureContext &&
  typeof window.PublicKeyCredential === 'function' &&
  !/^[\d.:[\]]+$/.test(location.hostname)

/** Asks the device for one of its keys; rejects with a DOMException where the member would rather not. */
export async function askPasskey(): Promise<PasskeyProof> {
  if (!canUsePasskeys()) throw new TintypeError('passkey_invalid', { message: t('proof.cannot') })
  const optionsJSON = (await api.factors.passkeyOptions()) as PublicKeyCredentialRequestOptionsJSON
  return (await startAuthentication({ optionsJSON })) as PasskeyProof
}

/** Has the device make one. */
export async function createPasskey(): Promise<NewPasskey> {
  const optionsJSON = (await api.factors.newPasskey()) as PublicKeyCredentialCreationOptionsJSON
  return (await startRegistration({ optionsJSON })) as NewPasskey
}

/** The member closed the browser's own dialog, or it timed out: nothing that needs telling. */
export const wasDismissed = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
