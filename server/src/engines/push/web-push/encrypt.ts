import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** What a message may have at most before it is encrypted, so that it is one record of the 4096 bytes that every service takes. */
export const MAX_PLAIN = 4096 - 86 - 17

const bytes = (secret: Buffer, salt: Buffer, info: string | Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

/**
 * Encrypts for one subscription (RFC 8291: `aes128gcm` of RFC 8188 with a key that only the browser can derive). Throws where the
 * subscription's key is no point of the curve.
 */
export function encryptFor(subscription: { p256dh: string; auth: string }, plain: Buffer): Buffer {
  const theirs = Buffer.from(subscription.p256dh, 'base64url')
  const ours = createECDH('prime256v1')
  const publicKey = ours.generateKeys()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, publicKey])
  const secret = bytes(ours.computeSecret(theirs), Buffer.from(subscription.auth, 'base64url'), info, 32)
  const salt = randomBytes(16)
  const key = bytes(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = bytes(secret, salt, 'Content-Encoding: nonce\0', 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(4096, 16)
  head.writeUInt8(publicKey.length, 20)
  // One record, which is the last: its delimiter is 2.
  const sealed = [cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat([head, publicKey, ...sealed])
}

/** Whether these are a point of the curve P-256 and a secret of 16 bytes, as browsers give them. */
export function areKeys({ p256dh, auth }: { p256dh: string; auth: string }): boolean {
  const point = Buffer.from(p256dh, 'base64url')
  if (point.length !== 65 || point[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false
  const own = createECDH('prime256v1')
  own.generateKeys()
  try {
    own.computeSecret(point)
    return true
  } catch {
    return false
  }
}
