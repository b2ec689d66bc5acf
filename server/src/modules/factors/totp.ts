import { Secret, TOTP } from 'otpauth'

/** Seconds in which an app shows one code. */
const PERIOD = 30
/** Clocks of phones are wrong by up to so many steps, before and after. */
const WINDOW = 1

/** What every authenticator app can do (RFC 6238): SHA-1, six digits, half a minute. */
const totpOf = (secret: string, names?: { issuer: string; label: string }): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD, digits: 6, algorithm: 'SHA1', ...names })

/** 160 bits, in base 32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What a QR code says, for the app to list it under these names. */
export const keyUri = (secret: string, names: { issuer: string; label: string }): string =>
  totpOf(secret, names).toString()

/** Of which time step a code is; undefined: of none near now. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const token = code.replaceAll(' ', '')
  const delta = totpOf(secret).validate({ token, timestamp: now, window: WINDOW })
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD) + delta
}
