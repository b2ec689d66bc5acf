import {
  type Authenticated,
  type Me,
  type Routes,
  SOLUTION_HEADER,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Handlers } from '../../gateway/binding.ts'
import {
  assertOwnPage,
  type CookiePolicy,
  readCookie,
  readParked,
  wantsCookies,
  writeDeviceCookie,
  writeParked,
  writeSessionCookies,
} from '../../gateway/credentials.ts'
import { networkOf } from '../../kit/network.ts'
import type { Account } from './account.ts'
import type { BrowserAccounts } from './browser-accounts.ts'
import type { EmailChanges } from './email-change.ts'
import type { LoginGuard } from './login-guard.ts'
import type { Recovery } from './recovery.ts'
import type { Arrival, Registration } from './registration.ts'
import type { LoggedIn, SecondStep } from './second-step.ts'
import type { Device, Sessions } from './sessions.ts'
import type { StepUp } from './step-up.ts'

export interface AccountRouteDeps {
  account: Account
  recovery: Recovery
  emailChanges: EmailChanges
  profiles: { me(userId: UserId): Promise<Me> }
  registration: Registration
  secondStep: Pick<SecondStep, 'appeal' | 'enterByPasskey' | 'finish'>
  stepUp: Pick<StepUp, 'prove'>
  sessions: Sessions
  guard: Pick<LoginGuard, 'failures'>
  browser: Pick<BrowserAccounts, 'entered'>
  cookies: CookiePolicy
  /** Seconds. */
  refreshTokenTtl: number
}

type HandingOut = Pick<AccountRouteDeps, 'browser' | 'cookies' | 'profiles' | 'refreshTokenTtl'>

const deviceOf = (request: FastifyRequest): Device => ({
  user_agent: request.headers['user-agent'] ?? '',
  ip: request.ip,
})

const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

const placeOf = (cookies: CookiePolicy, request: FastifyRequest): Arrival => ({
  ...deviceOf(request),
  network: networkOf(request.ip),
  device_token: readCookie(cookies, request, 'device'),
  isExempt: request.isExempt,
  solution: headerOf(request, SOLUTION_HEADER),
})

function forgetCookies(cookies: CookiePolicy, response: FastifyReply): void {
  if (response.request.headers.cookie) writeSessionCookies(cookies, response, null)
}

/** Answers what a log-in is answered with, in cookies where they were asked for. */
export type BeginSession = (
  request: FastifyRequest,
  response: FastifyReply,
  work: (arrival: Arrival) => Promise<LoggedIn>,
) => Promise<Authenticated>

/** Only our own pages may begin a session in the browser. */
export const beginsSession =
  (deps: HandingOut): BeginSession =>
  async (request, response, work) => {
    const { cookies } = deps
    if (wantsCookies(request)) assertOwnPage(cookies, request)
    return handOut(deps, response, await work(placeOf(cookies, request)), wantsCookies(request))
  }

export function accountHandlers(deps: AccountRouteDeps): Handlers<Routes['accounts']> {
  const { account, registration, sessions, cookies, guard } = deps
  const begin = beginsSession(deps)
  return {
    register: ({ body, request, response }) =>
      begin(request, response, (arrival) => registration.register(body, arrival)),
    login: ({ body, request, response }) =>
      begin(request, response, (arrival) => registration.logIn(body.login, body.password, arrival)),
    finishLogin: ({ body, request, response }) =>
      begin(request, response, (arrival) => deps.secondStep.finish(body, arrival)),
    loginByPasskey: ({ body, request, response }) =>
      begin(request, response, (arrival) => deps.secondStep.enterByPasskey(body.passkey, arrival)),
    appeal: async ({ body }) => {
      await deps.secondStep.appeal(body.ticket, body.text)
      return {}
    },
    prove: async ({ viewer, body }) => {
      await deps.stepUp.prove(viewer, body)
      return {}
    },
    refresh: ({ body, request, response }) => refresh(deps, body.refresh_token, request, response),
    logout: async ({ viewer, response }) => {
      await sessions.end(viewer.user_id, { only: viewer.session_id })
      forgetCookies(cookies, response)
      return {}
    },
    logoutEverywhere: async ({ viewer, response }) => {
      await sessions.end(viewer.user_id)
      forgetCookies(cookies, response)
      return {}
    },
    sessions: ({ viewer }) => sessions.list(viewer),
    failedLogins: ({ viewer }) => guard.failures(viewer.user_id),
    revokeSession: async ({ viewer, params }) => {
      const ended = await sessions.end(viewer.user_id, { only: params.session_id })
      if (ended === 0) throw new TintypeError('not_found')
      return {}
    },
    changePassword: async ({ viewer, body }) => {
      await account.changePassword(viewer, body.new_password)
      return {}
    },
    ...mailHandlers(deps),
    delete: async ({ viewer, response }) => {
      const gone_at = await account.delete(viewer)
      forgetCookies(cookies, response)
      return { gone_at: gone_at.toISOString() }
    },
    deactivate: async ({ viewer, response }) => {
      await account.deactivate(viewer)
      forgetCookies(cookies, response)
      return {}
    },
  }
}

