import { limits, type Me, TintypeError } from '@tintype/contract'
import { foldUsername } from '../../text/names.ts'
import { looksLikeStaff, looksOf } from './look-alikes.ts'
import { isReserved } from './reserved.ts'

/** Letters, digits, dots and underscores; no dot at an end or beside another. Checked after lower-casing. */
const USERNAME = /^(?!.*\.\.)[a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?$/

/** A username that one of that role may take, in its stored form. Throws `username_invalid` or `username_reserved`. */
export function parseUsername(text: string, role: Me['role']): string {
  const username = foldUsername(text)
  const { usernameMin: min, usernameMax: max } = limits
  if (username.length < min || username.length > max || !USERNAME.test(username))
    throw new TintypeError('username_invalid')
  if (isReserved(username, role)) throw new TintypeError('username_reserved')
  return username
}

/** The same of a name that is somebody's from now on: it looks like nobody's who speaks for the community. */
export function parseNewUsername(text: string, role: Me['role']): string {
  const username = parseUsername(text, role)
  if (role === 'member' && looksLikeStaff(username)) throw new TintypeError('username_reserved')
  return username
}

/** Throws `username_reserved` where it could be taken for one of these, `username_taken` where it is one. */
export function assertUnlike(username: string, others: readonly string[]): void {
  if (others.includes(username)) throw new TintypeError('username_taken')
  const looks = looksOf(username)
  if (others.some((other) => looksOf(other) === looks)) throw new TintypeError('username_reserved')
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
