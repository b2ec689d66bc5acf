import { createT } from '../../kit/i18n.ts'
import { messages } from '../../kit/messages.ts'

/** What a profile says to whoever looks at it. */
export const t = createT({
  ...messages,

  'people.remove': 'Remove',
  'people.removeOf': 'Remove {name} from your followers',
  'people.search': 'Search',
  'people.none': 'Nobody found',
  'profile.title': '{name} (@{username})',
  'profile.posts': { one: '{count} post', other: '{count} posts' },
  'profile.followers': { one: '{count} follower', other: '{count} followers' },
  'profile.following': '{count} following',
  'profile.edit': 'Edit profile',
  'profile.menu': 'Options',
  'profile.tabs': 'Profile',
  'profile.tabPosts': 'Posts',
  'profile.tabSaved': 'Saved',
  'profile.tabArchive': 'Archive',
  'profile.archive': 'Archived posts',
  'profile.archiveEmpty': 'Nothing put away',
  'profile.archiveEmptyText':
    'Archive a post from its menu: only you see it then, until you put it back where it was.',
  'profile.mutual': 'Followed by {names}',
  'profile.mutualMore': {
    one: 'Followed by {names} and {count} other',
    other: 'Followed by {names} and {count} others',
  },
  'profile.private': 'This account is private',
  'profile.privateText': 'Follow {name} to see what they share.',
  'profile.privateVisitor': 'Log in and follow {name} to see what they share.',
  'profile.empty': 'Nothing on the wall yet',
  'profile.emptyText': 'When {name} posts, you will see it here.',
  'profile.emptySelfText':
    'What you share appears on your profile and in the feeds of the people who follow you.',
  'profile.mute': 'Mute',
  'profile.unmute': 'Unmute',
  'profile.removeFollower': 'Remove follower',
  'profile.copy': 'Copy profile link',
  'profile.send': 'Send profile to…',
  'profile.message': 'Message',
  'profile.blockedText': 'Unblock them to see their profile again.',
  'profile.unblocked': '{name} is unblocked',
  'profile.removed': 'Removed from your followers',
  'profile.gone': 'Nobody by that name',
  'profile.goneText': 'They may have changed it, or the link has a typo in it.',
  'profile.grid': 'Posts of {name}',

  'followers.title': 'Followers',
  'following.title': 'Following',
  'mutual.title': 'Mutual',
  'followers.empty': 'No followers yet',
  'following.empty': 'Not following anybody yet',
})
