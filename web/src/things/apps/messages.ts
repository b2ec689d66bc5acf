import { createT } from '../../kit/i18n.ts'

/** What a scope means to the member who allows it. */
export const t = createT({
  'scope.read': 'See what you see',
  'scope.readHint': 'Feeds, posts, stories, profiles, searches and notifications.',
  'scope.write': 'Post and react as you',
  'scope.writeHint': 'Posts, stories, comments, likes, saves, lives, and what your profile says.',
  'scope.follow': 'Change whom you follow',
  'scope.followHint': 'Follow, mute and block people, choose close friends, answer requests.',
  'scope.messages': 'Read and write your messages',
  'scope.messagesHint': 'All your conversations, as you.',
  'scope.push': 'Send you pushes',
  'scope.pushHint': 'And choose what you are told of.',
  'scope.moderation': 'Moderate as you',
  'scope.moderationHint': 'See reports and act on them, as far as you are a moderator.',
  'scopes.what': 'What it may do',
})
