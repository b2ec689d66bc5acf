import { limits } from './limits.ts'
import { usedUploadErrors } from './media.ts'
import { route } from './route.ts'
import {
  Empty,
  Exact,
  Nullable,
  SearchablePageQuery,
  SessionId,
  type Static,
  Timestamp,
  Type,
  UploadId,
  UserId,
  Username,
  Written,
} from './schema.ts'

export const PrivacyLevel = Type.Union([Type.Literal('public'), Type.Literal('private')])

/** A member as they appear beside a post, a comment or in a list. */
export const UserSummary = Exact({
  user_id: UserId,
  username: Type.String(),
  full_name: Type.String(),
  /** Same-origin or CDN URL of the 150 px avatar; null: show the initial. */
  profile_picture: Nullable(Type.String()),
  is_private: Type.Boolean(),
})
export type UserSummary = Static<typeof UserSummary>

/** How the viewer stands to a member. `requested`: the viewer's follow request waits for an answer. */
export const Relationship = Exact({
  following: Type.Boolean(),
  requested: Type.Boolean(),
  followed_by: Type.Boolean(),
  /** They have asked to follow the viewer. */
  requested_by: Type.Boolean(),
  blocking: Type.Boolean(),
  muting: Type.Boolean(),
})
export type Relationship = Static<typeof Relationship>

export const UserListEntry = Exact({ ...UserSummary.properties, viewer: Nullable(Relationship) })
export type UserListEntry = Static<typeof UserListEntry>

export const Profile = Exact({
  ...UserSummary.properties,
  bio: Type.String(),
  link: Nullable(Type.String()),
  privacy_level: PrivacyLevel,
  posts_count: Type.Integer(),
  followers_count: Type.Integer(),
  following_count: Type.Integer(),
  created_at: Timestamp,
  /** Null for visitors and for oneself. */
  viewer: Nullable(Relationship),
  is_self: Type.Boolean(),
  /** May the viewer see posts, followers and following? False for a private account the viewer does not follow. */
  can_view_content: Type.Boolean(),
})
export type Profile = Static<typeof Profile>

export const Role = Type.Union([Type.Literal('member'), Type.Literal('owner')])
/** What only the member themself sees. */
export const Me = Exact({
  ...UserSummary.properties,
  email: Type.String(),
  bio: Type.String(),
  link: Nullable(Type.String()),
  privacy_level: PrivacyLevel,
  role: Role,
  unread_notifications: Type.Integer(),
  follow_requests: Type.Integer(),
  created_at: Timestamp,
})
export type Me = Static<typeof Me>

export const Session = Exact({
  session_id: SessionId,
  user_agent: Type.String(),
  ip: Type.String(),
  created_at: Timestamp,
  last_used_at: Timestamp,
  current: Type.Boolean(),
})
export type Session = Static<typeof Session>

/** Wrong passwords that were tried for one's account, up to 30 days after the last; none: `since` and `last_at` are null. */
export const FailedLogins = Exact({
  count: Type.Integer(),
  since: Nullable(Timestamp),
  last_at: Nullable(Timestamp),
})
export type FailedLogins = Static<typeof FailedLogins>

export const RegistrationPolicy = Type.Union([
  Type.Literal('open'),
  Type.Literal('invitation'),
  Type.Literal('closed'),
])
export const Instance = Exact({
  name: Type.String(),
  description: Type.String(),
  registration: RegistrationPolicy,
  /** False until the first account, the owner's, exists: the web app then shows the first-run set-up. */
  is_set_up: Type.Boolean(),
  version: Type.String(),
  members_count: Type.Integer(),
})
export type Instance = Static<typeof Instance>

/** Tokens are null where the web app asked for cookies instead (header `X-Tintype-Session: cookie`). */
export const Authenticated = Exact({
  user: Me,
  access_token: Nullable(Type.String()),
  refresh_token: Nullable(Type.String()),
  /** Seconds the access token is good for. */
  expires_in: Type.Integer(),
})
export type Authenticated = Static<typeof Authenticated>

const Password = Type.String({ maxLength: limits.passwordMax })
const ByUsername = Exact({ username: Username })

/** Fields left out stay. */
const ProfileChanges = Exact({
  username: Type.Optional(Type.String({ maxLength: 64 })),
  full_name: Type.Optional(Written('line', { max: limits.fullName })),
  bio: Type.Optional(Written('lines', { max: limits.bio })),
  link: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  privacy_level: Type.Optional(PrivacyLevel),
  /** A finished upload of this member; null removes the picture. */
  avatar_upload_id: Type.Optional(Nullable(UploadId)),
})
const profileErrors = [
  'username_taken',
  'username_invalid',
  'username_reserved',
  ...usedUploadErrors,
] as const

