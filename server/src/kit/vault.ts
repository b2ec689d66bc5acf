import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** One of the keys that a vault has; what is sealed and what is looked up says by its version which one. */
export interface VaultKey {
  /** 1: derived of the community's secret, unless it is given. */
  version: number
  secret: string
  /** It opens, and seals nothing yet: for when several processes are to have it first. */
  opensOnly?: boolean
}

/**
 * Keeps what nobody who reads the database alone is to know. `use` says what a text is and whose (`totp 0198…`): sealed for one use it
 * cannot be opened for another, so rows cannot be exchanged.
 */
export interface Vault {
  /** The version of the key that seals: the newest that may. */
  readonly sealing: number
  /** By version: tells a key from another of the same version, and nothing of it. */
  readonly fingerprints: ReadonlyMap<number, string>
  /** AES-256-GCM: `version.base64url(nonce, ciphertext, tag)`. */
  seal(text: string, use: string): string
  /** Throws for what was not sealed here for this use. */
  open(sealed: string, use: string): string
  /** `version.base64url`: a keyed hash by which a text can be found that stands sealed elsewhere. */
  index(text: string, use: string): string
  /** The same by every key, the oldest first: what to look for while not all is written by the newest. */
  indices(text: string, use: string): string[]
  /** A keyed hash of a secret that we are shown again; the same whatever keys there are, for we could not make it anew. */
  hash(text: string, use: string): string
}

const NONCE = 12
const TAG = 16

/** The version of the key by which a text is sealed, or found. */
export const versionOf = (text: string): number => Number(text.slice(0, text.indexOf('.')))

/** Keys are derived of the community's secret, or of those given, one for each purpose. */
export function createVault(secret: string, keys: readonly VaultKey[] = []): Vault {
  const own = keys.some(({ version }) => version === 1) ? [] : [{ version: 1, secret }]
  const all: VaultKey[] = [...own, ...keys].sort((a, b) => a.version - b.version)
  const ring = new Map(all.map((key) => [key.version, derived(key)]))
  const sealing = Math.max(...all.filter(({ opensOnly }) => !opensOnly).map(({ version }) => version))
  const newest = keyOf(ring, sealing)
  const first = all.find(({ version }) => version === 1)
  const hashing = derive(first?.secret ?? secret, 'tintype look-up')
  return {
    sealing,
    fingerprints: new Map([...ring].map(([version, { fingerprint }]) => [version, fingerprint])),
    seal(text, use) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', newest.sealing, nonce).setAAD(Buffer.from(use))
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return `${sealing}.${Buffer.concat(parts).toString('base64url')}`
    },
    open(sealed, use) {
      const key = keyOf(ring, versionOf(sealed))
      const bytes = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, bytes.subarray(0, NONCE))
      decipher.setAAD(Buffer.from(use)).setAuthTag(bytes.subarray(-TAG))
      return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
    },
    index: (text, use) => `${sealing}.${mac(newest.finding, text, use)}`,
    indices: (text, use) =>
      [...ring].map(([version, { finding }]) => `${version}.${mac(finding, text, use)}`),
    hash: (text, use) => mac(hashing, text, use),
  }
}

interface Derived {
  sealing: Buffer
  finding: Buffer
  fingerprint: string
}

const derived = ({ version, secret }: VaultKey): Derived => ({
  sealing: derive(secret, `tintype vault ${version}`),
  finding: derive(secret, `tintype index ${version}`),
  fingerprint: derive(secret, `tintype key ${version}`).toString('base64url', 0, 12),
})

function keyOf(ring: ReadonlyMap<number, Derived>, version: number): Derived {
  const key = ring.get(version)
  if (!key) throw new Error(`There is no key ${version} for what is sealed.`)
  return key
}

const derive = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))

const mac = (key: Buffer, text: string, use: string): string =>
  createHmac('sha256', key).update(`${use}\0${text}`).digest('base64url')
