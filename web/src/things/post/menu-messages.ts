import { createT } from '../../kit/i18n.ts'

/** Loaded with the menu of a post, not with the app. */
export const t = createT({
  'menu.edit': 'Edit',
  'menu.delete': 'Delete',
  'menu.copy': 'Copy link',
  'menu.open': 'Go to post',
  'menu.original': 'Download original',
  'menu.unfollow': 'Unfollow {name}',
  'menu.follow': 'Follow {name}',
  'menu.mute': 'Mute {name}',
  'menu.unmute': 'Unmute {name}',
  'menu.block': 'Block {name}',
  'menu.commentsOff': 'Turn off comments',
  'menu.commentsOn': 'Turn on comments',
  'post.commentsNowOff': 'Comments are off',
  'post.commentsNowOn': 'Comments are on',
  'postDelete.title': 'Delete this post?',
  'postDelete.text': 'It disappears from every feed, with its comments and likes. This cannot be undone.',
  'postDelete.done': 'Post deleted',
  'postEdit.title': 'Edit post',
  'postEdit.caption': 'Caption',
  'postEdit.place': 'Place',
  'postEdit.alt': 'Description of picture {n}',
  'postEdit.altHint': 'For people who do not see it: what is there, and what matters?',
  'postEdit.comments': 'Allow comments',
})
