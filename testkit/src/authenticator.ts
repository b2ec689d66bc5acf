import { Secret, TOTP } from 'otpauth'

/** What an authenticator app with this secret shows at that moment (milliseconds since 1970). */
export const totpCode = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })
