import { type Operation, operations } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

/** Routes that read, and answer only ever about the one who asks, or about nobody. */
export const ownOrNobodys: Operation[] = [
  'exports.list',
  'imports.get',
  'imports.items',
  'imports.list',
  'members.me',
  'accounts.sessions',
  'announcements.list',
  // The owner’s.
  'security.events',
  // Who made an app is its word to whoever it asks; what it asks by, nobody else is told.
  'apps.asked',
  'apps.askedByDevice',
  'apps.connected',
  'developer.apps',
  'developer.tokens',
  'accounts.failedLogins',
  'logins.list',
  'browser.accounts',
  'factors.get',
  'openId.get',
  'members.suggested',
  'feed.weights',
  'reposts.settings',
  'feed.favourites',
  'feed.followedTags',
  'explore.hiddenAuthors',
  'graph.blocked',
  'graph.muted',
  'graph.restricted',
  'graph.requests',
  'interactionLimit.get',
  'circles.list',
  'circles.members',
  'viewing.get',
  'notifications.list',
  'preferences.get',
  'push.key',
  'mails.outbox',
  'stories.archive',
  'stories.settings',
  'stories.closeFriends',
  'stories.hiddenFrom',
  'stories.muted',
  'media.uploadStatus',
  'postSettings.get',
  'commentReview.held',
  'postShelf.archived',
  'collaborators.pending',
  'scheduled.list',
  'scheduled.get',
  'links.list',
  'photoTags.pending',
  'messages.settings',
  'conversations.unread',
  'community.get',
  'live.archive',
  'live.key',
  'reports.status',
  'reports.transparency',
  ...forStaff(),
]

/** Those that ask for a role: that nobody else reaches them, moderation.test.ts shows of each. */
function forStaff(): Operation[] {
  return (Object.keys(operations) as Operation[]).filter(
    (name) => operations[name].role && operations[name].method === 'GET',
  )
}

/** A page as it comes, before any script. */
export async function page(path: string, viewer: Person, isMember: boolean): Promise<string> {
  const cookie = isMember ? { cookie: `tintype_access=${viewer.session.access_token}` } : {}
  return (await fetch(viewer.baseUrl + path, { headers: cookie })).text()
}
