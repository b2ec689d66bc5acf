import { createT } from '../../kit/i18n.ts'

/** Loaded with the menu of a post, the tab of a profile and settings, not with the app. */
export const t = createT({
  'repost.do': 'Repost to followers',
  'repost.undo': 'Undo repost',
  'repost.done': 'Your followers see it in their home feed',
  'repost.undone': 'Repost taken back',
  'repost.mute': 'Hide reposts by {name}',
  'repost.muted': 'Reposts by {name} are hidden',
  'repost.unmute': 'Show',
  'repost.unmuteOf': 'Show reposts by {name}',
  'repost.of': 'Reposts by {name}',
  'repost.none': 'Nothing passed on yet',
  'repost.noneText': 'Posts that {name} reposts are shown here.',
  'repost.noneOwn': 'Repost a post from its menu: your followers see it, and it is kept here.',
  'repost.allow': 'Let others repost your posts',
  'repost.allowHint':
    'Their followers see your post in their home feeds, with your name. What was reposted is hidden while this is off. Posts of private accounts are never reposted.',
  'repost.hidden': 'Hidden reposts',
  'repost.hiddenText':
    'You follow them and do not see what they repost. Hide somebody’s reposts from the menu of one.',
  'repost.hiddenNone': 'You see everybody’s reposts.',
})
