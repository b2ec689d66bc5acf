import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto'
import type { UserId } from '@tintype/contract'

/** A row of a member's, as a token names it. */
export interface Named {
  user_id: UserId
  id: string
}

/**
 * Tokens that name a row and are signed with the community's secret, so that whoever reads the database cannot make one. One that was
 * made for one purpose is nothing for another.
 */
export interface SignedNames<Purpose extends string> {
  tokenOf(named: Named, purpose: Purpose): string
  /** Undefined for what was not made here for this purpose. */
  read(token: string, purpose: Purpose): Named | undefined
}

export function signedNames<Purpose extends string>(secret: string, use: string): SignedNames<Purpose> {
  const key = createSecretKey(createHmac('sha256', secret).update(use).digest())
  const mac = (purpose: Purpose, text: string) =>
    createHmac('sha256', key).update(`${purpose} ${text}`).digest('base64url')
  return {
    tokenOf({ user_id, id }, purpose) {
      const text = `${user_id}.${id}`
      return `${Buffer.from(text).toString('base64url')}.${mac(purpose, text)}`
    },
    read(token, purpose) {
      const [body = '', signature = '', ...rest] = token.trim().split('.')
      const text = Buffer.from(body, 'base64url').toString()
      const [expected, given] = [Buffer.from(mac(purpose, text)), Buffer.from(signature)]
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined
      const [user_id = '', id = ''] = text.split('.')
      return { user_id: user_id as UserId, id }
    },
  }
}
