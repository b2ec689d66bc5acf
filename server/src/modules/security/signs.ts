import type {
  ChallengePurpose,
  ErrorCode,
  Operation,
  PatternKind,
  SecurityEventKind,
} from '@tintype/contract'
import type { Bucket } from '../../engines/rate-limiter/port.ts'

const HOUR = 3600

/** Of log-ins that failed and accounts that were made: more than this is an attack, from one address or in all. */
export const attackSigns: Record<ChallengePurpose, { address: Bucket; all: Bucket }> = {
  login: { address: { burst: 10, per: HOUR }, all: { burst: 100, per: 600 } },
  register: { address: { burst: 5, per: HOUR }, all: { burst: 30, per: 600 } },
}

/** More than people do. */
export const patternSigns: Record<PatternKind, Bucket> = {
  /** Members and posts that are not there, asked for by one. */
  enumeration: { burst: 60, per: 600 },
  /** Different profiles and posts, looked at by one. */
  scraping: { burst: 600, per: HOUR },
  /** Different accounts tried from one address. */
  stuffing: { burst: 5, per: HOUR },
  /** Different addresses that try one account. */
  account_attacked: { burst: 5, per: HOUR },
}

/** By operation and how it failed; `any` whatever the operation is. */
const refusals: { readonly [O in Operation | 'any']?: { readonly [C in ErrorCode]?: SecurityEventKind } } = {
  any: { refresh_reused: 'token_reused', csrf_failed: 'csrf_failed' },
  'accounts.login': { credentials_wrong: 'login_refused', account_suspended: 'login_refused' },
  'accounts.loginByPasskey': { passkey_invalid: 'login_refused', credentials_wrong: 'login_refused' },
  'accounts.finishLogin': {
    code_wrong: 'second_step_failed',
    passkey_invalid: 'second_step_failed',
    challenge_invalid: 'second_step_failed',
  },
  'accounts.prove': {
    password_wrong: 'proof_failed',
    code_wrong: 'proof_failed',
    passkey_invalid: 'proof_failed',
  },
}

const changes: { readonly [O in Operation]?: SecurityEventKind } = {
  'accounts.revokeSession': 'sessions_ended',
  'accounts.logoutEverywhere': 'sessions_ended',
  'accounts.changePassword': 'password_changed',
  'accounts.resetPassword': 'password_changed',
  'factors.removeTotp': 'factor_removed',
  'factors.removePasskey': 'factor_removed',
  'apps.disconnect': 'tokens_revoked',
  'developer.revokeToken': 'tokens_revoked',
  'developer.renewSecret': 'tokens_revoked',
  'moderation.giveRole': 'role_changed',
  'security.addAddress': 'defence_changed',
  'security.removeAddress': 'defence_changed',
  'security.changeSettings': 'defence_changed',
}

export const eventOf = (operation: Operation, failure: ErrorCode | null): SecurityEventKind | undefined =>
  failure === null ? changes[operation] : (refusals[operation]?.[failure] ?? refusals.any?.[failure])
