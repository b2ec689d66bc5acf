import { domainToASCII } from 'node:url'
import { TintypeError } from '@tintype/contract'
import { foldUsername } from '../../text/names.ts'

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

/** What somebody logs in by: an address, or a username; a leading @ is how usernames are shown. */
export const loginName = (login: string): string =>
  login.trim().lastIndexOf('@') > 0 ? foldEmail(login) : foldUsername(login)
