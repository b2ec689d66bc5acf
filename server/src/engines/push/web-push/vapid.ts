import { createECDH, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'

/** Who sends, to push services: a key, and how to reach the owner (RFC 8292). */
export interface Vapid {
  publicKey: string
  /** The header for a push service, by its origin. */
  authorization(origin: string): Promise<string>
}

/** Services take tokens of at most a day; each is used for an hour. */
const LIFE_S = 12 * 3600
const USED_MS = 3_600_000
const ORIGINS = 200

/**
 * The key comes of the community's secret: made at the first start, kept with it, the same in every process, and worthless to who has the
 * database alone. A new secret ends every session, and with them the subscriptions that were made for the old key.
 */
export function vapidOf(secret: string, contact: string, now: () => number): Vapid {
  const { publicKey, key } = keyOf(secret)
  const tokens = new Map<string, { text: string; until: number }>()
  const sign = async (origin: string): Promise<string> => {
    const seconds = Math.floor(now() / 1000)
    const token = await new SignJWT({ sub: contact })
      .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
      .setAudience(origin)
      .setExpirationTime(seconds + LIFE_S)
      .sign(key)
    return `vapid t=${token}, k=${publicKey}`
  }
  return {
    publicKey,
    async authorization(origin) {
      const known = tokens.get(origin)
      if (known && known.until > now()) return known.text
      const text = await sign(origin)
      if (tokens.size >= ORIGINS) tokens.clear()
      tokens.set(origin, { text, until: now() + USED_MS })
      return text
    },
  }
}

/** Not every number of 32 bytes is a private key of the curve; the next one is tried then. */
function keyOf(secret: string): { publicKey: string; key: KeyObject } {
  const pair = createECDH('prime256v1')
  for (let turn = 0; ; turn++) {
    const d = Buffer.from(hkdfSync('sha256', secret, '', `tintype push key ${turn}`, 32))
    try {
      pair.setPrivateKey(d)
    } catch {
      continue
    }
    const point = pair.getPublicKey()
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      d: d.toString('base64url'),
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    }
    return {
      publicKey: point.toString('base64url'),
      key: createPrivateKey({ key: jwk, format: 'jwk' }),
    }
  }
}
