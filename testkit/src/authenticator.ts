import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeyProof } from '@tintype/contract'
import { Secret, TOTP } from 'otpauth'

/** What an authenticator app with this secret shows at that moment (milliseconds since 1970). */
export const totpCode = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })

interface CreationOptions {
  challenge: string
  rp: { id: string }
  user: { id: string }
}
interface UseOptions {
  challenge: string
  rpId: string
}

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest()
/** Byte strings of CBOR, up to 64 KB. */
const cborBytes = (bytes: Buffer) =>
  Buffer.concat([
    bytes.length < 256
      ? Buffer.from([0x58, bytes.length])
      : Buffer.from([0x59, bytes.length >> 8, bytes.length & 255]),
    bytes,
  ])

/** A device with one passkey, as WebAuthn has it: what a browser would send, for a page at `origin`. */
export class SoftwareAuthenticator {
  readonly origin: string
  readonly #id = randomBytes(32)
  readonly #key: { privateKey: KeyObject; publicKey: KeyObject }
  #userHandle = ''
  #counter = 0

  constructor(origin: string) {
    this.origin = origin
    this.#key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  }

  create({ challenge, rp, user }: CreationOptions): NewPasskey {
    this.#userHandle = user.id
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' })
    // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    const cose = Buffer.concat([
      Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
      cborBytes(Buffer.from(x, 'base64url')),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y, 'base64url')),
    ])
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, cose])
    const authData = this.#authData(rp.id, 0x45, credential)
    const attestation = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      cborBytes(authData),
    ])
    return {
      ...this.#named,
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge),
        attestationObject: base64url(attestation),
        transports: ['internal'],
      },
    }
  }

  /** `verified`: whether the device asked for a finger or a PIN. */
  use({ challenge, rpId }: UseOptions, { verified = true } = {}): PasskeyProof {
    this.#counter++
    const authData = this.#authData(rpId, verified ? 0x05 : 0x01)
    const clientDataJSON = this.#clientData('webauthn.get', challenge)
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return {
      ...this.#named,
      response: {
        clientDataJSON,
        authenticatorData: base64url(authData),
        signature: base64url(sign('sha256', signed, this.#key.privateKey)),
        userHandle: this.#userHandle,
      },
    }
  }

  get #named() {
    const id = base64url(this.#id)
    return { id, rawId: id, type: 'public-key' as const }
  }

  #clientData(type: string, challenge: string): string {
    return base64url(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }))
  }

  #authData(rpId: string, flags: number, rest: Buffer = Buffer.alloc(0)): Buffer {
    const head = Buffer.alloc(5)
    head[0] = flags
    head.writeUInt32BE(this.#counter, 1)
    return Buffer.concat([sha256(rpId), head, rest])
  }
}
