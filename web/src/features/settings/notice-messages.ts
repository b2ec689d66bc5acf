import { createT } from '../../kit/i18n.ts'

/** Of the settings of notifications, address and mails. */
export const t = createT({
  'section.notifications': 'Notifications',
  'section.email': 'E-mail address',
  'section.mails': 'Mails',
  'push.title': 'This browser',
  'push.label': 'Push notifications',
  'push.hint':
    'Shown on this device, also when Tintype is closed. They come from your community’s own server.',
  'push.unsupported':
    'This browser has no push notifications. On an iPhone or iPad, add Tintype to the home screen first: Share, then “Add to Home Screen”.',
  'push.denied':
    'You have refused notifications from this site. Allow them in your browser’s settings for this address, then come back here.',
  'push.on': 'This browser is told from now on',
  'push.off': 'This browser is told no longer',
  'kinds.title': 'What you are told of',
  'kinds.kind': 'Kind',
  'kinds.push': 'Push',
  'kinds.email': 'Mail',
  'kinds.of': '{kind}: {way}',
  'kinds.note': 'The list in the app always has all of it.',
  'kind.message': 'Messages',
  'kind.comment': 'Comments and answers',
  'kind.mention': 'Mentions',
  'kind.like': 'Likes',
  'kind.follow': 'Followers and requests',
  'kind.live': 'Live videos',
  'kind.story': 'Reactions and answers to stories',
  'kind.community': 'Announcements of the community',
  'digest.label': 'Daily mail',
  'digest.hint':
    'In the evening, with pictures, of what you have not seen by then. None on days when you have seen all.',
  'digest.unverified': 'It comes once your address is confirmed.',
  'email.address': 'Your address is {email}.',
  'email.verified': 'Confirmed',
  'email.pending': '{email} is yours once the mails to both addresses were answered.',
  'email.pendingNew': '{email} is yours once the mail that went there was answered.',
  'email.cancel': 'Keep the old address',
  'email.cancelled': 'Your address stays what it is',
  'email.new': 'New address',
  'email.action': 'Change address',
  'mails.smtp': 'Mails are delivered by {host}.',
  'mails.folder':
    'No mail server is set up, so mails are written here instead of being sent. Pass links on to whom they are for, or set SMTP_URL.',
  'mails.empty': 'No mail was written yet',
  'mails.emptyText': 'Links for new members and forgotten passwords are kept here for thirty days.',
  'mails.list': 'Mails',
  'mails.to': 'To {address}',
})
