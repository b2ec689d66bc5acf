import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, Type } from '../core/schema.ts'
import { MailOutbox, NoticePreferenceChanges, NoticePreferences, PushSubscription } from './schemas.ts'

export const pushRoutes = {
  key: route({
    method: 'GET',
    path: '/push/key',
    summary: 'What a browser subscribes with (`applicationServerKey`, base64url)',
    access: 'member',
    scope: 'push',
    reply: Exact({ key: Type.String() }),
  }),
  subscribe: route({
    method: 'POST',
    path: '/push/subscriptions',
    summary: 'Have this device told; for as long as the session lasts, and of nobody else who used it before',
    access: 'member',
    scope: 'push',
    body: PushSubscription,
    reply: Empty,
    errors: ['push_target_invalid'],
  }),
  unsubscribe: route({
    method: 'DELETE',
    path: '/push/subscriptions',
    summary: 'Have a device told no longer, by its endpoint or token',
    access: 'member',
    scope: 'push',
    body: Exact({ endpoint: Type.String({ minLength: 1, maxLength: 4096 }) }),
    reply: Empty,
  }),
} satisfies RouteGroup

export const preferenceRoutes = {
  get: route({
    method: 'GET',
    path: '/notifications/preferences',
    summary: 'What the member is told of, how, and when not',
    access: 'member',
    scope: 'push',
    reply: NoticePreferences,
  }),
  change: route({
    method: 'PUT',
    path: '/notifications/preferences',
    summary: 'Change it; what is left out stays',
    access: 'member',
    scope: 'push',
    body: NoticePreferenceChanges,
    reply: NoticePreferences,
    errors: ['time_zone_unknown', 'quiet_end_invalid'],
  }),
} satisfies RouteGroup

export const mailRoutes = {
  outbox: route({
    method: 'GET',
    path: '/instance/mails',
    summary: 'Mails that nobody delivers, newest first; none where a mail server does',
    access: 'owner',
    scope: 'never',
    reply: MailOutbox,
  }),
  /** The address in a mail's `List-Unsubscribe` takes the same token, as a form (RFC 8058). */
  unsubscribe: route({
    method: 'POST',
    path: '/mails/unsubscribe',
    summary: 'End mails of a kind, by the link in one of them; without logging in',
    access: 'none',
    scope: 'open',
    rateLimit: 'mail_link',
    body: Exact({ token: Type.String({ minLength: 1, maxLength: 512 }) }),
    reply: Empty,
    errors: ['link_invalid'],
  }),
} satisfies RouteGroup
