import { createT } from '../../../kit/i18n.ts'
import { messages } from '../../../kit/messages.ts'

/** Taking one's data along. */
export const t = createT({
  ...messages,
  'export.title': 'Download your data',
  'export.text':
    'All that you gave and got in one ZIP file: your photos and films as you uploaded them, posts, comments, likes, messages, and lists of all else; with an album that opens in any browser, without a connection.',
  'export.time': 'It takes minutes, or hours where there is much. You are told here and by mail.',
  'export.ask': 'Make an archive',
  'export.again': 'Make a new archive',
  'export.asked': 'Your archive is being made',
  'export.waiting': 'Waits for its turn',
  'export.making': 'Being made: {done} of {total}',
  'export.progress': 'How much of the archive is made',
  'export.ready': 'Archive of {when}',
  'export.readyText': '{size} · deleted here on {until}',
  'export.failed': 'The archive of {when} could not be made',
  'export.download': 'Download',
  'export.downloadOf': 'Download the archive of {when}',
  'export.cancel': 'Give up',
  'export.delete': 'Delete',
  'export.deleteOf': 'Delete the archive of {when}',
  'export.private': 'Whoever has the file can read all of it. Keep it in a safe place.',
})