export const userRoutes = {
  register: route({
    method: 'POST',
    path: '/users/register',
    tag: 'users',
    summary: 'Make an account; the first one becomes the owner',
    access: 'none',
    status: 201,
    rateLimit: 'register',
    body: Exact({
      username: Type.String({ maxLength: 64 }),
      email: Type.String({ maxLength: 254 }),
      password: Password,
      full_name: Type.Optional(Written('line', { max: limits.fullName })),
      invitation: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    reply: Authenticated,
    errors: [
      'username_taken',
      'username_invalid',
      'username_reserved',
      'email_taken',
      'email_invalid',
      'password_weak',
      'registration_closed',
      'invitation_invalid',
    ],
  }),
  login: route({
    method: 'POST',
    path: '/users/login',
    tag: 'users',
    summary:
      'Log in by username or e-mail address. Where wrong passwords were tried for the account, places it does not know are answered ' +
      '`rate_limited` with `Retry-After`, whether or not the account exists',
    access: 'none',
    rateLimit: 'login',
    body: Exact({ login: Type.String({ minLength: 1, maxLength: 254 }), password: Password }),
    reply: Authenticated,
    errors: ['credentials_wrong'],
  }),
  refresh: route({
    method: 'POST',
    path: '/users/refresh',
    tag: 'users',
    summary: 'Exchange the refresh token (body or cookie) for new tokens',
    access: 'none',
    body: Exact({ refresh_token: Type.Optional(Type.String({ maxLength: 512 })) }),
    reply: Authenticated,
    errors: ['refresh_invalid', 'refresh_reused'],
  }),
  logout: route({
    method: 'POST',
    path: '/users/logout',
    tag: 'users',
    summary: 'End this session',
    access: 'member',
    reply: Empty,
  }),
  logoutEverywhere: route({
    method: 'POST',
    path: '/users/logout-everywhere',
    tag: 'users',
    summary: 'End every session, this one included',
    access: 'member',
    reply: Empty,
  }),
  me: route({
    method: 'GET',
    path: '/users/me',
    tag: 'users',
    summary: 'The member who asks',
    access: 'member',
    reply: Me,
  }),
  updateMe: route({
    method: 'PUT',
    path: '/users/me',
    tag: 'users',
    summary: 'Change profile, username, privacy or avatar; fields left out stay',
    access: 'member',
    body: ProfileChanges,
    reply: Me,
    errors: profileErrors,
  }),
  /** As `updateMe`, by name; whatever the name, nobody changes another member. */
  updateUser: route({
    method: 'PUT',
    path: '/users/{username}',
    tag: 'users',
    summary: 'Change the profile of that name, which must be the own one',
    access: 'member',
    params: ByUsername,
    body: ProfileChanges,
    reply: Me,
    errors: ['forbidden', ...profileErrors],
  }),
  deleteMe: route({
    method: 'DELETE',
    path: '/users/me',
    tag: 'users',
    summary: 'Delete the account and all it holds',
    access: 'member',
    rateLimit: 'password',
    body: Exact({ password: Password }),
    reply: Empty,
    errors: ['password_wrong', 'conflict'],
  }),
  changePassword: route({
    method: 'PUT',
    path: '/users/me/password',
    tag: 'users',
    summary: 'Change the password; other sessions end',
    access: 'member',
    rateLimit: 'password',
    body: Exact({ current_password: Password, new_password: Password }),
    reply: Empty,
    errors: ['password_wrong', 'password_weak', 'conflict'],
  }),
  sessions: route({
    method: 'GET',
    path: '/users/me/sessions',
    tag: 'users',
    summary: 'Where the member is logged in',
    access: 'member',
    reply: Type.Array(Session),
  }),
  failedLogins: route({
    method: 'GET',
    path: '/users/me/failed-logins',
    tag: 'users',
    summary: 'Wrong passwords tried for the account, successful log-ins aside',
    access: 'member',
    reply: FailedLogins,
  }),
  revokeSession: route({
    method: 'DELETE',
    path: '/users/me/sessions/{session_id}',
    tag: 'users',
    summary: 'End one session',
    access: 'member',
    params: Exact({ session_id: SessionId }),
    reply: Empty,
    errors: ['not_found'],
  }),
  profile: route({
    method: 'GET',
    path: '/users/{username}',
    tag: 'users',
    summary: 'A profile',
    access: 'optional',
    params: ByUsername,
    reply: Profile,
    errors: ['not_found'],
  }),
  suggested: route({
    method: 'GET',
    path: '/users/suggested',
    tag: 'users',
    summary: 'Members the viewer may want to follow',
    access: 'member',
    query: Exact({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 30, default: 10 })) }),
    reply: Type.Array(UserListEntry),
  }),
  /** For mention autocomplete and the search box: every word of `q` must match, the last by its beginning. */
  findUsers: route({
    method: 'GET',
    path: '/search/autocomplete',
    tag: 'search',
    summary: 'Members by username or full name; who goes by it exactly first',
    access: 'member',
    query: SearchablePageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  instance: route({
    method: 'GET',
    path: '/instance',
    tag: 'instance',
    summary: 'This community: its name and who may join',
    access: 'none',
    reply: Instance,
  }),
  updateInstance: route({
    method: 'PUT',
    path: '/instance',
    tag: 'instance',
    summary: 'Name the community, say who may join',
    access: 'owner',
    body: Exact({
      name: Type.Optional(Written('line', { min: 1, max: limits.communityName })),
      description: Type.Optional(Written('lines', { max: limits.communityDescription })),
      registration: Type.Optional(RegistrationPolicy),
    }),
    reply: Instance,
  }),
  createInvitation: route({
    method: 'POST',
    path: '/instance/invitations',
    tag: 'instance',
    summary: 'Make an invitation code, good for one registration within 14 days',
    access: 'owner',
    status: 201,
    reply: Exact({ code: Type.String(), expires_at: Timestamp }),
  }),
}
