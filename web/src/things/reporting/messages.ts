import { createT } from '../../kit/i18n.ts'

/** Words of reports and of what moderators do: loaded with menus and the screens that show them. */
export const t = createT({
  'report.do': 'Report…',
  'report.title': 'Report',
  'report.why': 'What is wrong with it?',
  'report.note': 'Anything the moderators should know? (optional)',
  'report.copy': 'Show the moderators this message',
  'report.copyHint':
    'They get a copy of it and of a few around it. Without it they only see that it was reported.',
  'report.send': 'Send report',
  'report.who': 'The moderators see who reported. {name} is not told.',
  'report.sent': 'Thank you. The moderators will look at it.',
  'report.sentText': 'You can also block {name}: then you do not see each other any more.',
  'report.block': 'Block {name}',
  'report.done': 'Done',

  'rule.spam': 'Advertising or fraud',
  'rule.harassment': 'Bullying or harassment',
  'rule.hate': 'Hate',
  'rule.violence': 'Violence or threats',
  'rule.nudity': 'Nudity or sexual content',
  'rule.self_harm': 'Self-harm',
  'rule.minors': 'A child is in danger',
  'rule.illegal': 'Against the law',
  'rule.impersonation': 'Pretends to be somebody else',
  'rule.other': 'Something else',

  'kind.member': 'Profile',
  'kind.post': 'Post',
  'kind.comment': 'Comment',
  'kind.story': 'Story',
  'kind.live': 'Live',
  'kind.message': 'Message',

  'act.remove': 'Removed',
  'act.mark_sensitive': 'Covered as sensitive',
  'act.warn': 'Warning',
  'act.silence': 'Silenced',
  'act.suspend': 'Suspended',
  'act.hold': 'Kept from view until a moderator has looked',

  'appeal.open': 'Waits for an answer',
  'appeal.granted': 'Granted: it was taken back',
  'appeal.refused': 'Looked at again: it stands',
})
