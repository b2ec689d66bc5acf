import type { ErrorTable } from '../core/errors.ts'

export const liveErrors = {
  live_off: { status: 403, message: 'This community has no live video.' },
  live_full: {
    status: 503,
    message: 'As many lives as this community can carry are under way. Try again later.',
  },
  live_open_already: { status: 409, message: 'You have a live open. End it before you open another.' },
  live_not_begun: { status: 409, message: 'This live has not begun yet.' },
  live_ended: { status: 409, message: 'This live is over.' },
  live_not_ended: { status: 409, message: 'This live still goes on.' },
  live_no_recording: { status: 409, message: 'Nothing of this live is recorded any more.' },
  live_no_source: { status: 409, message: 'Nothing is sent to this live yet.' },
  live_fed_already: { status: 409, message: 'Something is sent to this live already.' },
  live_comments_closed: { status: 403, message: 'Comments are closed.' },
  live_slow: { status: 429, message: 'Comments are slowed down. Wait a moment before your next.' },
  live_moderators_full: { status: 409, message: 'This live has as many moderators as it can have.' },
} as const satisfies ErrorTable
