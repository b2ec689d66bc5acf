import { domainToASCII } from 'node:url'
import { limits, TintypeError } from '@tintype/contract'
import { isReserved } from './reserved.ts'

/** Letters, digits, dots and underscores; no dot at an end or beside another. Checked after lower-casing. */
const USERNAME = /^(?!.*\.\.)[a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?$/

/** The form a username is stored and looked up in. */
export const foldUsername = (text: string): string => text.trim().replace(/^@/, '').toLowerCase()

/** A username that may be taken, in its stored form. Throws `username_invalid` or `username_reserved`. */
export function parseUsername(text: string): string {
  const username = foldUsername(text)
  const { usernameMin: min, usernameMax: max } = limits
  if (username.length < min || username.length > max || !USERNAME.test(username))
    throw new TintypeError('username_invalid')
  if (isReserved(username)) throw new TintypeError('username_reserved')
  return username
}

const EMAIL = /^[^\s@"(),:;<>[\\\]]{1,64}@([^\s@]{1,190})$/u
const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z-]{0,61}[a-z]|xn--[a-z0-9-]{1,59})$/

/**
 * An e-mail address in its stored form: lower case, the domain in its ASCII spelling, so that one mailbox is one account.
 * Throws `email_invalid`.
 */
export function parseEmail(text: string): string {
  const email = foldEmail(text)
  const [, domain = ''] = EMAIL.exec(email) ?? []
  const [local = ''] = email.split('@')
  if (!DOMAIN.test(domain) || local.startsWith('.') || local.endsWith('.') || local.includes('..'))
    throw new TintypeError('email_invalid')
  return email
}

export function foldEmail(text: string): string {
  const folded = text.trim().normalize('NFKC').toLowerCase()
  const at = folded.lastIndexOf('@')
  return at < 0 ? folded : `${folded.slice(0, at)}@${domainToASCII(folded.slice(at + 1))}`
}

/** A profile's link: https added where no scheme is given; http(s) alone. Null where empty. Throws `validation_failed`. */
export function parseLink(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return null
  const link =
    /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[^/]+:\d+/.test(trimmed) ? trimmed : `https://${trimmed}`
  const url = URL.canParse(link) ? new URL(link) : undefined
  const isWeb = url && ['http:', 'https:'].includes(url.protocol) && url.hostname.includes('.')
  if (!isWeb || url.username || url.password)
    throw new TintypeError('validation_failed', {
      details: { fields: { link: 'Must be a web address, like https://example.org.' } },
    })
  return url.href
}
