import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Keeps what nobody who reads the database alone is to know. `use` says what a text is and whose (`totp 0198…`): sealed for one use it
 * cannot be opened for another, so rows cannot be exchanged.
 */
export interface Vault {
  /** AES-256-GCM: `version.base64url(nonce, ciphertext, tag)`. */
  seal(text: string, use: string): string
  /** Throws for what was not sealed here for this use. */
  open(sealed: string, use: string): string
  /** A keyed hash by which a text can be looked up or compared; the same for the same text and use, always. */
  hash(text: string, use: string): string
}

const NONCE = 12
const TAG = 16
const VERSION = 1

/** Keys are derived from the community's secret, one for each purpose. */
export function createVault(secret: string): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  const sealing = derive(`tintype vault ${VERSION}`)
  const hashing = derive('tintype look-up')
  return {
    seal(text, use) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(use))
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${VERSION}.${Buffer.concat(parts).toString('base64url')}`
    },
    open(sealed, use) {
      const [version, body = ''] = sealed.split('.')
      if (Number(version) !== VERSION) throw new Error(`There is no key ${version} for what is sealed.`)
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE))
      decipher.setAAD(Buffer.from(use)).setAuthTag(bytes.subarray(-TAG))
      return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
    },
    hash: (text, use) => createHmac('sha256', hashing).update(`${use}\0${text}`).digest('base64url'),
  }
}