type ByMail =
  | 'forgotPassword'
  | 'resetPassword'
  | 'askVerification'
  | 'verifyEmail'
  | 'changeEmail'
  | 'cancelEmailChange'
  | 'confirmEmail'

/** What goes by links in mails. */
const mailHandlers = ({
  recovery,
  emailChanges,
  cookies,
}: AccountRouteDeps): Pick<Handlers<Routes['accounts']>, ByMail> => ({
  forgotPassword: async ({ body }) => {
    await recovery.forgotPassword(body.login)
    return {}
  },
  resetPassword: async ({ body, request }) => {
    await recovery.resetPassword(body.token, body.new_password, placeOf(cookies, request))
    return {}
  },
  askVerification: async ({ viewer }) => {
    await recovery.askVerification(viewer)
    return {}
  },
  verifyEmail: async ({ body }) => {
    await recovery.verifyEmail(body.token)
    return {}
  },
  changeEmail: ({ viewer, body }) => emailChanges.ask(viewer, body.email),
  cancelEmailChange: async ({ viewer }) => {
    await emailChanges.cancel(viewer)
    return {}
  },
  confirmEmail: ({ body }) => emailChanges.confirm(body.token),
})

async function refresh(
  deps: AccountRouteDeps,
  fromBody: string | undefined,
  request: FastifyRequest,
  response: FastifyReply,
): Promise<Authenticated> {
  const { cookies, sessions } = deps
  const fromCookie = fromBody === undefined ? readCookie(cookies, request, 'refresh') : undefined
  const token = fromBody ?? fromCookie
  if (!token) throw new TintypeError('refresh_invalid')
  if (fromCookie) assertOwnPage(cookies, request)
  try {
    return await handOut(
      deps,
      response,
      await sessions.refresh(token, deviceOf(request)),
      fromCookie !== undefined,
    )
  } catch (error) {
    // A browser that keeps cookies of an ended session would be refused everywhere, also where visitors may read.
    const isOver = error instanceof TintypeError && error.code.startsWith('refresh_')
    if (fromCookie && isOver) writeSessionCookies(cookies, response, null)
    throw error
  }
}

/** Tokens as the caller asked for them: in the reply, or in cookies that scripts cannot read. */
async function handOut(
  { profiles, browser, cookies, refreshTokenTtl }: HandingOut,
  response: FastifyReply,
  issued: LoggedIn,
  inCookies: boolean,
): Promise<Authenticated> {
  const { access_token, refresh_token, expires_in, user_id, device_token } = issued
  const user = await profiles.me(user_id)
  if (!inCookies) return { user, access_token, refresh_token, expires_in }
  writeSessionCookies(cookies, response, issued, refreshTokenTtl)
  // A log-in, and no renewal.
  if (device_token) {
    writeDeviceCookie(cookies, response, device_token)
    const parked = readParked(cookies, response.request)
    if (parked.length > 0)
      writeParked(cookies, response, await browser.entered(parked, user_id), refreshTokenTtl)
  }
  return { user, access_token: null, refresh_token: null, expires_in }
}
