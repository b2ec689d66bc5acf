import { createT } from '../../kit/i18n.ts'

/** Posts of several authors. */
export const t = createT({
  title: 'Authors of this post',
  manage: 'Authors',
  hint: 'Whoever agrees has the post on their profile and in their followers’ feeds. Only you can change or delete it.',
  full: 'Five people can be asked and no more.',
  none: 'You made it alone so far.',
  waiting: 'has not agreed yet',
  ask: 'Make it together with others',
  count: { one: '{count} person is asked', other: '{count} people are asked' },
  invited:
    '{name} asks you to be an author of this post too. It would be on your profile and in your followers’ feeds.',
  accept: 'Accept',
  decline: 'Decline',
  leave: 'Leave as author',
  accepted: 'You are an author of it now',
  left: 'You are no author of it any more',
  declined: 'Declined',
  'pending.title': 'Posts that you are asked to be an author of',
  'pending.none': 'Nobody asks',
  'pending.of': 'Post by {name}',
})
