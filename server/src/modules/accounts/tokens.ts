import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { SessionId, UserId } from '@tintype/contract'

export interface AccessClaims {
  user_id: UserId
  session_id: SessionId
  /** Milliseconds since 1970. */
  expires: number
}

export interface RefreshClaims {
  user_id: UserId
  session_id: SessionId
  generation: number
}

/** Signs and reads both kinds of token. Reading answers undefined for what we did not sign; expiry is for the caller to judge. */
export interface Tokens {
  signAccess(claims: AccessClaims, now: number): string
  readAccess(token: string): AccessClaims | undefined
  signRefresh(claims: RefreshClaims): string
  readRefresh(token: string): RefreshClaims | undefined
}

/** Each kind has a key of its own, so that one is never taken for the other. */
export function createTokens(secret: string): Tokens {
  // As bytes a key would take seven times as long to use.
  const keyFor = (use: string) => createSecretKey(createHmac('sha256', secret).update(use).digest())
  const accessKey = keyFor('tintype access token')
  const refreshKey = keyFor('tintype refresh token')
  return {
    /** A JWT (RFC 7519) with HS256, so that other tools can read it. */
    signAccess({ user_id, session_id, expires }, now) {
      const claims = {
        sub: user_id,
        sid: session_id,
        iat: Math.floor(now / 1000),
        exp: Math.floor(expires / 1000),
      }
      const signed = `${JWT_HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${signed}.${mac(accessKey, signed)}`
    },
    readAccess(token) {
      const end = token.lastIndexOf('.')
      // The header is compared, not read: no other algorithm has ever been signed, so none can be asked for.
      if (!token.startsWith(`${JWT_HEADER}.`) || !isMac(accessKey, token.slice(0, end), token.slice(end + 1)))
        return undefined
      const claims = JSON.parse(
        Buffer.from(token.slice(JWT_HEADER.length + 1, end), 'base64url').toString(),
      ) as { sub: UserId; sid: SessionId; exp: number }
      return { user_id: claims.sub, session_id: claims.sid, expires: claims.exp * 1000 }
    },
    /** Says no more than whose it is and which in the row: the same claims always give the same token. */
    signRefresh({ user_id, session_id, generation }) {
      const signed = `${user_id}.${session_id}.${generation}`
      return `${Buffer.from(signed).toString('base64url')}.${mac(refreshKey, signed)}`
    },
    readRefresh(token) {
      const [body = '', signature = '', ...rest] = token.split('.')
      const signed = Buffer.from(body, 'base64url').toString()
      if (rest.length > 0 || !isMac(refreshKey, signed, signature)) return undefined
      const [user_id, session_id, generation] = signed.split('.')
      return {
        user_id: user_id as UserId,
        session_id: session_id as SessionId,
        generation: Number(generation),
      }
    },
  }
}

const JWT_HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')

const mac = (key: KeyObject, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url')

function isMac(key: KeyObject, text: string, given: string): boolean {
  const expected = Buffer.from(mac(key, text))
  const found = Buffer.from(given)
  return found.length === expected.length && timingSafeEqual(found, expected)
}
