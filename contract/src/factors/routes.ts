import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact } from '../core/schema.ts'
import { Factors, RecoveryCodes, TotpCode, TotpSecret } from './schemas.ts'

export const factorRoutes = {
  get: route({
    method: 'GET',
    path: '/users/me/factors',
    summary: 'By what the member proves that it is them, beside the password',
    access: 'member',
    reply: Factors,
  }),
  beginTotp: route({
    method: 'POST',
    path: '/users/me/factors/totp',
    summary: 'A secret for an authenticator app; it is asked for once `confirmTotp` has seen a code of it',
    access: 'member',
    stepUp: true,
    rateLimit: 'password',
    reply: TotpSecret,
  }),
  confirmTotp: route({
    method: 'PUT',
    path: '/users/me/factors/totp',
    summary:
      'Prove that the app has the secret: from then on log-ins ask for a code. Answers ten recovery codes, once',
    access: 'member',
    stepUp: true,
    rateLimit: 'password',
    body: Exact({ code: TotpCode }),
    reply: RecoveryCodes,
    errors: ['code_wrong'],
  }),
  removeTotp: route({
    method: 'DELETE',
    path: '/users/me/factors/totp',
    summary: 'Ask for no code any more; recovery codes end with it',
    access: 'member',
    stepUp: true,
    reply: Empty,
  }),
  renewRecoveryCodes: route({
    method: 'POST',
    path: '/users/me/factors/recovery-codes',
    summary: 'Ten new recovery codes in place of those before',
    access: 'member',
    stepUp: true,
    rateLimit: 'password',
    reply: RecoveryCodes,
    errors: ['conflict'],
  }),
} satisfies RouteGroup
